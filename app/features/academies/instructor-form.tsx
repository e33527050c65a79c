import { words as personWords } from '#app/features/persons/words.ts'
import { Card } from '#app/ui/card.tsx'
import { ErrorSummary } from '#app/ui/error-summary.tsx'
import { SelectField, TextField } from '#app/ui/field.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { PostForm } from '#app/ui/post-form.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import { DOCUMENT_TYPES } from '#db/values.ts'
import type { PlacedFault } from './instructor-entry.ts'
import { fieldId, type InstructorIntent } from './instructor-view.ts'
import { instructorWords } from './instructor-words.ts'

/** What came back of a form that was refused. */
export type Refused = { intent: InstructorIntent | 'add'; faults: PlacedFault[]; typed: Record<string, string> }
export type TeachingAccount = { id: string; name: string }

/** The faults of one form of a page by field, and what was typed in it. */
export function useRefusal(intent: InstructorIntent | 'add', refused: Refused | null) {
  const { errors } = useWords(instructorWords)
  const mine = refused?.intent === intent ? refused : null
  const errorOf = (field: string) => {
    const found = mine?.faults.find((one) => one.field === field)
    return found && errors[found.fault]
  }
  const summary = (labels: Record<string, string>) => (
    <ErrorSummary
      errors={(mine?.faults ?? []).map(({ field, fault }) => ({
        id: fieldId(intent, field),
        message: `${labels[field] ?? field}: ${errors[fault]}`,
      }))}
    />
  )
  const at = (field: string) => ({ name: field, id: fieldId(intent, field), error: errorOf(field) })
  return { at, summary, typed: mine?.typed ?? null }
}

/** A new instructor, by document. */
export function NewInstructorForm({ accounts, refused }: { accounts: TeachingAccount[]; refused: Refused | null }) {
  const w = useWords(instructorWords)
  const { documentTypes } = useWords(personWords)
  const { at, summary, typed } = useRefusal('add', refused)
  return (
    <Card title={w.add}>
      <PostForm className="stack" noValidate>
        <p className="soft">{w.addText}</p>
        {summary({ name: w.name, documentNumber: w.document, employer: w.employer, accountId: w.account })}
        <div className="grid">
          <TextField {...at('name')} label={w.name} maxLength={50} autoComplete="off" defaultValue={typed?.name} />
          <SelectField
            {...at('documentType')}
            label={w.documentType}
            defaultValue={typed?.documentType ?? 'resident_id'}
            options={DOCUMENT_TYPES.map((value) => ({ value, label: documentTypes[value] }))}
          />
          <TextField {...at('documentNumber')} label={w.document} maxLength={30} autoComplete="off" />
          <EmployerField {...at('employer')} value={typed?.employer} />
          <AccountField {...at('accountId')} accounts={accounts} value={typed?.accountId} />
        </div>
        <div>
          <SubmitButton name="intent" value="add">
            {w.add}
          </SubmitButton>
        </div>
      </PostForm>
    </Card>
  )
}

type At = { name: string; id: string; error?: string }

export function EmployerField({ value, ...at }: At & { value?: string }) {
  const w = useWords(instructorWords)
  return (
    <TextField
      {...at}
      label={w.employer}
      hint={w.employerHint}
      isOptional
      maxLength={100}
      autoComplete="off"
      defaultValue={value}
    />
  )
}

export function AccountField({ accounts, value, ...at }: At & { accounts: TeachingAccount[]; value?: string }) {
  const w = useWords(instructorWords)
  return (
    <SelectField
      {...at}
      label={w.account}
      hint={w.accountHint}
      isOptional
      defaultValue={value ?? ''}
      options={[{ value: '', label: w.noAccount }, ...accounts.map(({ id, name }) => ({ value: id, label: name }))]}
    />
  )
}
