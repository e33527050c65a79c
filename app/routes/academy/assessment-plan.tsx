import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { as } from '#app/features/accounts/as.server.ts'
import { requireViewer } from '#app/features/accounts/guard.server.ts'
import { WorkCalendarProvider } from '#app/features/policy/use-work-calendar.tsx'
import type { AssessmentRefusal } from '#app/features/training/assessment-acts.server.ts'
import { readLeft } from '#app/features/training/assessment-carry.ts'
import { AssessmentSettings, SittingForm } from '#app/features/training/assessment-form.tsx'
import { SittingActs, Sittings, sittingAddress } from '#app/features/training/assessment-list.tsx'
import {
  type AssessmentIntent,
  actOnAssessment,
  findAssessmentPage,
  type SittingIntent,
} from '#app/features/training/assessment-page.server.ts'
import { namedSitting } from '#app/features/training/assessment-say.ts'
import { assessmentWords } from '#app/features/training/assessment-words.ts'
import { affirmDays } from '#app/features/training/day-doubts.server.ts'
import { DayChangeFlag, DaysToCheck } from '#app/features/training/day-doubts.tsx'
import { DayKindNote } from '#app/features/training/day-note.tsx'
import type { PlanRefusal } from '#app/features/training/plan-affirm.server.ts'
import { planWords } from '#app/features/training/plan-words.ts'
import { chosenInstructors } from '#app/features/training/session-acts.server.ts'
import { isObstacle, saidObstacle } from '#app/features/training/session-say.ts'
import { STAY } from '#app/features/training/timetable-view.ts'
import { formText, typedTexts } from '#app/lib/form-rows.ts'
import { notFound } from '#app/lib/http.ts'
import { isId } from '#app/lib/ids.ts'
import { ButtonLink } from '#app/ui/button.tsx'
import { Callout } from '#app/ui/callout.tsx'
import { useLocale, useWords } from '#app/ui/locale.tsx'
import { Crumbs } from '#app/ui/navigation.tsx'
import { PageHead } from '#app/ui/page-head.tsx'
import { pageTitle } from '../shell/title.ts'

export const meta: MetaFunction = (args) => pageTitle(args, assessmentWords, (w) => w.title)

/** The assessment plan of a class, and the form of one sitting: `edit` or `cancel` with its id, or `add`. `left`: what a copy has not. */
export async function loader(args: LoaderFunctionArgs) {
  const viewer = requireViewer(args, 'training.manage')
  const { academy: academyCode = '', class: classId = '' } = args.params
  const page = isId(classId) ? await findAssessmentPage(viewer, { classId, now: new Date() }) : null
  if (!page) throw notFound('class')
  const search = new URL(args.request.url).searchParams
  const intent: SittingIntent | null = search.has('add')
    ? 'added'
    : search.has('edit')
      ? 'changed'
      : search.has('cancel')
        ? 'cancelled'
        : null
  const saved = (['added', 'changed', 'cancelled', 'settings', STAY, 'same'] as const).find(
    (one) => one === search.get('saved'),
  )
  const left = readLeft(search.get('left'))
  return {
    page,
    academyCode,
    intent,
    sittingId: search.get('edit') ?? search.get('cancel'),
    saved: saved ?? null,
    left,
  }
}

/** Plans, changes or cancels a sitting, says how often one may sit again, or keeps why some stay on changed days. Statuses: 400 what was typed, 409 what stands in the way. */
export async function action(args: ActionFunctionArgs) {
  const viewer = requireViewer(args, 'training.manage')
  const { academy: academyCode = '', class: classId = '' } = args.params
  const { academyId } = viewer
  if (!academyId || !isId(classId)) throw notFound('class')
  const form = await args.request.formData()
  const { requestId } = args.context
  const address = `/academies/${academyCode}/manage/classes/${classId}/assessment`
  if (formText(form, 'intent') === STAY) {
    const sent = { mark: formText(form, 'mark'), reason: formText(form, 'reason') }
    const of = { viewer, academyId, classId, meets: 'sitting' as const, sent, now: new Date(), requestId }
    const answer = await as(viewer, (tx) => affirmDays(tx, of))
    if (!answer) throw notFound('class')
    if (!answer.ok) return data({ notAffirmed: answer, typed: typedTexts(form) }, { status: 400 })
    throw redirect(`${address}?saved=${answer.isNew ? STAY : 'same'}`, 303)
  }
  const done = await actOnAssessment({ viewer, academyId, classId, form, now: new Date(), requestId })
  if (!done) throw notFound('class')
  const { intent, answer } = done
  const typed = { ...typedTexts(form), instructorIds: chosenInstructors(form).join(' ') }
  if (!answer.ok) return data({ intent, refusal: answer, typed }, { status: answer.reason === 'faults' ? 400 : 409 })
  const saved = answer.isNew ? intent : 'same'
  throw redirect(`${address}?saved=${saved}`, 303)
}

