import { Button, LinkButton } from '#app/ui/button.tsx'
import { SelectField, TextField } from '#app/ui/field.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { FilterForm } from '#app/ui/post-form.tsx'
import { MODES } from '#db/values.ts'
import { academyWords } from './academy-words.ts'
import { type Narrowing, writeNarrowing } from './behind-narrow.ts'
import { behindWords } from './behind-words.ts'

/** Narrows a list of persons by month, class and mode, and exports what is left. */
export function BehindFilters({ narrowing, year, path }: { narrowing: Narrowing; year: number; path: string }) {
  const w = useWords(behindWords)
  const months = useWords(academyWords).months.split(' ')
  const file = (format: 'xlsx' | 'csv') => `${path}/export?year=${year}&format=${format}${writeNarrowing(narrowing)}`
  return (
    <FilterForm key={JSON.stringify(narrowing)}>
      <input type="hidden" name="year" value={year} />
      <SelectField
        name="month"
        label={w.narrow.month}
        defaultValue={String(narrowing.month ?? '')}
        options={[
          { value: '', label: w.narrow.all },
          ...months.map((label, index) => ({ value: String(index + 1), label })),
        ]}
      />
      <TextField name="class" label={w.narrow.classCode} defaultValue={narrowing.classCode ?? ''} maxLength={60} />
      <SelectField
        name="mode"
        label={w.narrow.mode}
        defaultValue={narrowing.mode ?? ''}
        options={[{ value: '', label: w.narrow.all }, ...MODES.map((mode) => ({ value: mode, label: w.modes[mode] }))]}
      />
      <Button type="submit" icon="search">
        {w.narrow.show}
      </Button>
      <LinkButton icon="download" href={file('xlsx')}>
        {w.narrow.xlsx}
      </LinkButton>
      <LinkButton icon="download" href={file('csv')}>
        {w.narrow.csv}
      </LinkButton>
    </FilterForm>
  )
}
