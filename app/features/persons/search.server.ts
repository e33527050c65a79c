import { and, asc, eq, gt, inArray, isNull, or, type SQL, sql } from 'drizzle-orm'
import { record } from '#app/features/audit/audit.server.ts'
import type { Tx } from '#db/client.server.ts'
import { academy, enrolment, person, trainingClass } from '#db/schema/index.ts'
import { overseers } from '#db/schema/rls.ts'
import type { DocumentType } from '#db/values.ts'
import { maskDocument, maskName, quotable, type Sight } from './masking.ts'
import { documentIndex } from './persons.server.ts'
import type { PersonQuery, RevealPurpose } from './search.ts'
import { indexOf, open } from './vault.server.ts'

/** Who looks, as far as the trail needs it. */
type Acting = { kind: 'user'; accountId: string }

/** A person at one academy, masked. */
export type FoundPerson = {
  personId: string
  academyCode: string
  academyName: string
  name: string
  document: string
  classes: number
  /** End of the last class. */
  lastOn: string
}

export type FoundPersons = {
  rows: FoundPerson[]
  /** What the next page begins after; null on the last. */
  next: string | null
}

const PAGE = 20

/**
 * Persons by a whole name, a phone or a document, among the enrolments that the acting viewer oversees: of an
 * administrator the own academy, of a sponsor's reviewer the academies that its union recommends, of the province all. Runs
 * as the viewer. Each search is in the audit trail, by what was looked for, never what.
 * @param input.after the `next` of the page before; null: from the start.
 */
export async function searchPersons(
  tx: Tx,
  input: {
    by: Acting
    query: PersonQuery
    after: string | null
    sight: Sight
    now: Date
    academyId?: string
    requestId?: string
  },
): Promise<FoundPersons> {
  const { query, after, sight } = input
  const found = await tx
    .select({
      personId: enrolment.personId,
      academyCode: academy.code,
      academyName: academy.name,
      name: sql<string>`(array_agg(${enrolment.name} order by ${enrolment.createdAt} desc))[1]`,
      sealed: person.documentSealed,
      classes: sql<number>`count(*)::int`,
      lastOn: sql<string>`max(${trainingClass.endsOn})`,
    })
    .from(enrolment)
    .innerJoin(academy, eq(academy.id, enrolment.academyId))
    .innerJoin(
      trainingClass,
      and(eq(trainingClass.academyId, enrolment.academyId), eq(trainingClass.id, enrolment.classId)),
    )
    .innerJoin(person, eq(person.id, enrolment.personId))
    .where(
      and(
        matches(tx, query),
        isNull(person.mergedInto),
        or(...overseers(enrolment.academyId)),
        after ? gt(key, after) : undefined,
      ),
    )
    .groupBy(enrolment.personId, academy.id, academy.code, academy.name, person.documentSealed)
    .orderBy(asc(key))
    .limit(PAGE + 1)
  const rows = found.slice(0, PAGE).map(({ sealed, name, ...row }) => ({
    ...row,
    name: maskName(name),
    document: maskDocument(open('person.document', row.personId, sealed), sight),
  }))
  await record(tx, {
    by: input.by,
    now: input.now,
    kind: 'persons.searched',
    detail: { by: query.by, found: rows.length },
    academyId: input.academyId,
    requestId: input.requestId,
  })
  const last = rows.at(-1)
  return { rows, next: found.length > PAGE && last ? `${last.personId} ${last.academyCode}` : null }
}

/** A person at an academy: what pages are cut by. */
const key = sql<string>`(${enrolment.personId}::text || ' ' || ${academy.code}) collate "C"`

function matches(tx: Tx, query: PersonQuery): SQL | undefined {
  switch (query.by) {
    case 'name':
      return eq(enrolment.name, query.name)
    case 'phone':
      return eq(enrolment.phoneIndex, indexOf('phone', query.phone))
    case 'document': {
      const indexes = query.documents.map(({ type, number }) => documentIndex(type, number))
      return inArray(
        enrolment.personId,
        tx
          .select({ id: sql`coalesce(${person.mergedInto}, ${person.id})` })
          .from(person)
          .where(inArray(person.documentIndex, indexes)),
      )
    }
  }
}

/**
 * A person's full document number, for a stated purpose and reason that go into the audit trail with who saw it. Runs as
 * the viewer, who must oversee the academy and the person there.
 * @returns null where the viewer does not, or nobody is there; nothing is recorded then.
 */
export async function revealDocument(
  tx: Tx,
  input: {
    by: Acting
    academyCode: string
    personId: string
    purpose: RevealPurpose
    reason: string
    now: Date
    requestId?: string
  },
): Promise<{ type: DocumentType; number: string } | null> {
  const [found] = await tx
    .select({ academyId: academy.id, type: person.documentType, sealed: person.documentSealed })
    .from(enrolment)
    .innerJoin(academy, eq(academy.id, enrolment.academyId))
    .innerJoin(person, eq(person.id, enrolment.personId))
    .where(
      and(
        eq(enrolment.personId, input.personId),
        eq(academy.code, input.academyCode),
        or(...overseers(enrolment.academyId)),
      ),
    )
    .limit(1)
  if (!found) return null
  await record(tx, {
    by: input.by,
    now: input.now,
    kind: 'document.revealed',
    // A number typed into the reason is covered: the trail holds no personal data.
    detail: { purpose: input.purpose, reason: quotable(input.reason, 200) },
    academyId: found.academyId,
    subjectId: input.personId,
    requestId: input.requestId,
  })
  return { type: found.type as DocumentType, number: open('person.document', input.personId, found.sealed) }
}
