import { z } from 'zod'
import { checkDocument, normalisePhone } from '#app/features/persons/documents.ts'
import { isName, normaliseName } from '#app/features/persons/names.ts'
import { DOCUMENT_TYPES } from '#db/values.ts'
import { refusePassword } from './passwords.ts'
import type { FormError } from './words.ts'

/** A text of a form; a missing field, a file or an absurdly long text is an empty one. */
const text = z.string().max(1000).catch('')

type Issues = z.RefinementCtx
const refuse = (issues: Issues, field: string, error: FormError) =>
  issues.addIssue({ code: 'custom', path: [field], message: error })

export const signInForm = z.object({ name: text, password: text }).superRefine(({ name, password }, issues) => {
  if (name.trim() === '') refuse(issues, 'name', 'login_missing')
  if (password === '') refuse(issues, 'password', 'password_missing')
})

const document = { documentType: text, documentNumber: text }

/** Type and number of a document; `today` is Shanghai's date. */
function readDocument(typed: { documentType: string; documentNumber: string }, today: string, issues: Issues) {
  const type = DOCUMENT_TYPES.find((known) => known === typed.documentType)
  if (!type) refuse(issues, 'documentType', 'document_type')
  if (typed.documentNumber.trim() === '') refuse(issues, 'documentNumber', 'document_missing')
  else if (type) {
    const checked = checkDocument(type, typed.documentNumber, today)
    if (checked.ok) return { type, number: checked.number, birthDate: checked.birthDate }
    refuse(issues, 'documentNumber', checked.reason)
  }
  return null
}

/** A worker's registration. Every fault is found at once; the result is checked and normalised. */
export const registerForm = (today: string) =>
  z
    .object({ name: text, ...document, phone: text, password: text, passwordAgain: text, consent: text })
    .transform((typed, issues) => {
      const name = normaliseName(typed.name)
      if (!isName(name)) refuse(issues, 'name', 'name_form')
      const checked = readDocument(typed, today, issues)
      const phone = normalisePhone(typed.phone)
      if (phone === null) refuse(issues, 'phone', 'phone_form')
      const refusal = refusePassword(typed.password, [phone])
      if (refusal) refuse(issues, 'password', refusal)
      else if (typed.password !== typed.passwordAgain) refuse(issues, 'passwordAgain', 'password_again')
      if (typed.consent !== 'yes') refuse(issues, 'consent', 'consent')
      if (!checked || phone === null) return z.NEVER
      return { name, document: checked, phone, password: typed.password }
    })

/** A new password; whether it is a good one is decided with the account's names at hand. */
export const passwordForm = z
  .object({ current: text, next: text, again: text })
  .superRefine(({ current, next, again }, issues) => {
    if (current === '') refuse(issues, 'current', 'password_missing')
    if (next === '') refuse(issues, 'next', 'missing')
    else if (next !== again) refuse(issues, 'again', 'password_again')
  })

/** The document on an administrator's table. */
export const documentForm = (today: string) =>
  z.object(document).transform((typed, issues) => readDocument(typed, today, issues) ?? z.NEVER)

/** What is wrong with which field, the first fault of each. */
export type FieldErrors = Partial<Record<string, FormError>>

/**
 * Reads a posted form. On a refusal `typed` is what goes back onto the form: everything but passwords.
 */
export function readForm<T>(
  shape: z.ZodType<T>,
  form: FormData,
): { ok: true; value: T } | { ok: false; errors: FieldErrors; typed: Record<string, string> } {
  const fields = Object.fromEntries(form)
  const read = shape.safeParse(fields)
  if (read.success) return { ok: true, value: read.data }
  const errors: FieldErrors = {}
  for (const { path, message } of read.error.issues) errors[String(path[0])] ??= message as FormError
  return { ok: false, errors, typed: typedOf(form) }
}

const SECRET = /password|current|next|again/i

/** What may go back onto a form. */
export function typedOf(form: FormData): Record<string, string> {
  const kept = [...form].filter(([name, value]) => typeof value === 'string' && !SECRET.test(name))
  return Object.fromEntries(kept.map(([name, value]) => [name, String(value).slice(0, 1000)]))
}
