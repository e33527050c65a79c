import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { useActionData, useLoaderData, useNavigation } from '@remix-run/react'
import { as } from '#app/features/accounts/as.server.ts'
import { requireViewer } from '#app/features/accounts/guard.server.ts'
import { may } from '#app/features/accounts/roles.ts'
import { classFileWords } from '#app/features/classfile/words.ts'
import { ClassChanges } from '#app/features/training/class-changes.tsx'
import { listHeads } from '#app/features/training/class-head.server.ts'
import { HeadForm } from '#app/features/training/class-head-form.tsx'
import { classPath } from '#app/features/training/class-path.ts'
import { closingWords } from '#app/features/training/closing-words.ts'
import { settleClass } from '#app/features/training/due-seats.server.ts'
import { EnteredNow, EnterForm, EnterListForm } from '#app/features/training/enter-form.tsx'
import type { RollLeft } from '#app/features/training/group-acts.server.ts'
import { findRosterClass } from '#app/features/training/roster.server.ts'
import { RosterHead } from '#app/features/training/roster-head.tsx'
import { readRosterPlace } from '#app/features/training/roster-view.ts'
import { findSeatsDesk } from '#app/features/training/seats-desk.server.ts'
import { LineAtDesk, type Refused } from '#app/features/training/seats-desk.tsx'
import { actOnSeats, type EnteredWorker } from '#app/features/training/seats-desk-acts.server.ts'
import { seatsDeskWords } from '#app/features/training/seats-desk-words.ts'
import { shanghaiDate } from '#app/lib/calendar.ts'
import { typedTexts } from '#app/lib/form-rows.ts'
import { notFound } from '#app/lib/http.ts'
import { isId, newId } from '#app/lib/ids.ts'
import { ownValue } from '#app/lib/load-context.ts'
import { ButtonLink } from '#app/ui/button.tsx'
import { Callout } from '#app/ui/callout.tsx'
import { Card, Section } from '#app/ui/card.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { pageTitle } from '../shell/title.ts'

export const meta: MetaFunction = (args) => pageTitle(args, seatsDeskWords, (w) => w.tabTitle)

/** Requests, the waiting list and the seats of a class of the viewer's academy; a class head who is no administrator acts for workers on the phone. */
export async function loader(args: LoaderFunctionArgs) {
  const viewer = requireViewer(args, 'seats.phone')
  const canChange = may(viewer, 'training.manage')
  const classId = args.params.class ?? ''
  const academyCode = viewer.academyCode ?? ''
  const now = new Date()
  if (!isId(classId)) throw notFound('class')
  const read = () =>
    as(viewer, async (tx) => {
      const held = await findRosterClass(tx, { viewer, classId, now })
      const desk = await findSeatsDesk(tx, { viewer, classId, now })
      const heads = canChange ? await listHeads(tx, viewer.academyId ?? '') : []
      return held && desk && { held, desk, heads }
    })
  let found = await read()
  if (found?.desk.isDue && (await settleClass({ academyCode, classId, now }))) found = await read()
  if (!found) throw notFound('class')
  const { saved, seated } = readRosterPlace(new URL(args.request.url).searchParams)
  return {
    ...{ ...found, canChange, saved, seated, academyCode },
    ...{ today: shanghaiDate(now), formKey: ownValue(args.context, newId()) },
  }
}

type Result = {
  refused: Refused | null
  typed: Record<string, string>
  entered: EnteredWorker[]
  roll: RollLeft | null
}
const nothing: Result = { refused: null, typed: {}, entered: [], roll: null }

/** Answers requests, acts for a worker on the phone, changes or cancels the class; who was left as before comes back (409). */
export async function action(args: ActionFunctionArgs) {
  const viewer = requireViewer(args, 'seats.phone')
  const classId = args.params.class ?? ''
  if (!isId(classId)) throw notFound('class')
  const form = await args.request.formData()
  const answer = await actOnSeats(viewer, { classId, form, now: new Date(), requestId: args.context.requestId })
  if (!answer) throw notFound('class')
  if (!answer.ok) return data({ ...nothing, refused: answer, typed: typedTexts(form) }, { status: 409 })
  // Names stay out of the address: what became of whom is said here, and sending the form again does it once.
  if ('entered' in answer) {
    const { entered, roll } = answer
    return data({ ...nothing, entered, roll }, { status: roll || entered.some((one) => !one.answer.ok) ? 409 : 200 })
  }
  const { changed, approved } = answer
  const query = `saved=${changed}${approved ? `&seated=${approved.enrolled}` : ''}`
  throw redirect(`/academies/${viewer.academyCode}/manage/classes/${classId}/seats?${query}`, 303)
}

/** A refusal (409) may mean that the page was out of date. */
export { afterConflicts as shouldRevalidate } from '../shell/revalidate.ts'

export default function Seats() {
  const w = useWords(seatsDeskWords)
  const closed = useWords(closingWords)
  const { group } = useWords(classFileWords)
  const { held, desk, heads, canChange, saved, seated, academyCode, today, formKey } = useLoaderData<typeof loader>()
  const result = useActionData<Result>()
  const isLeaving = useNavigation().state === 'loading'
  const shown = (!isLeaving && result) || nothing
  const { refused, entered, roll } = shown
  const approved = saved && seated !== null ? { enrolled: seated, waitlisted: Math.max(0, saved - seated) } : null
  return (
    <RosterHead
      held={held}
      view="seats"
      academyCode={academyCode}
      canChange={canChange}
      saved={refused || entered.length > 0 ? null : saved}
      savedText={approved ? w.approved(approved) : undefined}
      today={today}
    >
      <LineAtDesk mayAnswer={canChange} counts={held} desk={desk} today={today} formKey={formKey} refused={refused} />
      {canChange && desk.status === 'published' && (
        <Section title={w.enter}>
          <Card>
            <div className="stack">
              {entered.length > 0 && <EnteredNow entered={entered} desk={desk} />}
              <EnterForm key={formKey} formKey={formKey} refused={refused} typed={shown.typed} />
              <details open={roll !== null || refused?.intent === 'enter_list'}>
                <summary>{w.enterList}</summary>
                <EnterListForm key={formKey} formKey={formKey} refused={refused} roll={roll} />
              </details>
            </div>
          </Card>
        </Section>
      )}
      {desk.status === 'closed' && <Callout>{closed.classClosed}</Callout>}
      {canChange && desk.status !== 'closed' && (
        <Section title={w.changes}>
          <ClassChanges desk={desk} formKey={formKey} refused={refused} />
        </Section>
      )}
      {canChange && desk.status !== 'closed' && (
        <Section title={w.head}>
          <HeadForm head={desk.head} heads={heads} refused={refused} typed={shown.typed} />
        </Section>
      )}
      {held.mode !== 'online' && (
        <div>
          <ButtonLink to={`${classPath(academyCode, held.id)}/group`}>{group.link}</ButtonLink>
        </div>
      )}
    </RosterHead>
  )
}
