import { words as dateWords } from '#app/lib/date-words.ts'
import { ErrorSummary } from '#app/ui/error-summary.tsx'
import { TextField } from '#app/ui/field.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { PostForm } from '#app/ui/post-form.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import { type Column, Table } from '#app/ui/table.tsx'
import type { SheetRefusal } from './sheet-acts.server.ts'
import { formColumns, readColumns } from './sheet-columns.tsx'
import type { SheetPage, SheetRow } from './sheet-page.server.ts'
import { attendanceWords } from './words.ts'

type Props = {
  page: SheetPage
  refusal: SheetRefusal | null
  typed: Readonly<Record<string, string>>
  footer: React.ReactNode
}

/** A sheet in one form: a mark per worker, and times where they matter. One who may not mark reads it. */
export function SheetForm({ page, refusal, typed, footer }: Props) {
  const words = useWords(attendanceWords)
  const d = useWords(dateWords)
  const { sheet: w, errors, why } = words
  if (page.rows.length === 0) return <p className="soft">{w.none}</p>
  const table = (columns: Column<SheetRow>[]) => (
    <Table
      caption={w.caption}
      columns={columns}
      rows={page.rows}
      rowKey={({ enrolmentId }) => enrolmentId}
      isCards
      footer={footer}
    />
  )
  if (!page.mayMark) return table(readColumns(words, d))
  const faults = refusal?.reason === 'faults' ? refusal : { faults: [], why: null }
  const isClosed = page.held.closedAt !== null
  const nameOf = (id: string) => page.rows.find(({ enrolmentId }) => enrolmentId === id)?.name ?? ''
  return (
    <PostForm className="stack" noValidate>
      <ErrorSummary
        errors={[
          ...faults.faults.map(({ enrolmentId, cell, fault }) => ({
            id: `${cell}.${enrolmentId}`,
            message: `${nameOf(enrolmentId)}: ${errors[fault]}`,
          })),
          ...(faults.why ? [{ id: 'reason', message: why[faults.why] }] : []),
        ]}
      />
      <input type="hidden" name="state" value={isClosed ? 'closed' : 'open'} />
      {table(formColumns(words, { faults: faults.faults, typed }))}
      <TextField
        key={page.rows.map(({ mark, checkedInAt, checkedOutAt }) => [mark, checkedInAt, checkedOutAt]).join()} // a reason is of one change: the next one has its own
        name="reason"
        label={isClosed ? w.reasonCorrect : w.reason}
        hint={isClosed ? w.reasonCorrectHint : w.reasonHint}
        defaultValue={typed.reason}
        error={faults.why && why[faults.why]}
        maxLength={200}
        autoComplete="off"
      />
      <div className="inline">
        <SubmitButton name="intent" value="save">
          {isClosed ? w.correct : w.save}
        </SubmitButton>
        {!isClosed && page.unmarked > 0 && (
          <SubmitButton kind="plain" name="intent" value="rest">
            {w.rest}
          </SubmitButton>
        )}
      </div>
    </PostForm>
  )
}
