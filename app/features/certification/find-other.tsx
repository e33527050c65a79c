import { words as documentWords } from '#app/features/persons/words.ts'
import { Card } from '#app/ui/card.tsx'
import { SelectField, TextField } from '#app/ui/field.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { PostForm } from '#app/ui/post-form.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import { DOCUMENT_TYPES } from '#db/values.ts'
import type { FoundOther } from './merge-page.server.ts'
import { personMendWords } from './person-words.ts'

/** Finds the other record: by a document that is posted, never in the address. */
export function FindOther({ found }: { found: Extract<FoundOther, { ok: false }> | null }) {
  const w = useWords(personMendWords)
  const types = useWords(documentWords).documentTypes
  const said = { form: w.documentFaults.form, not_found: w.notFound, is_self: w.isSelf }
  return (
    <Card title={w.findTitle}>
      <PostForm className="form" noValidate>
        <SelectField
          name="documentType"
          label={w.type}
          options={DOCUMENT_TYPES.map((type) => ({ value: type, label: types[type] }))}
        />
        <TextField
          name="documentNumber"
          label={w.findNumber}
          autoComplete="off"
          maxLength={40}
          error={found && said[found.reason]}
        />
        <div>
          <SubmitButton name="intent" value="find" icon="search">
            {w.find}
          </SubmitButton>
        </div>
      </PostForm>
    </Card>
  )
}
