import { SelectField } from '#app/ui/field.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { SESSION_KINDS } from '#db/values.ts'
import { sessionWords } from './session-words.ts'

/** What the hours are for; the mode of the class says it where nothing is chosen. */
export function KindField({
  field,
}: {
  field: { id: string; name: string; defaultValue?: string; error: readonly string[] }
}) {
  const { kind, kindOfMode, kinds } = useWords(sessionWords)
  return (
    <SelectField
      {...field}
      label={kind}
      options={[{ value: '', label: kindOfMode }, ...SESSION_KINDS.map((one) => ({ value: one, label: kinds[one] }))]}
    />
  )
}
