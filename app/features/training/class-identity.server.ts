import { and, asc, eq, inArray, type SQL } from 'drizzle-orm'
import { system, type Viewer } from '#app/features/accounts/actor.ts'
import { as, within } from '#app/features/accounts/as.server.ts'
import { confirmIdentity, type InClass, listUnproven, searchClaimsOf } from '#app/features/accounts/identity.server.ts'
import { maskDocument } from '#app/features/persons/masking.ts'
import { open } from '#app/features/persons/vault.server.ts'
import type { Tx } from '#db/client.server.ts'
import { enrolment, person, trainingClass } from '#db/schema/index.ts'
import { SEATS, type Seat } from '#db/values.ts'
import { ownClassOf } from './desk.server.ts'
import { isHeld } from './seat-rules.ts'

/** A worker in the class whose document is to be looked at. */
export type ToCheck = { enrolmentId: string; name: string; document: string; seat: Seat }

/** As many as a page shows. */
const PAGE = 50

type Of = { viewer: Viewer; classId: string }

/** Places that are held in a class which the viewer runs: of the own academy, an instructor's own. Runs as the viewer. */
const isRun = (tx: Tx, { viewer, classId }: Of): SQL | undefined =>
  and(
    eq(enrolment.academyId, viewer.academyId ?? classId),
    eq(enrolment.classId, classId),
    inArray(enrolment.seat, SEATS.filter(isHeld)),
    viewer.role === 'instructor' ? ownClassOf(tx, viewer) : undefined,
  )

const placesOf = (tx: Tx) =>
  tx
    .select({
      enrolmentId: enrolment.id,
      name: enrolment.name,
      seat: enrolment.seat,
      accountId: enrolment.accountId,
      personId: enrolment.personId,
      documentSealed: person.documentSealed,
    })
    .from(enrolment)
    .innerJoin(
      trainingClass,
      and(eq(trainingClass.academyId, enrolment.academyId), eq(trainingClass.id, enrolment.classId)),
    )
    .innerJoin(person, eq(person.id, enrolment.personId))

type PlaceRow = {
  enrolmentId: string
  name: string
  seat: string
  personId: string
  documentSealed: Buffer
}

const shown = ({ enrolmentId, name, seat, personId, documentSealed }: PlaceRow): ToCheck => ({
  ...{ enrolmentId, name, seat: seat as Seat },
  document: maskDocument(open('person.document', personId, documentSealed), 'working'),
})

/**
 * Who in the class has registered and not been confirmed yet, in the order in which they came, for who runs it: a page of them, and
 * how many there are. `after`: the enrolment where the page before ended.
 */
export async function listToCheck(
  tx: Tx,
  { after, ...of }: Of & { after: string | null },
): Promise<{ rows: ToCheck[]; total: number; hasMore: boolean }> {
  const places = await placesOf(tx).where(isRun(tx, of)).orderBy(asc(enrolment.id))
  const unproven = await within(tx, system('identity'), () => listUnproven(tx, places))
  const left = unproven.filter(({ enrolmentId }) => after === null || enrolmentId > after)
  return { rows: left.slice(0, PAGE).map(shown), total: unproven.length, hasMore: left.length > PAGE }
}

/** A worker in the class. Null: nobody's place in a class that the viewer runs. */
export async function findToCheck(
  tx: Tx,
  { enrolmentId, ...of }: Of & { enrolmentId: string },
): Promise<(ToCheck & { personId: string }) | null> {
  const [row] = await placesOf(tx).where(and(isRun(tx, of), eq(enrolment.id, enrolmentId)))
  return row ? { ...shown(row), personId: row.personId } : null
}

type Asked = Of & { enrolmentId: string; now: Date; requestId?: string }

/** The worker's place by the viewer's own rights: what is done as the system goes by what is found here alone. */
async function runBy(asked: Asked): Promise<InClass | null> {
  const found = await as(asked.viewer, (tx) => findToCheck(tx, asked))
  return found && { classId: asked.classId, personId: found.personId }
}

/**
 * The accounts that claim to be a worker of the class, for who has the document on the table: `covered` is what the masked number leaves
 * out. After the guard `identity.compare`. Null: nobody's place in a class that the viewer runs.
 */
export async function searchInClass({ covered, ...asked }: Asked & { covered: string }) {
  const of = await runBy(asked)
  return of && searchClaimsOf({ ...asked, of, covered })
}

/** Confirms the account that such a search found. Null: nobody's place in a class that the viewer runs. */
export async function confirmInClass({ proof, ...asked }: Asked & { proof: string }) {
  const of = await runBy(asked)
  return of && as(system('identity'), (tx) => confirmIdentity(tx, { ...asked, of, proof }))
}
