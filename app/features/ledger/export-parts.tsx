import { SelectField, TextField } from '#app/ui/field.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { PostForm } from '#app/ui/post-form.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import { words } from './upload-words.ts'

/** Asks for the ledger as a file: all of it, a year's, a class's. The file is downloaded, the page stays. */
export function ExportForm({ to, years }: { to: string; years: readonly number[] }) {
  const w = useWords(words).exporting
  return (
    <PostForm action={to} reloadDocument className="filters">
      <SelectField name="year" label={w.year}>
        <option value="">{w.allYears}</option>
        {years.map((year) => (
          <option key={year} value={year}>
            {w.ofYear(year)}
          </option>
        ))}
      </SelectField>
      <TextField name="class" label={w.classCode} isOptional maxLength={64} />
      <SelectField name="format" label={w.format}>
        <option value="xlsx">Excel (.xlsx)</option>
        <option value="csv">CSV (.csv)</option>
      </SelectField>
      <SubmitButton kind="plain" icon="download">
        {w.submit}
      </SubmitButton>
    </PostForm>
  )
}
