import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { useActionData, useLoaderData, useNavigation } from '@remix-run/react'
import { requireViewer } from '#app/features/accounts/guard.server.ts'
import { FindOther } from '#app/features/certification/find-other.tsx'
import { BothRecords, MergeClashes, MergeForm } from '#app/features/certification/merge-form.tsx'
import { actOnMerge, type FoundOther, findMergePage, findOther } from '#app/features/certification/merge-page.server.ts'
import type { Merged } from '#app/features/certification/merge-persons.server.ts'
import { PersonFacts } from '#app/features/certification/person-mend-form.tsx'
import { personMendWords } from '#app/features/certification/person-words.ts'
import { formText, typedTexts } from '#app/lib/form-rows.ts'
import { notFound } from '#app/lib/http.ts'
import { isId } from '#app/lib/ids.ts'
import { Callout } from '#app/ui/callout.tsx'
import { Card } from '#app/ui/card.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Crumbs } from '#app/ui/navigation.tsx'
import { PageHead } from '#app/ui/page-head.tsx'
import { pageTitle } from '../shell/title.ts'

export const meta: MetaFunction = (args) => pageTitle(args, personMendWords, (w) => w.mergeTitle)

/** The record that stays is the address's; `with`: the one that goes. */
function readAddress(args: LoaderFunctionArgs) {
  const keptId = args.params.person ?? ''
  const mergedId = new URL(args.request.url).searchParams.get('with')
  if (!isId(keptId) || (mergedId !== null && !isId(mergedId))) throw notFound('person')
  return { keptId, mergedId }
}

export async function loader(args: LoaderFunctionArgs) {
  const viewer = requireViewer(args, 'persons.mend')
  const page = await findMergePage(viewer, { ...readAddress(args), now: new Date() })
  if (!page) throw notFound('person')
  return page
}

/** `intent` find (by a posted document) or merge. Statuses: 400 what was typed, 409 refused. */
export async function action(args: ActionFunctionArgs) {
  const viewer = requireViewer(args, 'persons.mend')
  const { keptId, mergedId } = readAddress(args)
  const form = await args.request.formData()
  const now = new Date()
  if (mergedId === null || formText(form, 'intent') === 'find') {
    const found = await findOther(viewer, keptId, form, now)
    if (found.ok) throw redirect(`/persons/${keptId}/merge?with=${found.otherId}`, 303)
    return data({ found, answer: null, typed: {} }, { status: 400 })
  }
  const { requestId } = args.context
  const answer = await actOnMerge(viewer, { keptId, mergedId }, { form, now, requestId })
  if (!answer) throw notFound('person')
  if (answer.ok) throw redirect(`/persons/${keptId}/mend?done=${answer.isNew ? 'merged' : 'already'}`, 303)
  return data({ found: null, answer, typed: typedTexts(form) }, { status: answer.reason === 'faults' ? 400 : 409 })
}

/** After a refusal too: what changed meanwhile is shown, so that trying again can succeed. */
export { afterConflicts as shouldRevalidate } from '../shell/revalidate.ts'

type Result = {
  found: Extract<FoundOther, { ok: false }> | null
  answer: Extract<Merged, { ok: false }> | null
  typed: Record<string, string>
}

export default function PersonMerge() {
  const w = useWords(personMendWords)
  const { kept, other } = useLoaderData<typeof loader>()
  const result = useActionData<Result>()
  const isLeaving = useNavigation().state === 'loading'
  const answer = (!isLeaving && result?.answer) || null
  const refused = answer && answer.reason !== 'faults' && answer.reason !== 'clashes' ? answer.reason : null
  return (
    <>
      <Crumbs items={[{ to: `/persons/${kept.id}/mend`, label: w.title }, { label: w.mergeTitle }]} />
      <PageHead title={w.mergeTitle} meta={w.mergeLead} />
      <div className="stack">
        {refused && (
          <Callout tone="miss" role="alert">
            <p>{w.mergeRefused[refused]}</p>
          </Callout>
        )}
        {other ? (
          <>
            <BothRecords kept={kept} merged={other.person} />
            {other.plan.clashes.length > 0 ? (
              <MergeClashes clashes={other.plan.clashes} />
            ) : (
              <MergeForm
                key={other.plan.mark}
                plan={other.plan}
                tail={other.tail}
                back={`/persons/${kept.id}/mend`}
                refused={answer}
                typed={(answer && result?.typed) || {}}
              />
            )}
          </>
        ) : (
          <>
            <Card eyebrow={w.kept}>
              <PersonFacts person={kept} />
            </Card>
            <FindOther found={(!isLeaving && result?.found) || null} />
          </>
        )}
      </div>
    </>
  )
}
