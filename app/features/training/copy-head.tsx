import { Callout } from '#app/ui/callout.tsx'
import { TextField } from '#app/ui/field.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { FilterForm } from '#app/ui/post-form.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import { words } from './desk-words.ts'

/** Above the form of a new class that is filled in like another: which one, and on which day the new one begins. */
export function CopyHead({ id, name, startsOn }: { id: string; name: string; startsOn: string }) {
  const { openClass: w } = useWords(words)
  return (
    <>
      <Callout title={w.copied(name)}>{w.copiedNote}</Callout>
      <FilterForm key={startsOn}>
        <input type="hidden" name="copy" value={id} />
        <TextField name="from" id="copy-from" label={w.copyFrom} type="date" defaultValue={startsOn} />
        <SubmitButton kind="plain">{w.moveDays}</SubmitButton>
      </FilterForm>
    </>
  )
}
