import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { useActionData, useLoaderData, useNavigation } from '@remix-run/react'
import { as } from '#app/features/accounts/as.server.ts'
import { requireViewer } from '#app/features/accounts/guard.server.ts'
import { type Redated, redateAssessments } from '#app/features/certification/mend.server.ts'
import { findRedatePage } from '#app/features/certification/mend-page.server.ts'
import { redateWords } from '#app/features/certification/mend-words.ts'
import { RedateForm } from '#app/features/certification/redate-form.tsx'
import { History } from '#app/features/training/mend-form.tsx'
import { formText, typedTexts } from '#app/lib/form-rows.ts'
import { notFound } from '#app/lib/http.ts'
import { isId } from '#app/lib/ids.ts'
import { Callout } from '#app/ui/callout.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Crumbs, Seg } from '#app/ui/navigation.tsx'
import { PageHead } from '#app/ui/page-head.tsx'
import { pageTitle } from '../shell/title.ts'

export const meta: MetaFunction = (args) => pageTitle(args, redateWords, (w) => w.title)

/** `on`: the day that is wrong; `attempt`: one worker's alone. */
function readAddress(args: LoaderFunctionArgs) {
  const { academy: academyCode = '', class: classId = '' } = args.params
  const search = new URL(args.request.url).searchParams
  const attempt = search.get('attempt')
  if (!isId(classId)) throw notFound('class')
  return { academyCode, classId, on: search.get('on'), assessmentId: attempt && isId(attempt) ? attempt : null }
}

/** The days on which a class was assessed, for the province's handler. */
export async function loader(args: LoaderFunctionArgs) {
  const viewer = requireViewer(args, 'certification.mend')
  const page = await findRedatePage(viewer, readAddress(args))
  if (!page) throw notFound('class')
  const moved = new URL(args.request.url).searchParams.get('moved')
  return { page, moved: moved !== null && /^\d{1,6}$/.test(moved) ? Number(moved) : null }
}

/** Gives the attempts of a day, or one of them, the right date. Statuses: 400 what was typed, 409 changed meanwhile. */
export async function action(args: ActionFunctionArgs) {
  const viewer = requireViewer(args, 'certification.mend')
  const { requestId } = args.context
  const address = readAddress(args)
  const page = await findRedatePage(viewer, address)
  if (!page) throw notFound('class')
  const form = await args.request.formData()
  const [from, to, was] = [formText(form, 'from'), formText(form, 'to').trim(), formText(form, 'was')]
  const of = { academyId: page.academyId, classId: page.classId, from, assessmentId: address.assessmentId }
  const input = { ...of, viewer, to, was, reason: formText(form, 'reason'), now: new Date(), requestId }
  const answer = await as(viewer, (tx) => redateAssessments(tx, input))
  if (!answer) throw notFound('assessment')
  if (answer.ok)
    throw redirect(
      `/academies/${page.academyCode}/manage/classes/${page.classId}/assessed-on?on=${to}&moved=${answer.moved}`,
      303,
    )
  return data({ answer, typed: typedTexts(form) }, { status: answer.reason === 'faults' ? 400 : 409 })
}

/** After a refusal too: what changed meanwhile is shown, so that trying again can succeed. */
export { afterConflicts as shouldRevalidate } from '../shell/revalidate.ts'

export default function MendAssessed() {
  const w = useWords(redateWords)
  const { page, moved } = useLoaderData<typeof loader>()
  const result = useActionData<{ answer: Extract<Redated, { ok: false }>; typed: Record<string, string> }>()
  const isLeaving = useNavigation().state === 'loading'
  const answer = isLeaving ? undefined : result?.answer
  const faults = answer?.reason === 'faults' ? answer : { faults: [], why: null }
  const { chosen } = page
  return (
    <>
      <Crumbs
        items={[
          { to: `/academies/${page.academyCode}/figures`, label: page.academyName },
          { to: `/academies/${page.academyCode}/manage/classes/${page.classId}/mend`, label: w.toClass },
          { label: w.title },
        ]}
      />
      <PageHead title={w.title} meta={w.meta(page.academyName, `${page.code} ${page.name}`)} />
      <div className="stack">
        <p className="soft">{w.lead}</p>
        {!answer && moved !== null && (
          <Callout tone="met" role="status">
            <p>{moved > 0 ? w.saved(moved) : w.already}</p>
          </Callout>
        )}
        {answer?.reason === 'changed_meanwhile' && (
          <Callout tone="miss" role="alert">
            <p>{w.changed}</p>
          </Callout>
        )}
        {page.days.length === 0 ? (
          <p>{w.noDays}</p>
        ) : (
          <div>
            <p>{w.choose}</p>
            <Seg
              label={w.days}
              items={page.days.map(({ on, attempts }) => ({
                to: `?on=${on}`,
                label: `${on} · ${w.people(attempts)}`,
                isCurrent: chosen?.from === on,
              }))}
            />
          </div>
        )}
        {chosen && (
          <RedateForm
            key={chosen.mark + chosen.from}
            page={page}
            chosen={chosen}
            typed={(answer && result?.typed) || {}}
            faults={faults.faults}
            why={faults.why}
          />
        )}
      </div>
      <History title={w.history} empty={w.noHistory} changes={page.history}>
        {({ from, to, attempts }) => <p>{w.was(from, to, attempts)}</p>}
      </History>
    </>
  )
}
