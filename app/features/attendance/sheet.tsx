import { useEffect, useRef } from 'react'
import { closingWords } from '#app/features/training/closing-words.ts'
import { yearOf } from '#app/lib/calendar.ts'
import { words as dateWords } from '#app/lib/date-words.ts'
import { ButtonLink } from '#app/ui/button.tsx'
import { Callout } from '#app/ui/callout.tsx'
import { Section } from '#app/ui/card.tsx'
import { Link } from '#app/ui/link.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { PostForm } from '#app/ui/post-form.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import { LeaveWaits } from './leave-desk.tsx'
import type { SheetRefusal } from './sheet-acts.server.ts'
import type { HeldSheet } from './sheet-held.server.ts'
import type { SheetPage } from './sheet-page.server.ts'
import { attendanceWords } from './words.ts'

/** What was just saved or refused, and how the sheet stands. */
export function SheetNotes({
  page,
  saved,
  refusal,
}: {
  page: SheetPage
  saved: number | 'closed' | null
  refusal: SheetRefusal | null
}) {
  const { sheet: w, refused } = useWords(attendanceWords)
  const d = useWords(dateWords)
  const { held, closedByName, today, mayMark } = page
  const when = held.closedAt ? d.instant(held.closedAt, yearOf(today)) : ''
  return (
    <>
      {saved !== null && (
        <Callout tone={saved === 0 ? 'info' : 'met'} role="status">
          {saved === 'closed' ? w.done : w.saved(saved)}
        </Callout>
      )}
      {refusal?.reason === 'unmarked' && <CloseQuestion asked={refusal} />}
      {refusal && refusal.reason !== 'faults' && refusal.reason !== 'unmarked' && (
        <Callout tone="miss" role="alert">
          {refused[refusal.reason]}
        </Callout>
      )}
      <LeaveWaits
        count={page.leaves}
        to={`/academies/${held.academyCode}/manage/leave?class=${held.classId}`}
        isOfSheet
      />
      {held.makesUpOn && <Callout tone="info">{w.makesUp(d.day(held.makesUpOn))}</Callout>}
      {held.state === 'ahead' && <Callout tone="info">{w.ahead}</Callout>}
      {held.closedAt && (
        <Callout tone="info">
          <p>
            {closedByName ? w.closedBy(when, closedByName) : held.closedBy ? w.closed(when) : w.closedByClock(when)}
          </p>
          {held.classStatus === 'closed' ? (
            <ClassClosed held={held} />
          ) : (
            <>
              <p>{mayMark ? w.mayCorrect : held.state === 'locked' ? w.locked : w.mayNotCorrect}</p>
              {page.above && (
                <p>{w.aboveAt(page.above, `/academies/${held.academyCode}/sessions/${held.sessionId}`)}</p>
              )}
            </>
          )}
        </Callout>
      )}
      <MissedNote page={page} />
    </>
  )
}

/** A closed class (结班) is opened again before anybody corrects its attendance: where, for whoever may. */
export function ClassClosed({ held }: { held: Pick<HeldSheet, 'academyCode' | 'classId'> }) {
  const w = useWords(closingWords)
  return (
    <p>
      {w.classClosed} <Link to={`/academies/${held.academyCode}/classes/${held.classId}/closing`}>{w.toIt}</Link>
    </p>
  )
}

/** How many missed the session, and what is done about it while the class's sheets are not locked. */
function MissedNote({ page: { held, missed } }: { page: SheetPage }) {
  const { sheet: w } = useWords(attendanceWords)
  const d = useWords(dateWords)
  if (!missed) return null
  return (
    <Callout tone={missed.madeUpOn ? 'info' : 'warn'} title={w.missed(missed.workers)}>
      {missed.mayPlan ? (
        <ButtonLink
          to={`/academies/${held.academyCode}/manage/classes/${held.classId}/timetable?makeup=${held.sessionId}#session-form`}
        >
          {w.makeUp}
        </ButtonLink>
      ) : (
        <p>{missed.madeUpOn ? w.madeUp(d.day(missed.madeUpOn)) : w.askMakeUp}</p>
      )}
    </Callout>
  )
}

/** Who is unmarked is not absent: asked once before the sheet is closed with them. Takes the focus, since the button that asks stands below a long list. */
function CloseQuestion({ asked }: { asked: { count: number } }) {
  const { sheet: w } = useWords(attendanceWords)
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (asked) box.current?.focus()
  }, [asked])
  const { count } = asked
  return (
    <div tabIndex={-1} ref={box}>
      <Callout tone="warn" role="alert" title={w.closeUnmarked(count)}>
        <PostForm className="stack">
          <p>{w.askUnmarked}</p>
          <input type="hidden" name="unmarked" value={count} />
          <div className="inline">
            <ButtonLink kind="main" to="#sheet">
              {w.markFirst}
            </ButtonLink>
            <SubmitButton kind="plain" name="intent" value="close">
              {w.leaveUnmarked(count)}
            </SubmitButton>
          </div>
        </PostForm>
      </Callout>
    </div>
  )
}

/** Closing the sheet, once the session is over. */
export function CloseForm({ page }: { page: SheetPage }) {
  const { sheet: w } = useWords(attendanceWords)
  const { held, unmarked, isOver } = page
  if (held.state !== 'open' || !page.mayMark) return null
  return (
    <Section title={w.close}>
      {isOver ? (
        <PostForm className="stack">
          <p className="soft">
            {unmarked > 0 && <b>{w.closeUnmarked(unmarked)}</b>} {w.closeText}
          </p>
          <div>
            <SubmitButton kind={unmarked > 0 ? 'plain' : 'main'} name="intent" value="close">
              {w.close}
            </SubmitButton>
          </div>
        </PostForm>
      ) : (
        <p className="soft">{w.closeLater}</p>
      )}
    </Section>
  )
}
