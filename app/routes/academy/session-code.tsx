import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { requireViewer } from '#app/features/accounts/guard.server.ts'
import { findCodePage } from '#app/features/attendance/code-page.server.ts'
import { codeWords } from '#app/features/attendance/code-words.ts'
import { Qr } from '#app/features/attendance/qr.tsx'
import { notFound } from '#app/lib/http.ts'
import { isId } from '#app/lib/ids.ts'
import { ButtonLink } from '#app/ui/button.tsx'
import { Callout } from '#app/ui/callout.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Seg } from '#app/ui/navigation.tsx'
import { PageHead } from '#app/ui/page-head.tsx'
import { Poll } from '#app/ui/poll.tsx'
import { Progress } from '#app/ui/progress.tsx'
import { pageTitle } from '../shell/title.ts'

export const meta: MetaFunction = (args) => pageTitle(args, codeWords, (w) => w.screen.title)

/** Often enough that the count moves, and a new code is there soon after the old one has gone. */
const POLL_MS = 5000

/** The code of a session for the instructor's phone or a projector; `?act=out`: for check-out. */
export async function loader(args: LoaderFunctionArgs) {
  const viewer = requireViewer(args, 'attendance.take')
  const { academy: academyCode = '', session: sessionId = '' } = args.params
  const { searchParams, origin } = new URL(args.request.url)
  const act = searchParams.get('act') === 'out' ? 'out' : 'in'
  const asked = { academyCode, sessionId, act, origin, now: new Date() } as const
  const page = isId(sessionId) ? await findCodePage(viewer, asked) : null
  if (!page) throw notFound('session')
  return { page }
}

export default function SessionCode() {
  const { screen: w } = useWords(codeWords)
  const { page } = useLoaderData<typeof loader>()
  const { held, act, code, enrolled } = page
  const count = act === 'in' ? page.checkedIn : page.checkedOut
  return (
    <>
      <Poll everyMs={Math.min(POLL_MS, (code?.leftMs ?? POLL_MS) + 200)} />
      <PageHead title={held.className} meta={[held.session.topic, held.session.site].filter(Boolean).join(' · ')}>
        <Seg
          label={w.which}
          items={[
            { to: '?act=in', label: w.in, isCurrent: act === 'in' },
            { to: '?act=out', label: w.out, isCurrent: act === 'out' },
          ]}
        />
        <ButtonLink icon="list" to={`/academies/${held.academyCode}/manage/sessions/${held.sessionId}`}>
          {w.toSheet}
        </ButtonLink>
      </PageHead>
      {code ? (
        <div className="stack">
          <Progress value={count} max={Math.max(1, enrolled)} label={w.count[act](count, enrolled)}>
            {w.count[act](count, enrolled)}
          </Progress>
          <div className="code-screen">
            <Qr of={code.qr} label={w.qr} isLarge />
            <div className="stack">
              <p>{w.how[act]}</p>
              <p>
                {w.spoken} <b className="code-spoken num">{code.spoken}</b>
              </p>
            </div>
          </div>
          <div>
            <ButtonLink icon="person" to={`/academies/${held.academyCode}/manage/sessions/${held.sessionId}/scan`}>
              {w.toCode}
            </ButtonLink>
          </div>
        </div>
      ) : (
        <Callout tone="info">{held.closedAt ? w.closed : w.notOpen[act]}</Callout>
      )}
    </>
  )
}
