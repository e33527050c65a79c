import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { useActionData, useLoaderData, useNavigation, useSearchParams } from '@remix-run/react'
import { as } from '#app/features/accounts/as.server.ts'
import { requireViewer } from '#app/features/accounts/guard.server.ts'
import type { ObjectFault } from '#app/features/attendance/object.server.ts'
import { actOnOwnSheet } from '#app/features/attendance/objection-acts.server.ts'
import { ObjectionForm, OwnSheets } from '#app/features/attendance/objection-form.tsx'
import { listOwnSheets } from '#app/features/attendance/objection-own.server.ts'
import { objectionWords } from '#app/features/attendance/objection-words.ts'
import { shanghaiDate } from '#app/lib/calendar.ts'
import { notFound } from '#app/lib/http.ts'
import { isId } from '#app/lib/ids.ts'
import { typedText } from '#app/lib/written.ts'
import { ButtonLink } from '#app/ui/button.tsx'
import { Callout } from '#app/ui/callout.tsx'
import { Empty } from '#app/ui/card.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { PageHead } from '#app/ui/page-head.tsx'
import type { ShellHandle } from '../shell/handle.ts'
import { pageTitle } from '../shell/title.ts'

export const handle: ShellHandle = {
  top: ({ locale }) => ({ back: '/learn/classes', title: objectionWords[locale].own.title }),
}

export const meta: MetaFunction = (args) => pageTitle(args, objectionWords, (w) => w.own.title)

/** The worker's closed sheets that may be objected to, and the objections made; of one session with `session`. */
export async function loader(args: LoaderFunctionArgs) {
  const viewer = requireViewer(args, 'learning.own')
  const asked = new URL(args.request.url).searchParams.get('session')
  const now = new Date()
  if (asked !== null && !isId(asked)) throw notFound('session')
  const sheets = await as(viewer, (tx) => listOwnSheets(tx, { viewer, sessionId: asked, now }))
  if (asked !== null && sheets.length === 0) throw notFound('session')
  return { sheets, isOne: asked !== null, today: shanghaiDate(now) }
}

/** Objects to a session's sheet. Statuses: 400 what was typed, 409 too late. */
export async function action(args: ActionFunctionArgs) {
  const viewer = requireViewer(args, 'learning.own')
  const form = await args.request.formData()
  const answer = await actOnOwnSheet(viewer, { form, now: new Date(), requestId: args.context.requestId })
  if (!answer) throw notFound('session')
  if (!answer.ok) {
    const status = answer.reason === 'late' ? 409 : 400
    return data({ fault: answer.reason, text: typedText(form.get('text')) }, { status })
  }
  throw redirect('/learn/objections?sent', 303)
}

export default function OwnObjections() {
  const { own: w, faults } = useWords(objectionWords)
  const { sheets, isOne, today } = useLoaderData<typeof loader>()
  const result = useActionData<{ fault: ObjectFault; text: string }>()
  const [search] = useSearchParams()
  const isLeaving = useNavigation().state === 'loading'
  const returned = (!isLeaving && result) || null
  const [first] = sheets
  return (
    <>
      <PageHead title={w.title} meta={w.lead} />
      <div className="stack">
        {search.has('sent') && <Callout tone="met" role="status" title={w.sent} />}
        {returned?.fault === 'late' && (
          <Callout tone="miss" role="alert">
            {faults.late}
          </Callout>
        )}
        {!first && (
          <Empty icon="check" action={<ButtonLink to="/learn/classes">{w.back}</ButtonLink>}>
            {w.none}
          </Empty>
        )}
        {isOne && first ? (
          <ObjectionForm sheet={first} today={today} returned={returned} />
        ) : (
          <OwnSheets sheets={sheets} today={today} />
        )}
      </div>
    </>
  )
}
