import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { useActionData, useLoaderData, useNavigation } from '@remix-run/react'
import { requireViewer } from '#app/features/accounts/guard.server.ts'
import { recountHours } from '#app/features/attendance/hours.server.ts'
import { WorkCalendarProvider } from '#app/features/policy/use-work-calendar.tsx'
import { affirmSentDays, type DaysRefused } from '#app/features/training/day-doubts.server.ts'
import { DaysToCheck } from '#app/features/training/day-doubts.tsx'
import { paperWords } from '#app/features/training/paper-words.ts'
import { actOnTimetable, chosenInstructors } from '#app/features/training/session-acts.server.ts'
import type { SessionRefusal } from '#app/features/training/session-command.server.ts'
import { SessionForm } from '#app/features/training/session-form.tsx'
import { SessionChanges, SessionList, TimetableNotes } from '#app/features/training/session-list.tsx'
import { sessionWords } from '#app/features/training/session-words.ts'
import { findTimetablePage } from '#app/features/training/timetable-page.server.ts'
import {
  formAddress,
  formOf,
  readTimetablePlace,
  type SessionIntent,
  STAY,
} from '#app/features/training/timetable-view.ts'
import { formText, typedTexts } from '#app/lib/form-rows.ts'
import { notFound } from '#app/lib/http.ts'
import { isId } from '#app/lib/ids.ts'
import { ButtonLink } from '#app/ui/button.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Crumbs } from '#app/ui/navigation.tsx'
import { PageHead } from '#app/ui/page-head.tsx'
import { pageTitle } from '../shell/title.ts'

export const meta: MetaFunction = (args) => pageTitle(args, sessionWords, (w) => w.title)

/** The sessions of a class, and the form of one of them: `edit`, `cancel` or `makeup` with its id, or `add`. */
export async function loader(args: LoaderFunctionArgs) {
  const viewer = requireViewer(args, 'training.manage')
  const { academy: academyCode = '', class: classId = '' } = args.params
  const page = isId(classId) ? await findTimetablePage(viewer, { classId, now: new Date() }) : null
  if (!page) throw notFound('class')
  return { page, academyCode, place: readTimetablePlace(new URL(args.request.url).searchParams) }
}

/** Plans, changes, cancels or makes up one session, or keeps why some stay on changed days. Statuses: 400 what was typed, 409 what stands in the way. */
export async function action(args: ActionFunctionArgs) {
  const viewer = requireViewer(args, 'training.manage')
  const { academy: academyCode = '', class: classId = '' } = args.params
  const { academyId } = viewer
  if (!academyId || !isId(classId)) throw notFound('class')
  const form = await args.request.formData()
  const { requestId } = args.context
  const address = `/academies/${academyCode}/manage/classes/${classId}/timetable`
  if (formText(form, 'intent') === STAY) {
    const of = { viewer, academyId, classId, meets: 'session' as const, now: new Date(), requestId }
    const answer = await affirmSentDays({ ...of, form })
    if (!answer) throw notFound('class')
    if (!answer.ok) return data({ notAffirmed: answer, typed: typedTexts(form) }, { status: 400 })
    throw redirect(`${address}?saved=${answer.isNew ? STAY : 'same'}`, 303)
  }
  const done = await actOnTimetable({
    viewer,
    academyId,
    classId,
    form,
    recount: recountHours,
    now: new Date(),
    requestId,
  })
  if (!done) throw notFound('session')
  const { intent, answer } = done
  if (!answer.ok)
    return data(
      { intent, refusal: answer, typed: { ...typedTexts(form), instructorIds: chosenInstructors(form).join(' ') } },
      { status: answer.reason === 'faults' ? 400 : 409 },
    )
  const saved = answer.isNew ? intent : 'same'
  throw redirect(`${address}?saved=${saved}`, 303)
}

export default function Timetable() {
  const w = useWords(sessionWords)
  const paper = useWords(paperWords)
  const { page, academyCode, place } = useLoaderData<typeof loader>()
  const result = useActionData<
    | { intent: SessionIntent; refusal: SessionRefusal; typed: Record<string, string> }
    | { notAffirmed: DaysRefused; typed: Record<string, string> }
  >()
  const isLeaving = useNavigation().state === 'loading'
  const answer = isLeaving ? undefined : result
  const refused = answer && 'intent' in answer ? answer : undefined
  const notAffirmed = answer && 'notAffirmed' in answer ? answer : undefined
  const isOff = page.held.status === 'cancelled' || page.held.status === 'closed'
  const form = isOff ? null : formOf(place, page.sessions, refused?.intent, refused?.typed.session)
  return (
    <WorkCalendarProvider calendar={page.calendar}>
      <Crumbs
        items={[
          { to: `/academies/${academyCode}/manage/classes/${page.held.id}`, label: page.held.name },
          { label: w.title },
        ]}
      />
      <PageHead title={w.title} meta={w.meta(page.held.name)}>
        {page.sessions.length > 0 && (
          <ButtonLink icon="print" to={`/academies/${academyCode}/manage/classes/${page.held.id}/timetable/print`}>
            {paper.toPrint}
          </ButtonLink>
        )}
      </PageHead>
      <div className="stack">
        <TimetableNotes page={page} saved={answer ? null : place.saved} refusal={refused?.refusal ?? null} />
        <DaysToCheck
          meets="session"
          days={page.held.days.session}
          planned={page.sessions}
          addressOf={formAddress}
          fault={notAffirmed ? (notAffirmed.notAffirmed.fault ?? 'unseen') : null}
          typed={notAffirmed?.typed ?? {}}
        />
        {form && (
          <SessionForm
            key={`${form.intent}:${form.session?.id}`}
            page={page}
            form={form}
            refusal={refused?.refusal ?? null}
            typed={refused?.typed ?? {}}
          />
        )}
        <SessionList page={page} />
        <SessionChanges page={page} />
      </div>
    </WorkCalendarProvider>
  )
}
