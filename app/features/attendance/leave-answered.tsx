import { Badge } from '#app/ui/badge.tsx'
import { Callout } from '#app/ui/callout.tsx'
import { Section } from '#app/ui/card.tsx'
import { TextField } from '#app/ui/field.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { PostForm } from '#app/ui/post-form.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import { type Column, Table } from '#app/ui/table.tsx'
import { useChooseColumn, useLeaveColumns } from './leave-columns.tsx'
import type { DeskLeave } from './leave-desk.server.ts'
import type { LeaveRefused, TypedLeave } from './leave-desk.tsx'
import { leaveWords } from './leave-words.ts'

/** What was answered last; what was granted can be taken back, with a reason, until its sheet is closed. */
export function AnsweredLeave({
  answered,
  refused,
  typed,
  today,
}: {
  answered: readonly DeskLeave[]
  refused: LeaveRefused | null
  typed: TypedLeave
  today: string
}) {
  const { desk: w, standings, refused: said } = useWords(leaveWords)
  const choose = useChooseColumn(today, typed.chosen, ({ isRevokable }) => isRevokable)
  const columns = useLeaveColumns(today)
  if (answered.length === 0) return null
  const isRevokable = answered.some((leave) => leave.isRevokable)
  const state: Column<DeskLeave> = {
    key: 'state',
    head: w.state,
    cell: ({ state, refusedBecause }) => (
      <>
        <Badge tone={state === 'granted' ? 'met' : 'none'}>{standings[state]}</Badge>{' '}
        {refusedBecause && <small className="soft">{refusedBecause}</small>}
      </>
    ),
  }
  const table = (
    <Table
      caption={w.answeredCaption}
      columns={[...(isRevokable ? [choose] : []), ...columns, state]}
      rows={answered}
      rowKey={({ id }) => id}
      isCards
    />
  )
  return (
    <Section title={w.answered}>
      {isRevokable ? (
        <PostForm className="stack" noValidate>
          <p className="soft small">{w.revokable}</p>
          {refused === 'none_chosen' && (
            <Callout tone="miss" role="alert">
              {said.none_chosen}
            </Callout>
          )}
          {table}
          <TextField
            id="revoke-reason"
            name="reason"
            label={w.revokeReason}
            hint={w.revokeReasonHint}
            maxLength={200}
            defaultValue={typed.reason}
            error={refused === 'none_chosen' ? null : refused && said[refused]}
            autoComplete="off"
          />
          <div>
            <SubmitButton kind="plain" name="intent" value="revoke">
              {w.revoke}
            </SubmitButton>
          </div>
        </PostForm>
      ) : (
        table
      )}
    </Section>
  )
}
