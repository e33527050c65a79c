import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { requireViewer } from '#app/features/accounts/guard.server.ts'
import { findSignIn } from '#app/features/attendance/sign-in.server.ts'
import { SignInPaper } from '#app/features/attendance/sign-in-paper.tsx'
import { signInWords } from '#app/features/attendance/sign-in-words.ts'
import { attendanceWords } from '#app/features/attendance/words.ts'
import { paperWords } from '#app/features/training/paper-words.ts'
import { notFound } from '#app/lib/http.ts'
import { isId } from '#app/lib/ids.ts'
import { ButtonLink } from '#app/ui/button.tsx'
import { Callout } from '#app/ui/callout.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Crumbs } from '#app/ui/navigation.tsx'
import { PageHead } from '#app/ui/page-head.tsx'
import { PrintButton } from '#app/ui/paper.tsx'
import { pageTitle } from '../shell/title.ts'

export const meta: MetaFunction = (args) => pageTitle(args, signInWords, (w) => w.title)

/** The sheets that workers sign: of one session (`session`), or of the class's sessions from one on (`from`). */
export async function loader(args: LoaderFunctionArgs) {
  const viewer = requireViewer(args, 'attendance.take')
  const { academy: academyCode = '', class: classId = '' } = args.params
  const search = new URL(args.request.url).searchParams
  const [sessionId, from] = [search.get('session'), search.get('from')]
  const isAsked = isId(classId) && [sessionId, from].every((id) => id === null || isId(id))
  const page = isAsked ? await findSignIn(viewer, { classId, sessionId, from, now: new Date() }) : null
  if (!page) throw notFound('class')
  return { page, academyCode, isFirst: from === null }
}

export default function SignInSheets() {
  const w = useWords(signInWords)
  const { class: named } = useWords(paperWords)
  const { course } = useWords(attendanceWords)
  const { page, academyCode, isFirst } = useLoaderData<typeof loader>()
  const { held, academyName } = page.paper
  const base = `/academies/${academyCode}/manage/classes/${held.id}`
  const [first] = page.sheets
  return (
    <>
      <div className="screen-only">
        <Crumbs
          items={[
            { to: base, label: held.name },
            { to: `${base}/attendance`, label: course.title },
            { label: w.title },
          ]}
        />
        <PageHead title={w.title} meta={`${academyName} · ${named(held.name, held.code)}`}>
          {page.isOne && <ButtonLink to="?">{w.whole}</ButtonLink>}
          {!isFirst && <ButtonLink to="?">{w.first}</ButtonLink>}
          {page.nextId && <ButtonLink to={`?from=${page.nextId}`}>{w.more}</ButtonLink>}
          {first && <PrintButton>{w.print}</PrintButton>}
        </PageHead>
      </div>
      <div className="stack">
        {first && (
          <div className="screen-only soft">
            <p>{page.isOne ? w.one(`${first.session.date} ${first.session.from}`) : w.all(page.sheets.length)}</p>
            <p>{w.ticked}</p>
          </div>
        )}
        {first && page.lines.length === 0 && (
          <div className="screen-only">
            <Callout tone="info">{w.nobody}</Callout>
          </div>
        )}
        <SignInPaper page={page} />
      </div>
    </>
  )
}
