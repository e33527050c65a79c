import type { Viewer } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { checkDocument } from '#app/features/persons/documents.ts'
import { findPersonByDocument } from '#app/features/persons/persons.server.ts'
import { shanghaiDate } from '#app/lib/calendar.ts'
import { formText } from '#app/lib/form-rows.ts'
import { DOCUMENT_TYPES } from '#db/values.ts'
import { type Merged, mergePersons } from './merge-persons.server.ts'
import { type MergePlan, planMerge } from './merge-plan.server.ts'
import { findPersonSummary, type PersonSummary } from './person-file.server.ts'

export type MergePage = {
  kept: PersonSummary
  /** The record that would go; null: not chosen yet. */
  other: { person: PersonSummary; plan: MergePlan; tail: string } | null
}

/** Two records to be merged, or the one for which another is looked for; after the guard `persons.mend`. Null: no such record. */
export function findMergePage(
  viewer: Viewer,
  { keptId, mergedId, now }: { keptId: string; mergedId: string | null; now: Date },
): Promise<MergePage | null> {
  return as(viewer, async (tx) => {
    const kept = await findPersonSummary(tx, keptId)
    if (!kept) return null
    if (mergedId === null || mergedId === keptId) return { kept, other: null }
    const person = await findPersonSummary(tx, mergedId)
    if (!person) return null
    return {
      kept,
      other: { person, plan: await planMerge(tx, { keptId, mergedId, now }), tail: tailOf(person.document) },
    }
  })
}

/** The end of a masked number, as it is shown: what a merge asks to be typed. */
const tailOf = (masked: string): string => /[^*]+$/.exec(masked)?.[0] ?? ''

export type FoundOther = { ok: true; otherId: string } | { ok: false; reason: 'form' | 'not_found' | 'is_self' }

/** The record with a document that was typed, for the handler who has both papers on the table. */
export async function findOther(viewer: Viewer, personId: string, form: FormData, now: Date): Promise<FoundOther> {
  const type = DOCUMENT_TYPES.find((known) => known === formText(form, 'documentType'))
  const checked = type && checkDocument(type, formText(form, 'documentNumber'), shanghaiDate(now))
  if (!type || !checked?.ok) return { ok: false, reason: 'form' }
  const found = await as(viewer, (tx) => findPersonByDocument(tx, { type, number: checked.number }))
  if (!found) return { ok: false, reason: 'not_found' }
  return found.id === personId ? { ok: false, reason: 'is_self' } : { ok: true, otherId: found.id }
}

/** Merges two records as the form asks for it. Null: no such records. */
export async function actOnMerge(
  viewer: Viewer,
  pair: { keptId: string; mergedId: string },
  { form, now, requestId }: { form: FormData; now: Date; requestId?: string },
): Promise<Merged | null> {
  const page = await findMergePage(viewer, { ...pair, now })
  if (!page?.other) return null
  const isConfirmed = formText(form, 'confirm').normalize('NFKC').trim().toUpperCase() === page.other.tail
  const input = {
    ...pair,
    viewer,
    isConfirmed,
    was: formText(form, 'was'),
    reason: formText(form, 'reason'),
    now,
    requestId,
  }
  return as(viewer, (tx) => mergePersons(tx, input))
}