export default function AssessmentPlan() {
  const w = useWords(assessmentWords)
  const locale = useLocale()
  const { page, academyCode, saved, left, ...place } = useLoaderData<typeof loader>()
  const plan = useWords(planWords)
  const answer = useActionData<
    | { intent: AssessmentIntent; refusal: AssessmentRefusal; typed: Record<string, string> }
    | { notAffirmed: Extract<PlanRefusal, { reason: 'plan_doubted' }>; typed: Record<string, string> }
  >()
  const result = answer && 'intent' in answer ? answer : undefined
  const notAffirmed = answer && 'notAffirmed' in answer ? answer : undefined
  const { held, misfit } = page
  const isPublic = held.status !== 'draft'
  const isOff = held.status === 'cancelled' || held.status === 'closed'
  const ofSitting = result && result.intent !== 'settings' ? result : null
  const intent: SittingIntent | null = ofSitting ? (ofSitting.intent as SittingIntent) : place.intent
  const id = ofSitting ? ofSitting.typed.sitting : place.sittingId
  const sitting = page.sittings.find((one) => one.id === id) ?? null
  const refusal = result?.refusal
  return (
    <WorkCalendarProvider calendar={page.calendar}>
      <Crumbs
        items={[{ to: `/academies/${academyCode}/manage/classes/${held.id}`, label: held.name }, { label: w.title }]}
      />
      <PageHead title={w.title} meta={w.meta(held.name)}>
        {!isOff && <ButtonLink to="?add#sitting-form">{w.add}</ButtonLink>}
      </PageHead>
      <div className="stack">
        <p className="soft">{w.lead}</p>
        {saved && !answer && (
          <Callout tone={saved === 'same' ? 'info' : 'met'} role="status">
            {saved === STAY ? plan.sittingDays.saved : w.saved[saved]}
          </Callout>
        )}
        {left.length > 0 && !answer && (
          <Callout tone="warn" title={w.leftOut.title}>
            <ul>
              {left.map((one, at) => (
                <li key={String(at)}>{w.leftOut[one.why](namedSitting(locale, one))}</li>
              ))}
            </ul>
          </Callout>
        )}
        {refusal && refusal.reason !== 'faults' && (
          <Callout tone="miss" role="alert">
            {w.notSaved(
              isObstacle(refusal)
                ? saidObstacle(locale, refusal)
                : refusal.reason === 'same_name'
                  ? w.sameName(refusal.name)
                  : w.refused[refusal.reason],
            )}
          </Callout>
        )}
        {misfit && !refusal && (
          <Callout tone="warn">
            {isPublic ? w.misfitNow : w.misfit} {saidObstacle(locale, misfit)}
          </Callout>
        )}
        <DaysToCheck
          meets="sitting"
          days={page.days}
          planned={page.sittings}
          addressOf={sittingAddress}
          fault={notAffirmed ? (notAffirmed.notAffirmed.fault ?? 'unseen') : null}
          typed={notAffirmed?.typed ?? {}}
        />
        {intent && !isOff && (intent === 'added' || sitting) && (
          <SittingForm
            key={`${intent}:${sitting?.id}`}
            {...{ page, intent, sitting }}
            refusal={ofSitting?.refusal ?? null}
            typed={ofSitting?.typed ?? {}}
          />
        )}
        {page.sittings.length === 0 ? (
          <p className="soft">
            {w.none} {!isPublic && w.noneHint}
          </p>
        ) : (
          <Sittings
            sittings={page.sittings}
            flag={({ id, date }) => {
              const doubt = page.days.open[id]
              return doubt ? <DayChangeFlag doubt={doubt} /> : <DayKindNote date={date} />
            }}
            acts={isOff ? undefined : (one) => <SittingActs of={one} isPublic={isPublic} />}
          />
        )}
        {!isOff && <AssessmentSettings page={page} refusal={result?.intent === 'settings' ? result.refusal : null} />}
      </div>
    </WorkCalendarProvider>
  )
}
