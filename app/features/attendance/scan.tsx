import { TextField } from '#app/ui/field.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { SearchForm } from '#app/ui/post-form.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import { codeWords } from './code-words.ts'
import type { CodeRefusal } from './scan.server.ts'

/** Where the digits of a worker's code are typed, or a code reader types the whole: who it is comes first, the press after that. */
export function CodeForm({ code, isNext, refusal }: { code: string; isNext: boolean; refusal: CodeRefusal | null }) {
  const { scan: w } = useWords(codeWords)
  // What a camera or a reader brought nobody mends by hand.
  const isTyped = refusal !== null && !code.includes('.')
  return (
    <SearchForm key={code}>
      <TextField
        name="w"
        label={isNext ? w.next : w.code}
        hint={w.codeHint}
        error={refusal && w.refused[refusal]}
        defaultValue={isTyped ? code : ''}
        inputMode="numeric"
        autoComplete="off"
        maxLength={400}
      />
      <div>
        <SubmitButton kind={isNext ? 'plain' : 'main'}>{w.find}</SubmitButton>
      </div>
    </SearchForm>
  )
}
