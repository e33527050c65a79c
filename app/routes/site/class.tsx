import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { data } from '@remix-run/node'
import {
  type ShouldRevalidateFunction,
  useActionData,
  useLoaderData,
  useLocation,
  useSearchParams,
} from '@remix-run/react'
import { as } from '#app/features/accounts/as.server.ts'
import { optionalViewer, requireViewer } from '#app/features/accounts/guard.server.ts'
import { CourseOfClass } from '#app/features/courses/course-of-class.tsx'
import { enrolLearner, findClassCourse } from '#app/features/courses/enrol.server.ts'
import { offerWords } from '#app/features/courses/offer-words.ts'
import { findAcademyChoice } from '#app/features/training/academy-choice.server.ts'
import { findClassPage } from '#app/features/training/class-page.server.ts'
import { ClassDetails } from '#app/features/training/class-page.tsx'
import { classPath } from '#app/features/training/class-path.ts'
import { SeatActions } from '#app/features/training/seat-actions.tsx'
import type { EnrolRefusal, WithdrawRefusal } from '#app/features/training/seat-rules.ts'
import { leaveSeat } from '#app/features/training/seats.server.ts'
import { words } from '#app/features/training/words.ts'
import { shanghaiDate } from '#app/lib/calendar.ts'
import { words as dateWords } from '#app/lib/date-words.ts'
import { badRequest, notFound, redirectTo } from '#app/lib/http.ts'
import { isId } from '#app/lib/ids.ts'
import { Callout } from '#app/ui/callout.tsx'
import { useWords } from '#app/ui/locale.tsx'
import type { ShellHandle } from '../shell/handle.ts'
import { head, pageLocale } from '../shell/title.ts'

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
  const found = await as(actor, async (tx) => {
    if (!isId(classId)) return null
    const besides = ({ courseSlug }: { courseSlug: string | null }) =>
      courseSlug === null
        ? null
        : Promise.all([
            findClassCourse(tx, { courseSlug, academyCode, viewer }),
            viewer && findAcademyChoice(tx, viewer.accountId),
          ])
    const answer = await findClassPage(tx, { academyCode, classId, actor, now, besides })
    if (!answer) return null
    const [course, chosen] = answer.besides ?? [null, null]
    return { page: answer.page, course, hasChosen: chosen !== null }
  })
  if (!found) throw notFound('class')
  const who = actor.kind !== 'user' ? 'visitor' : actor.role === 'worker' ? 'worker' : 'staff'
  return { ...found, today: shanghaiDate(now), who } as const
}

/**
 * Takes or gives back the viewer's own seat: `intent` is `enrol` or `withdraw`; `choose`: later online courses are to count
 * for this academy too. Nothing else comes from the form.
 */
export async function action(args: ActionFunctionArgs) {
  const viewer = requireViewer(args, 'learning.own')
  const { academy: academyCode = '', class: classId = '' } = args.params
  const form = await args.request.formData()
  const intent = form.get('intent')
  if (intent !== 'enrol' && intent !== 'withdraw') throw badRequest('intent')
  if (!isId(classId)) throw notFound('class')
  const request = { academyCode, classId, now: new Date(), requestId: args.context.requestId }
  const isChosen = form.get('choose') === 'on'
  const answer = await (intent === 'enrol'
    ? enrolLearner(viewer, { ...request, isChosen })
    : leaveSeat(viewer, request))
  if (!answer) throw notFound('class')
  if (!answer.ok) return data({ refusal: answer.reason }, { status: 409 })
  return redirectTo(classPath(academyCode, classId))
}

/** A refusal (409) means that the page was out of date: seats and buttons are read anew. */
export const shouldRevalidate: ShouldRevalidateFunction = ({ actionStatus, defaultShouldRevalidate }) =>
  actionStatus === 409 || defaultShouldRevalidate

export default function ClassRoute() {
  const w = useWords(words)
  const { page, course, hasChosen, today, who } = useLoaderData<typeof loader>()
  const refusal = useActionData<{ refusal: EnrolRefusal | WithdrawRefusal | 'prerequisites' }>()?.refusal
  const { barred } = useWords(offerWords)
  const { pathname } = useLocation()
  const isLeaving = useSearchParams()[0].get('leave') === '1'
  const isBarred = who === 'worker' && (course?.prerequisites ?? []).some(({ isDone }) => !isDone)
  return (
    <>
      {refusal && (
        <Callout tone="miss" role="alert">
          {refusal === 'prerequisites' ? barred : w.refusals[refusal]}
        </Callout>
      )}
      <ClassDetails page={page} today={today} />
      {course && <CourseOfClass course={course} of={page} />}
      <SeatActions
        page={page}
        who={who}
        path={pathname}
        isLeaving={isLeaving}
        isBarred={isBarred}
        mayChoose={course !== null && !hasChosen}
      />
    </>
  )
}
