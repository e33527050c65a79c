import { OnceKey } from '#app/features/once/once-key.tsx'
import { words as personWords } from '#app/features/persons/words.ts'
import { Callout } from '#app/ui/callout.tsx'
import { SelectField, TextField } from '#app/ui/field.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { PostForm } from '#app/ui/post-form.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import { DOCUMENT_TYPES } from '#db/values.ts'
import type { Refused } from './seats-desk.tsx'
import { seatsDeskWords } from './seats-desk-words.ts'

const FIELDS: Partial<Record<NonNullable<Refused['reason']>, string>> = {
  name: 'name',
  document: 'documentNumber',
  phone: 'phone',
}

/** The academy enters a worker who phones or comes in person; what was typed is there after a refusal. */
export function EnterForm({
  formKey,
  refused,
  typed,
}: {
  formKey: string
  refused: Refused | null
  typed: Readonly<Record<string, string>>
}) {
  const w = useWords(seatsDeskWords)
  const { documentTypes } = useWords(personWords)
  const reason = refused?.intent === 'enter' ? refused.reason : null
  const errorOf = (field: string) => (reason && FIELDS[reason] === field ? w.refused[reason] : null)
  const kept = reason ? typed : {}
  return (
    <PostForm className="stack">
      <OnceKey of={formKey} />
      <p className="soft">{w.enterText}</p>
      {reason && !FIELDS[reason] && (
        <Callout tone="warn" role="alert">
          {w.refused[reason]}
        </Callout>
      )}
      <div className="grid">
        <TextField
          id="enter-name"
          name="name"
          label={w.name}
          maxLength={50}
          autoComplete="off"
          defaultValue={kept.name}
          error={errorOf('name')}
        />
        <SelectField
          name="documentType"
          label={w.documentType}
          defaultValue={kept.documentType ?? 'resident_id'}
          options={DOCUMENT_TYPES.map((value) => ({ value, label: documentTypes[value] }))}
        />
        <TextField
          name="documentNumber"
          label={w.document}
          maxLength={30}
          autoComplete="off"
          defaultValue={kept.documentNumber}
          error={errorOf('documentNumber')}
        />
        <TextField
          name="phone"
          label={w.phone}
          type="tel"
          maxLength={20}
          isOptional
          autoComplete="off"
          defaultValue={kept.phone}
          error={errorOf('phone')}
        />
      </div>
      <div>
        <SubmitButton kind="plain" name="intent" value="enter">
          {w.enterYes}
        </SubmitButton>
      </div>
    </PostForm>
  )
}
