import { z } from 'zod'
import { checkDocument } from '#app/features/persons/documents.ts'
import { isName, normaliseName } from '#app/features/persons/names.ts'
import { isDateString } from '#app/lib/calendar.ts'
import { DOCUMENT_TYPES, HONOUR_SCOPES, INSTRUCTOR_TITLES, LEVELS } from '#db/values.ts'

/** What can be wrong on the forms of an instructor; the sentences are `errors` of instructor-words.ts. */
export type InstructorFault =
  | 'name'
  | 'document'
  | 'too_long'
  | 'required'
  | 'date'
  | 'date_order'
  | 'occupation'
  | 'account'
  | 'has_sessions'

export type PlacedFault = { field: string; fault: InstructorFault }

const code = (fault: InstructorFault) => fault
const required = (most: number) =>
  z.string(code('required')).trim().min(1, code('required')).max(most, code('too_long'))
/** An empty field was left out. */
const optional = <T extends z.ZodType>(shape: T) => z.preprocess((typed) => typed || undefined, shape.optional())
const day = z.string(code('date')).refine(isDateString, code('date'))
const name = z.string(code('name')).transform(normaliseName).refine(isName, code('name'))

/** What an academy writes about an instructor. */
const about = { name, employer: optional(required(100)), accountId: optional(z.uuid(code('account'))) }

/** A new instructor: whose document it is decides who it is. `today`: no birth date lies ahead. */
export function readNewInstructor(form: FormData, today: string) {
  const read = readInstructorForm(z.object(about), form)
  const type = DOCUMENT_TYPES.find((known) => known === form.get('documentType'))
  const checked = type && checkDocument(type, String(form.get('documentNumber') ?? ''), today)
  if (!type || !checked?.ok) {
    const fault: PlacedFault = { field: 'documentNumber', fault: 'document' }
    return { ok: false as const, faults: [...(read.ok ? [] : read.faults), fault] }
  }
  const document = { type, number: checked.number, birthDate: checked.birthDate }
  return read.ok ? { ok: true as const, value: { ...read.value, document } } : read
}

export const instructorShape = z.object({ ...about, endedOn: optional(day) })

export const titleShape = z.object({
  title: z.enum(INSTRUCTOR_TITLES, code('required')),
  scope: optional(z.enum(HONOUR_SCOPES, code('required'))),
  evidence: required(200),
})

export const qualificationShape = z
  .object({
    occupationCode: required(20),
    level: z.enum(LEVELS, code('required')),
    validFrom: day,
    validTo: optional(day),
    evidence: optional(required(200)),
  })
  .refine(({ validFrom, validTo }) => validTo === undefined || validTo >= validFrom, {
    message: code('date_order'),
    path: ['validTo'],
  })

/** Until when a qualification is valid; left out: no end. */
export const validToShape = z.object({ validTo: optional(day) })

/** What a form says, by a shape; each fault at its field. */
export function readInstructorForm<T extends z.ZodType>(
  shape: T,
  form: FormData,
): { ok: true; value: z.output<T> } | { ok: false; faults: PlacedFault[] } {
  const read = shape.safeParse(Object.fromEntries(form))
  if (read.success) return { ok: true, value: read.data }
  const faults = read.error.issues.map(({ path, message }) => ({
    field: String(path[0]),
    fault: message as InstructorFault,
  }))
  return { ok: false, faults }
}
