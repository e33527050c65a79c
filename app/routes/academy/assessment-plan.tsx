import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { requireViewer } from '#app/features/accounts/guard.server.ts'
import { WorkCalendarProvider } from '#app/features/policy/use-work-calendar.tsx'
import type { AssessmentRefusal } from '#app/features/training/assessment-acts.server.ts'
import { AssessmentSettings, SittingForm } from '#app/features/training/assessment-form.tsx'
import { SittingActs, Sittings } from '#app/features/training/assessment-list.tsx'
import { AssessmentNotes } from '#app/features/training/assessment-notes.tsx'
import { actOnAssessment, findAssessmentPage } from '#app/features/training/assessment-page.server.ts'
import {
  type AssessmentIntent,
  readAssessmentPlace,
  sittingAddress,
  sittingFormOf,
} from '#app/features/training/assessment-view.ts'
import { assessmentWords } from '#app/features/training/assessment-words.ts'
import { affirmSentDays, type DaysRefused } from '#app/features/training/day-doubts.server.ts'
import { DayChangeFlag, DaysToCheck } from '#app/features/training/day-doubts.tsx'
import { DayKindNote } from '#app/features/training/day-note.tsx'
import { chosenInstructors } from '#app/features/training/session-acts.server.ts'
import { STAY } from '#app/features/training/timetable-view.ts'
import { formText, typedTexts } from '#app/lib/form-rows.ts'
import { notFound } from '#app/lib/http.ts'
import { isId } from '#app/lib/ids.ts'
import { ButtonLink } from '#app/ui/button.tsx'
import { useWords } from '#app/ui/locale.tsx'
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
  return { page, academyCode, place: readAssessmentPlace(new URL(args.request.url).searchParams) }
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
    const of = { viewer, academyId, classId, meets: 'sitting' as const, now: new Date(), requestId }
    const answer = await affirmSentDays({ ...of, form })
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
  const { page, academyCode, place } = useLoaderData<typeof loader>()
  const answer = useActionData<
    | { intent: AssessmentIntent; refusal: AssessmentRefusal; typed: Record<string, string> }
    | { notAffirmed: DaysRefused; typed: Record<string, string> }
  >()
  const refused = answer && 'intent' in answer ? answer : null
  const notAffirmed = answer && 'notAffirmed' in answer ? answer : null
  const { held, sittings } = page
  const isPublic = held.status !== 'draft'
  const isOff = held.status === 'cancelled' || held.status === 'closed'
  const ofSettings = refused?.intent === 'settings' ? refused.refusal : null
  const ofSitting = ofSettings ? null : refused
  const form = isOff
    ? null
    : sittingFormOf(place, sittings, refused && { intent: refused.intent, sittingId: refused.typed.sitting ?? '' })
  return (
    <WorkCalendarProvider calendar={page.calendar}>
      <Crumbs
        items={[{ to: `/academies/${academyCode}/manage/classes/${held.id}`, label: held.name }, { label: w.title }]}
      />
      <PageHead title={w.title} meta={w.meta(held.name)}>
        {!isOff && <ButtonLink to={sittingAddress('added')}>{w.add}</ButtonLink>}
      </PageHead>
      <div className="stack">
        <p className="soft">{w.lead}</p>
        <AssessmentNotes
          page={page}
          saved={answer ? null : place.saved}
          left={answer ? [] : place.left}
          refusal={refused?.refusal ?? null}
        />
        <DaysToCheck
          meets="sitting"
          days={page.days}
          planned={sittings}
          addressOf={sittingAddress}
          fault={notAffirmed ? (notAffirmed.notAffirmed.fault ?? 'unseen') : null}
          typed={notAffirmed?.typed ?? {}}
        />
        {form && (
          <SittingForm
            key={`${form.intent}:${form.sitting?.id}`}
            {...{ page, ...form }}
            refusal={ofSitting?.refusal ?? null}
            typed={ofSitting?.typed ?? {}}
          />
        )}
        {sittings.length === 0 ? (
          <p className="soft">
            {w.none} {!isPublic && w.noneHint}
          </p>
        ) : (
          <Sittings
            sittings={sittings}
            flag={({ id, date }) => {
              const doubt = page.days.open[id]
              return doubt ? <DayChangeFlag doubt={doubt} /> : <DayKindNote date={date} />
            }}
            acts={isOff ? undefined : (one) => <SittingActs of={one} isPublic={isPublic} />}
          />
        )}
        {!isOff && <AssessmentSettings page={page} refusal={ofSettings} />}
      </div>
    </WorkCalendarProvider>
  )
}
