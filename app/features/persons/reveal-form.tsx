import type { ReactNode } from 'react'
import { SelectField, TextField } from '#app/ui/field.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { REVEAL_PURPOSES } from './search.ts'
import { searchWords } from './words.ts'

/** What somebody who asks for a full number has to say. `children`: the form's button. */
export function RevealFields({
  error,
  typed,
  children,
}: {
  error: 'purpose' | 'reason' | null
  typed: Partial<Record<string, string>>
  children: ReactNode
}) {
  const w = useWords(searchWords).reveal
  const said = (field: 'purpose' | 'reason') => (error === field ? w.errors[field] : undefined)
  return (
    <>
      <p className="small soft">{w.note}</p>
      <SelectField
        name="purpose"
        label={w.purpose}
        error={said('purpose')}
        defaultValue={typed.purpose ?? ''}
        options={[
          { value: '', label: w.choose },
          ...REVEAL_PURPOSES.map((value) => ({ value, label: w.purposes[value] })),
        ]}
      />
      <TextField
        name="reason"
        label={w.reason}
        hint={w.reasonHint}
        error={said('reason')}
        defaultValue={typed.reason}
        autoComplete="off"
        maxLength={200}
        required
      />
      <div>{children}</div>
    </>
  )
}
