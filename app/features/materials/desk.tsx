import { requirementName, requirementWords } from '#app/features/training/requirement-words.ts'
import { words as publicWords } from '#app/features/training/words.ts'
import { Badge } from '#app/ui/badge.tsx'
import { Callout } from '#app/ui/callout.tsx'
import { Empty } from '#app/ui/card.tsx'
import { TextField } from '#app/ui/field.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Pager } from '#app/ui/navigation.tsx'
import { PostForm } from '#app/ui/post-form.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import { Table } from '#app/ui/table.tsx'
import type { DeskRow, MaterialsDesk } from './desk.server.ts'
import { MaterialCell } from './desk-cell.tsx'
import type { DeskView } from './desk-place.ts'
import { materialDeskWords } from './desk-words.ts'

export type DeskReturned = {
  reason: 'none_chosen' | 'reason_needed' | 'reason_long'
  typed: { chosen: readonly string[]; reason: string }
}

/** Workers and what they handed in, in one form: chosen ones are accepted or sent back in one go. */
export function MaterialsTable({
  desk,
  view,
  after,
  base,
  returned,
}: {
  desk: MaterialsDesk
  view: DeskView
  after: string | null
  /** The address of the page, below which its files are. */
  base: string
  returned: DeskReturned | null
}) {
  const w = useWords(materialDeskWords)
  const q = useWords(requirementWords)
  const { seats } = useWords(publicWords)
  const { requirements, rows, hasMore } = desk
  if (rows.length === 0) return <Empty icon="check">{w.none[view]}</Empty>
  const chosen = returned?.typed.chosen ?? []
  const last = rows.at(-1)
  const columns = [
    {
      key: 'name',
      head: w.name,
      isRowHead: true,
      cell: ({ name, employer, seat }: DeskRow) => (
        <>
          <span className="nowrap">{name}</span> {seat !== 'enrolled' && <Badge tone="none">{seats[seat]}</Badge>}{' '}
          <small className="soft">{employer}</small>
        </>
      ),
    },
    ...requirements.map((one, at) => ({
      key: one.id,
      head: requirementName(q, one),
      cell: (row: DeskRow) => <MaterialCell row={row} item={row.items[at]!} base={base} chosen={chosen} />,
    })),
  ]
  return (
    <PostForm className="stack" noValidate>
      {returned?.reason === 'none_chosen' && (
        <Callout tone="miss" role="alert">
          {w.refusals.none_chosen}
        </Callout>
      )}
      <Table
        caption={w.caption}
        columns={columns}
        rows={rows}
        rowKey={({ enrolmentId }) => enrolmentId}
        isCards
        footer={
          (hasMore || after) && (
            <Pager
              summary={w.shown(rows.length)}
              previous={after ? `?view=${view}` : null}
              next={hasMore && last ? `?view=${view}&after=${last.enrolmentId}` : null}
            />
          )
        }
      />
      <TextField
        name="reason"
        label={w.reason}
        hint={w.reasonHint}
        maxLength={200}
        defaultValue={returned?.typed.reason}
        error={returned && returned.reason !== 'none_chosen' ? w.refusals[returned.reason] : null}
        isOptional
        autoComplete="off"
      />
      <div className="inline">
        <SubmitButton name="intent" value="accept">
          {w.accept}
        </SubmitButton>
        <SubmitButton kind="plain" name="intent" value="refuse">
          {w.refuse}
        </SubmitButton>
      </div>
    </PostForm>
  )
}
