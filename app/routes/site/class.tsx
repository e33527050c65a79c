import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { data } from '@remix-run/node'
import {
  type ShouldRevalidateFunction,
  useActionData,
  useLoaderData,
  useLocation,
  useSearchParams,
} from '@remix-run/react'
import { system } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { optionalViewer, requireViewer } from '#app/features/accounts/guard.server.ts'
import { creditIfComplete } from '#app/features/courses/finish.server.ts'
import { findClassPage } from '#app/features/training/class-page.server.ts'
import { ClassDetails } from '#app/features/training/class-page.tsx'
import { SeatActions } from '#app/features/training/seat-actions.tsx'
import type { EnrolRefusal, WithdrawRefusal } from '#app/features/training/seat-rules.ts'
import { bookSeat, leaveSeat } from '#app/features/training/seats.server.ts'
import { words } from '#app/features/training/words.ts'
import { shanghaiDate } from '#app/lib/calendar.ts'
import { badRequest, notFound, redirectTo } from '#app/lib/http.ts'
import { isId } from '#app/lib/ids.ts'
import { Callout } from '#app/ui/callout.tsx'
import { useWords } from '#app/ui/locale.tsx'
import type { ShellHandle } from '../shell/handle.ts'
import { pageLocale, titled } from '../shell/title.ts'

export const handle: ShellHandle = {
  hasTabs: false,
  top: ({ locale }) => ({ back: '/classes', title: words[locale].classes }),
}

export const meta: MetaFunction<typeof loader> = (args) =>
  args.data ? [{ title: titled(args.data.page.name, pageLocale(args)) }] : []

export async function loader({ params, context }: LoaderFunctionArgs) {
  const { academy: academyCode = '', class: classId = '' } = params
  const actor = optionalViewer({ context })
  const now = new Date()
  const page = isId(classId) ? await as(actor, (tx) => findClassPage(tx, { academyCode, classId, actor, now })) : null
  if (!page) throw notFound('class')
  const who = actor.kind !== 'user' ? 'visitor' : actor.role === 'worker' ? 'worker' : 'staff'
  return { page, today: shanghaiDate(now), who } as const
}

/** Takes or gives back the viewer's own seat: `intent` is `enrol` or `withdraw`; nothing else comes from the form. */
export async function action(args: ActionFunctionArgs) {
  const viewer = requireViewer(args, 'learning.own')
  const { academy: academyCode = '', class: classId = '' } = args.params
  const intent = (await args.request.formData()).get('intent')
  if (intent !== 'enrol' && intent !== 'withdraw') throw badRequest('intent')
  if (!isId(classId)) throw notFound('class')
  const now = new Date()
  const request = { academyCode, classId, now, requestId: args.context.requestId }
  const answer = await (intent === 'enrol' ? bookSeat(viewer, request) : leaveSeat(viewer, request))
  if (!answer) throw notFound('class')
  if (!answer.ok) return data({ refusal: answer.reason }, { status: 409 })
  const { courseSlug } = answer
  if (intent === 'enrol' && courseSlug) {
    const { accountId, personId } = viewer
    await as(system('credit'), (tx) => creditIfComplete(tx, { accountId, personId, courseSlug, now }))
  }
  return redirectTo(`/academies/${academyCode}/classes/${classId}`)
}

/** A refusal (409) means that the page was out of date: seats and buttons are read anew. */
export const shouldRevalidate: ShouldRevalidateFunction = ({ actionStatus, defaultShouldRevalidate }) =>
  actionStatus === 409 || defaultShouldRevalidate

export default function ClassRoute() {
  const w = useWords(words)
  const { page, today, who } = useLoaderData<typeof loader>()
  const refusal = useActionData<{ refusal: EnrolRefusal | WithdrawRefusal }>()?.refusal
  const { pathname } = useLocation()
  const isLeaving = useSearchParams()[0].get('leave') === '1'
  return (
    <>
      {refusal && (
        <Callout tone="miss" role="alert">
          {w.refusals[refusal]}
        </Callout>
      )}
      <ClassDetails page={page} today={today} />
      <SeatActions page={page} who={who} path={pathname} isLeaving={isLeaving} />
    </>
  )
}
