import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { useActionData, useLoaderData, useNavigation, useSearchParams } from '@remix-run/react'
import { as } from '#app/features/accounts/as.server.ts'
import { requireViewer } from '#app/features/accounts/guard.server.ts'
import { openingPolicy } from '#app/features/policy/policy.server.ts'
import { answerOpening, findOpenings } from '#app/features/training/opening-review.server.ts'
import { openingWords } from '#app/features/training/opening-words.ts'
import { Openings, type ReturnedAnswer } from '#app/features/training/openings.tsx'
import { shanghaiDate, yearOf } from '#app/lib/calendar.ts'
import { formText } from '#app/lib/form-rows.ts'
import { notFound } from '#app/lib/http.ts'
import { isId } from '#app/lib/ids.ts'
import { Callout } from '#app/ui/callout.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { PageHead } from '#app/ui/page-head.tsx'
import { pageTitle } from '../shell/title.ts'

export { afterRefusals as shouldRevalidate } from '../shell/revalidate.ts'

export const meta: MetaFunction = (args) => pageTitle(args, openingWords, (w) => w.title)

/** Classes that wait for the approval of the viewer's union before their academies publish them. */
export async function loader(args: LoaderFunctionArgs) {
  const viewer = requireViewer(args, 'opening.review')
  const today = shanghaiDate(new Date())
  return as(viewer, async (tx) => {
    const openings = await findOpenings(tx, viewer)
    // Classes of the next year are opened in this one.
    const policies = await Promise.all([0, 1].map((ahead) => openingPolicy(tx, yearOf(today) + ahead)))
    const asking = policies.find(({ openingApproval }) => openingApproval === 'sponsor')
    return { openings, isAsked: asking !== undefined, source: (asking ?? policies[0])?.source, today }
  })
}

/** `answer` approved or returned. Statuses: 400 what was typed, 409 changed or answered meanwhile. */
export async function action(args: ActionFunctionArgs) {
  const viewer = requireViewer(args, 'opening.review')
  const form = await args.request.formData()
  const openingId = formText(form, 'id')
  const answer = (['approved', 'returned'] as const).find((one) => one === formText(form, 'answer'))
  if (!isId(openingId) || !answer) throw notFound('opening')
  const typed = { mark: formText(form, 'mark'), reason: formText(form, 'reason') }
  const asked = { viewer, openingId, answer, ...typed, now: new Date(), requestId: args.context.requestId }
  const answered = await as(viewer, (tx) => answerOpening(tx, asked))
  if (!answered) throw notFound('opening')
  if (!answered.ok) {
    const returned = { id: openingId, reason: typed.reason, fault: answered.reason }
    return data(returned, { status: answered.reason.startsWith('reason_') ? 400 : 409 })
  }
  throw redirect(`/openings?done=${answer}`, 303)
}

export default function OpeningsPage() {
  const w = useWords(openingWords)
  const { openings, isAsked, source, today } = useLoaderData<typeof loader>()
  const result = useActionData<ReturnedAnswer>()
  const [search] = useSearchParams()
  const isLeaving = useNavigation().state === 'loading'
  const returned = (!isLeaving && result) || null
  const done = (['approved', 'returned'] as const).find((one) => one === search.get('done'))
  return (
    <>
      <PageHead title={w.title} meta={w.meta} />
      <div className="stack">
        {!isAsked && <p className="soft">{w.notAsked}</p>}
        {source && <p className="small soft">{w.source(source)}</p>}
        {!returned && done && <Callout tone="met" role="status" title={w.done[done]} />}
        <Openings openings={openings} returned={returned} today={today} />
      </div>
    </>
  )
}
