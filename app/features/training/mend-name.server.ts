import { and, asc, eq, sql } from 'drizzle-orm'
import type { Viewer } from '#app/features/accounts/actor.ts'
import { record } from '#app/features/audit/audit.server.ts'
import { createStagedRevisions, keepStagedRevisions } from '#app/features/audit/bulk.server.ts'
import { type ReasonFault, readReason } from '#app/features/audit/reason.ts'
import { keepPersonRevision } from '#app/features/persons/history.server.ts'
import { isName, normaliseName } from '#app/features/persons/names.ts'
import { markOf } from '#app/lib/mark.server.ts'
import type { Tx } from '#db/client.server.ts'
import { enrolment } from '#db/schema/index.ts'

export type NameMendRefusal =
  | { ok: false; reason: 'faults'; isName: boolean; why: ReasonFault | null }
  | { ok: false; reason: 'changed_meanwhile' | 'same' }

/** What the page showed of a person's names, as a hidden field; tells none of them. */
export const namesMark = (personId: string, names: readonly string[]): string =>
  markOf(JSON.stringify([personId, ...names].sort()))

/** The names under which academies know a person; a name stands on the enrolment. */
export async function listNames(tx: Tx, personId: string): Promise<string[]> {
  const rows = await tx
    .selectDistinct({ name: enrolment.name })
    .from(enrolment)
    .where(eq(enrolment.personId, personId))
    .orderBy(asc(enrolment.name))
  return rows.map((row) => row.name)
}

/**
 * Writes one name on every enrolment of a person, by the province, with a reason. Academies may write a name differently
 * (domain.md); this is for when it is known which is right. Old names are kept. Null: nobody knows the person by any name.
 * @returns how many enrolments had another name; 0 where a second click finds it done.
 */
export async function mendName(
  tx: Tx,
  input: { viewer: Viewer; personId: string; name: string; was: string; reason: string; now: Date; requestId?: string },
): Promise<{ ok: true; changed: number } | NameMendRefusal | null> {
  const { personId, now, viewer } = input
  const held = await tx
    .select({ name: enrolment.name })
    .from(enrolment)
    .where(eq(enrolment.personId, personId))
    .orderBy(asc(enrolment.id))
    .for('no key update')
  const names = [...new Set(held.map((row) => row.name))]
  if (names.length === 0) return null
  const name = normaliseName(input.name)
  const why = readReason(input.reason)
  const isGood = isName(name)
  if (!isGood) return { ok: false, reason: 'faults', isName: false, why: 'fault' in why ? why.fault : null }
  const isStale = namesMark(personId, names) !== input.was
  if (names.length === 1 && names[0] === name) return isStale ? { ok: true, changed: 0 } : { ok: false, reason: 'same' }
  if (isStale) return { ok: false, reason: 'changed_meanwhile' }
  if ('fault' in why) return { ok: false, reason: 'faults', isName: true, why: why.fault }

  await createStagedRevisions(tx)
  await tx.execute(sql`
    insert into staged_revision
    select e.academy_id, 'enrolment', e.id, to_jsonb(e) from enrolment e
    where e.person_id = ${personId}::uuid and e.name <> ${name}`)
  const changed = await tx
    .update(enrolment)
    .set({ name })
    .where(and(eq(enrolment.personId, personId), sql`${enrolment.name} <> ${name}`))
    .returning({ id: enrolment.id })
  const about = { reason: why.reason, accountId: viewer.accountId, now }
  await keepStagedRevisions(tx, { ...about, importId: null })
  await keepPersonRevision(tx, { ...about, personId, change: 'name', before: { names } })
  const detail = { enrolments: changed.length }
  const { requestId } = input
  await record(tx, { by: viewer, now, kind: 'person.name_mended', detail, subjectId: personId, requestId })
  return { ok: true, changed: changed.length }
}
