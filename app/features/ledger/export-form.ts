import { z } from 'zod'

const empty = (value: unknown) => (value === '' ? undefined : value)

/** What a form asks to be exported: a format, and a year or a class to narrow it. */
const shape = z.object({
  format: z.enum(['xlsx', 'csv']),
  year: z.preprocess(empty, z.coerce.number().int().min(1949).max(2100).optional()),
  class: z.preprocess(empty, z.string().max(64).optional()),
})

export type ExportAsked = { format: 'xlsx' | 'csv'; year?: number; classCode?: string }

/** Reads the form of an export; null where it is none. */
export function exportForm(form: FormData): ExportAsked | null {
  const read = shape.safeParse({
    format: form.get('format'),
    year: form.get('year') ?? '',
    class: form.get('class') ?? '',
  })
  if (!read.success) return null
  const { format, year, class: classCode } = read.data
  return { format, year, classCode }
}
