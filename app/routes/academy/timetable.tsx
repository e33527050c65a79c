import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { useActionData, useLoaderData, useNavigation } from '@remix-run/react'
import { requireViewer } from '#app/features/accounts/guard.server.ts'
import { recountHours } from '#app/features/attendance/hours.server.ts'
import { WorkCalendarProvider } from '#app/features/policy/use-work-calendar.tsx'
import { paperWords } from '#app/features/training/paper-words.ts'
import { actOnTimetable, chosenInstructors } from '#app/features/training/session-acts.server.ts'
import type { SessionRefusal } from '#app/features/training/session-command.server.ts'
import { SessionForm } from '#app/features/training/session-form.tsx'
import { SessionChanges, SessionList, TimetableNotes } from '#app/features/training/session-list.tsx'
import { sessionWords } from '#app/features/training/session-words.ts'
import { findTimetablePage } from '#app/features/training/timetable-page.server.ts'
import { formOf, readTimetablePlace, type SessionIntent } from '#app/features/training/timetable-view.ts'
import { typedTexts } from '#app/lib/form-rows.ts'
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

/** Plans, changes, cancels or makes up one session. Statuses: 400 what was typed, 409 what stands in the way. */
export async function action(args: ActionFunctionArgs) {
  const viewer = requireViewer(args, 'training.manage')
  const { academy: academyCode = '', class: classId = '' } = args.params
  const { academyId } = viewer
  if (!academyId || !isId(classId)) throw notFound('class')
  const form = await args.request.formData()
  const { requestId } = args.context
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
  throw redirect(`/academies/${academyCode}/manage/classes/${classId}/timetable?saved=${saved}`, 303)
}

export default function Timetable() {
  const w = useWords(sessionWords)
  const paper = useWords(paperWords)
  const { page, academyCode, place } = useLoaderData<typeof loader>()
  const result = useActionData<{ intent: SessionIntent; refusal: SessionRefusal; typed: Record<string, string> }>()
  const isLeaving = useNavigation().state === 'loading'
  const refused = isLeaving ? undefined : result
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
        <TimetableNotes page={page} saved={refused ? null : place.saved} refusal={refused?.refusal ?? null} />
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
