import { Callout } from '#app/ui/callout.tsx'
import { SelectField } from '#app/ui/field.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { PostForm } from '#app/ui/post-form.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import type { MappingView } from './mapping-view.ts'
import { words } from './upload-words.ts'

/**
 * Which row is the header, where the ledger knows none. A form of its own: Enter in a field of the columns must not read
 * the file once more.
 */
export function HeaderChoice({ guessed }: { guessed: MappingView['guessed'] }) {
  const w = useWords(words).mapping
  if (guessed.length === 0) return null
  const rows = guessed.map(({ sheet, row, top }) => w.guessedAt(sheet, top, row))
  const canChoose = guessed.some(({ rows }) => rows.length > 1)
  return (
    <Callout tone="warn" title={w.guessedHeader}>
      <div className="stack">
        <p>{w.guessedLead(rows)}</p>
        {canChoose && (
          <PostForm className="form">
            {guessed.map(({ name, sheet, row, rows }) => (
              <SelectField key={name} name={name} label={w.headerRow(sheet)} defaultValue={String(row)}>
                {rows.map((one) => (
                  <option key={one.row} value={one.row} lang="zh-CN">
                    {w.rowSays(one.row, one.text)}
                  </option>
                ))}
              </SelectField>
            ))}
            <div>
              <SubmitButton kind="plain" name="intent" value="header">
                {w.readAgain}
              </SubmitButton>
            </div>
          </PostForm>
        )}
      </div>
    </Callout>
  )
}
