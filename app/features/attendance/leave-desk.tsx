import { Callout } from '#app/ui/callout.tsx'
import { Empty, Section } from '#app/ui/card.tsx'
import { TextField } from '#app/ui/field.tsx'
import { Link } from '#app/ui/link.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { PostForm } from '#app/ui/post-form.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import { Table } from '#app/ui/table.tsx'
import type { LeaveAnswer } from './leave-answer.server.ts'
import { useWaitingColumns } from './leave-columns.tsx'
import type { AskedLeave } from './leave-desk.server.ts'
import { leaveWords } from './leave-words.ts'

export type LeaveRefused = Extract<LeaveAnswer, { ok: false }>['reason']
export type TypedLeave = { chosen: readonly string[]; reason: string }

/** How much leave waits, with the way to it; nothing where none does. */
export function LeaveWaits({ count, to, isOfSheet = false }: { count: number; to: string; isOfSheet?: boolean }) {
  const { desk: w } = useWords(leaveWords)
  if (count === 0) return null
  return (
    <Callout tone="warn">
      {isOfSheet ? w.ofSheet(count) : w.waits(count)} <Link to={to}>{w.toThem}</Link>
    </Callout>
  )
}

/** Leave that waits for the viewer, in one form: chosen ones are granted or refused in one go. */
export function WaitingLeave({
  waiting,
  refused,
  typed,
  today,
}: {
  waiting: readonly AskedLeave[]
  refused: LeaveRefused | null
  /** What was sent and came back. */
  typed: TypedLeave
  today: string
}) {
  const { desk: w, refused: said } = useWords(leaveWords)
  const columns = useWaitingColumns(today, typed.chosen)
  return (
    <Section title={w.waiting(waiting.length)}>
      {waiting.length === 0 ? (
        <Empty icon="check">{w.none}</Empty>
      ) : (
        <PostForm className="stack" noValidate>
          {refused === 'none_chosen' && (
            <Callout tone="miss" role="alert">
              {said.none_chosen}
            </Callout>
          )}
          <Table caption={w.caption} columns={columns} rows={waiting} rowKey={({ id }) => id} isCards />
          <TextField
            name="reason"
            label={w.reason}
            hint={w.reasonHint}
            maxLength={200}
            defaultValue={typed.reason}
            error={refused === 'none_chosen' ? null : refused && said[refused]}
            isOptional
            autoComplete="off"
          />
          <div className="inline">
            <SubmitButton name="intent" value="grant">
              {w.grant}
            </SubmitButton>
            <SubmitButton kind="plain" name="intent" value="refuse">
              {w.refuse}
            </SubmitButton>
          </div>
        </PostForm>
      )}
    </Section>
  )
}
