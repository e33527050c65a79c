import { ErrorSummary } from '#app/ui/error-summary.tsx'
import { useWords } from '#app/ui/locale.tsx'
import type { FieldErrors } from './forms.ts'
import { type FormError, words } from './words.ts'

/** Turns the errors of a form into sentences: one beside each field, all of them in a summary. */
export function useFormErrors(errors: FieldErrors | undefined) {
  const w = useWords(words)
  const sentences: Record<FormError, string> = { ...w.formErrors, ...w.passwordErrors }
  const of = (field: string) => {
    const error = errors?.[field]
    return error && sentences[error]
  }
  const listed = Object.keys(errors ?? {}).map((id) => ({ id, message: of(id) ?? '' }))
  return { of, summary: <ErrorSummary errors={listed} /> }
}
