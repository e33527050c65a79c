import { words as personWords } from '#app/features/persons/words.ts'
import { Choice, ChoiceGroup } from '#app/ui/choice.tsx'
import { SelectField, TextField } from '#app/ui/field.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { DOCUMENT_TYPES } from '#db/values.ts'
import { SHORTEST_PASSWORD } from './passwords.ts'
import { words } from './words.ts'

type Fields = { errorOf: (field: string) => string | undefined; typed: Partial<Record<string, string>> }

/** What a worker fills in to register. */
export function RegisterFields({ errorOf, typed }: Fields) {
  const w = useWords(words).register
  return (
    <>
      <TextField
        name="name"
        label={w.name}
        hint={w.nameHint}
        error={errorOf('name')}
        defaultValue={typed.name}
        autoComplete="name"
        maxLength={100}
        required
      />
      <DocumentFields errorOf={errorOf} typed={typed} hint={w.documentHint} />
      <TextField
        name="phone"
        type="tel"
        label={w.phone}
        hint={w.phoneHint}
        error={errorOf('phone')}
        defaultValue={typed.phone}
        // The name under which the browser keeps the password.
        autoComplete="username"
        inputMode="tel"
        maxLength={30}
        required
      />
      <TextField
        name="password"
        type="password"
        label={w.password}
        hint={w.passwordHint}
        error={errorOf('password')}
        autoComplete="new-password"
        minLength={SHORTEST_PASSWORD}
        required
      />
      <TextField
        name="passwordAgain"
        type="password"
        label={w.passwordAgain}
        error={errorOf('passwordAgain')}
        autoComplete="new-password"
        required
      />
      <ChoiceGroup name="consent" id="consent" label={w.consentLegend} error={errorOf('consent')}>
        <Choice
          type="checkbox"
          name="consent"
          value="yes"
          label={w.consent}
          note={w.consentNote}
          defaultChecked={typed.consent === 'yes'}
          required
        />
      </ChoiceGroup>
    </>
  )
}

/** Type and number of a document, wherever they are asked for. */
export function DocumentFields({ errorOf, typed, hint }: Fields & { hint?: string }) {
  const w = useWords(words).register
  const types = useWords(personWords).documentTypes
  return (
    <>
      <SelectField
        name="documentType"
        label={w.documentType}
        error={errorOf('documentType')}
        defaultValue={typed.documentType ?? DOCUMENT_TYPES[0]}
        options={DOCUMENT_TYPES.map((value) => ({ value, label: types[value] }))}
      />
      <TextField
        name="documentNumber"
        label={w.document}
        hint={hint}
        error={errorOf('documentNumber')}
        defaultValue={typed.documentNumber}
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
        maxLength={60}
        required
      />
    </>
  )
}
