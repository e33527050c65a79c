import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { data } from '@remix-run/node'
import {
  type ShouldRevalidateFunction,
  useActionData,
  useLoaderData,
  useLocation,
  useParams,
  useSearchParams,
} from '@remix-run/react'
import { optionalViewer, requireViewer } from '#app/features/accounts/guard.server.ts'
import { may } from '#app/features/accounts/roles.ts'
import { leavePath } from '#app/features/attendance/leave.ts'
import { OwnAttendance } from '#app/features/attendance/own.tsx'
import { countMissingParts } from '#app/features/classfile/checklist.server.ts'
import { ClassFileLink } from '#app/features/classfile/class-file-link.tsx'
import { OwnGroup } from '#app/features/classfile/group-qr.tsx'
import { CourseOfClass } from '#app/features/courses/course-of-class.tsx'
import { offerWords } from '#app/features/courses/offer-words.ts'
import { type ActRefusal, actOnSeat } from '#app/features/courses/seat-act.server.ts'
import { OwnMaterialsCard } from '#app/features/materials/own-card.tsx'
import { wantedBy } from '#app/features/materials/rules.ts'
import { findClassPage } from '#app/features/training/class-page.server.ts'
import { ClassDetails } from '#app/features/training/class-page.tsx'
import { classPath } from '#app/features/training/class-path.ts'
import { type TypedDeclared, typedDeclared } from '#app/features/training/declared.ts'
import { settleClass } from '#app/features/training/due-seats.server.ts'
import { SeatActions } from '#app/features/training/seat-actions.tsx'
import { SeatRefused } from '#app/features/training/seat-refused.tsx'
import { nextSession } from '#app/features/training/timetable.ts'
import { words } from '#app/features/training/words.ts'
import { shanghaiDate } from '#app/lib/calendar.ts'
import { words as dateWords } from '#app/lib/date-words.ts'
import { notFound, redirectTo } from '#app/lib/http.ts'
import { isId, newId } from '#app/lib/ids.ts'
import { ownValue } from '#app/lib/load-context.ts'
import { AnswerBox } from '#app/ui/answer-box.tsx'
import { Callout } from '#app/ui/callout.tsx'
import { useWords } from '#app/ui/locale.tsx'
import type { ShellHandle } from '../shell/handle.ts'
import { head, pageLocale } from '../shell/title.ts'
import { besidesClass, NOTHING } from './class-besides.server.ts'

export const handle: ShellHandle = {
  hasTabs: false,
  top: ({ locale }) => ({ back: '/classes', title: words[locale].classes }),
}

export const meta: MetaFunction<typeof loader> = (args) => {
  if (!args.data) return []
  const locale = pageLocale(args)
  const { name, academyName, startsOn, endsOn } = args.data.page
  const when = dateWords[locale].period(startsOn, endsOn, 0)
  return head(locale, name, words[locale].page.about({ name, academy: academyName, when }))
}

export async function loader({ params, context }: LoaderFunctionArgs) {
  const { academy: academyCode = '', class: classId = '' } = params
  const actor = optionalViewer({ context })
  const now = new Date()
  const { viewer } = context
  if (!isId(classId)) throw notFound('class')
  const besides = besidesClass(viewer, now)
  const read = () => findClassPage({ academyCode, classId, actor, now, besides })
  let found = await read()
  if (found?.page.isDue && (await settleClass({ academyCode, classId, now }))) found = await read()
  if (!found) throw notFound('class')
  const who = actor.kind !== 'user' ? 'visitor' : actor.role === 'worker' ? 'worker' : 'staff'
  const isAbove = viewer !== null && may(viewer, 'classfile.read', academyCode)
  const lacking = isAbove ? await countMissingParts(viewer, { academyCode, classId, now }) : null
  const besidesPage = found.besides ?? NOTHING
  const lacked = besidesPage.attendance.flatMap(({ lack, startsAt }) => (lack ? [startsAt] : []))
  return {
    page: found.page,
    next: nextSession(found.page.sessions, { now, lacked }),
    ...besidesPage,
    today: shanghaiDate(now),
    who,
    formKey: who === 'worker' ? ownValue(context, newId()) : '',
    lacking,
  } as const
}

/** What the worker does with the own seat (courses/seat-act.server.ts). */
export async function action(args: ActionFunctionArgs) {
  const viewer = requireViewer(args, 'learning.own')
  const { academy: academyCode = '', class: classId = '' } = args.params
  if (!isId(classId)) throw notFound('class')
  const form = await args.request.formData()
  const { requestId } = args.context
  const answer = await actOnSeat(viewer, { academyCode, classId, form, now: new Date(), requestId })
  if (!answer) throw notFound('class')
  if (!answer.ok) return data({ refusal: answer, typed: typedDeclared(form) }, { status: 409 })
  return redirectTo(classPath(academyCode, classId))
}

/** A refusal (409) means that the page was out of date: seats and buttons are read anew. */
export const shouldRevalidate: ShouldRevalidateFunction = ({ actionStatus, defaultShouldRevalidate }) =>
  actionStatus === 409 || defaultShouldRevalidate

export default function ClassRoute() {
  const { page, next, materials, groupQrId, course, hasChosen, declared, attendance, today, who, formKey, lacking } =
    useLoaderData<typeof loader>()
  const { refusal, typed } = useActionData<{ refusal: ActRefusal; typed: TypedDeclared }>() ?? {}
  const { barred } = useWords(offerWords)
  const { pathname } = useLocation()
  const { class: classId = '' } = useParams()
  const isLeaving = useSearchParams()[0].get('leave') === '1'
  const isBarred = who === 'worker' && (course?.prerequisites ?? []).some(({ isDone }) => !isDone)
  return (
    <>
      {lacking !== null && <ClassFileLink lacking={lacking} to={`${pathname}/file`} />}
      {refusal && (
        <AnswerBox of={refusal}>
          {refusal.reason === 'prerequisites' ? (
            <Callout tone="miss" role="alert">
              {barred}
            </Callout>
          ) : (
            <SeatRefused refusal={{ ...refusal, reason: refusal.reason }} />
          )}
        </AnswerBox>
      )}
      <ClassDetails page={page} next={next} today={today}>
        <OwnMaterialsCard
          items={materials}
          wanted={{ by: wantedBy({ ...page, seatedAt: page.own?.seatedAt ?? null }), today }}
          to={`${pathname}/materials`}
        />
        <OwnGroup path={`${pathname}/group`} version={groupQrId} />
        <OwnAttendance sessions={attendance} leaveTo={leavePath(page, classId, today)} today={today} />
      </ClassDetails>
      {course && <CourseOfClass course={course} of={page} />}
      <SeatActions
        page={page}
        who={who}
        path={pathname}
        isLeaving={isLeaving}
        isBarred={isBarred}
        mayChoose={course !== null && !hasChosen}
        formKey={formKey}
        declared={declared}
        typed={typed}
        missing={(refusal?.reason === 'declare' && refusal.rules) || []}
      />
    </>
  )
}
