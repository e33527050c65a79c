import { and, asc, eq, inArray } from 'drizzle-orm'
import { system, type Viewer } from '#app/features/accounts/actor.ts'
import { within } from '#app/features/accounts/as.server.ts'
import { maskDocument, maskPhone } from '#app/features/persons/masking.ts'
import { open } from '#app/features/persons/vault.server.ts'
import { listPolicyRows } from '#app/features/policy/policy.server.ts'
import { policyInForce } from '#app/features/policy/policy.ts'
import { yearOf } from '#app/lib/calendar.ts'
import type { Tx } from '#db/client.server.ts'
import { enrolment, person, trainingClass } from '#db/schema/index.ts'
import type { Category, ClassOrigin, ClassStatus, DeclaredLevel, Mode, Seat } from '#db/values.ts'
import { actsAsHead, findHead } from './class-head.server.ts'
import type { HeadInput } from './class-head.ts'
import { type Eligibility, eligibilityOf } from './eligibility.ts'
import { offerUntil } from './hold.ts'
import { listUnreached } from './places-told.server.ts'
import { endOf, enrolUntil, type SeatClass, seatsLeft } from './seat-rules.ts'
import { isDue } from './settle.server.ts'

/**
 * Somebody who asks for a seat, waits or is to confirm one, as the academy sees it. The document is masked; the phone is whole
 * where the class head may have to call: the worker gave it for that. What the worker declared is shown as declared.
 */
export type LineRow = {
  enrolmentId: string
  name: string
  document: string | null
  phone: string | null
  seat: Seat
  answerDueAt: Date | null
  /** Nobody was told of the seat that is offered: there is neither an account of the worker nor a union to tell. Somebody has to call. */
  isUnreached: boolean
  /** The place in line of those who wait, from 1. */
  position: number | null
  category: Category | null
  employer: string | null
  declaredLevel: DeclaredLevel | null
  yearsOfWork: number | null
  isUnionMember: boolean | null
}

export type SeatsDesk = {
  requests: LineRow[]
  line: LineRow[]
  capacity: number | null
  taken: number
  status: ClassStatus
  /** Enrolment takes nobody new any more. */
  isClosed: boolean
  needsApproval: boolean
  hasWaitlist: boolean
  /** Freed seats are offered to nobody any more: how many are free, to be given by phone. Null: they are offered still, or the class is over. */
  byPhone: { free: number } | null
  eligibility: Eligibility
  cancelledBecause: string | null
  /** As workers read it, and the account that acts as one. */
  head: HeadInput
  /** Time has run out for somebody: seats have to be settled first. */
  isDue: boolean
}

/** As many as one looks through; the rest moves up. */
const MOST = 200

/** Who asks and who waits in a class of the viewer's academy, a head's own, and its seats. Null: no such class, or one without seats of its own. */
export async function findSeatsDesk(
  tx: Tx,
  { viewer, classId, now }: { viewer: Viewer; classId: string; now: Date },
): Promise<SeatsDesk | null> {
  const { academyId } = viewer
  if (!academyId) return null
  const [row] = await tx
    .select()
    .from(trainingClass)
    .where(and(eq(trainingClass.academyId, academyId), eq(trainingClass.id, classId)))
  if (row?.origin !== 'system' || row.status === 'draft') return null
  if (!(await actsAsHead(tx, viewer, classId))) return null
  const rows = await listLine(tx, { academyId, classId })
  const facts = { ...row, origin: row.origin as ClassOrigin, status: row.status as ClassStatus, mode: row.mode as Mode }
  const waiting = rows.filter(({ seat }) => seat === 'waitlisted')
  return {
    requests: rows.filter(({ seat }) => seat === 'requested'),
    line: [
      ...rows.filter(({ seat }) => seat === 'offered'),
      ...waiting.map((one, index) => ({ ...one, position: index + 1 })),
    ],
    capacity: row.capacity,
    taken: row.taken,
    status: facts.status,
    isClosed: now >= enrolUntil(facts),
    needsApproval: row.needsApproval,
    hasWaitlist: row.hasWaitlist,
    byPhone: await freeByPhone(tx, facts, now),
    eligibility: eligibilityOf(row),
    cancelledBecause: row.cancelledBecause,
    head: {
      headId: (await findHead(tx, { academyId, classId })) ?? '',
      classHead: row.classHead ?? '',
      classHeadPhone: row.classHeadPhone ?? '',
    },
    isDue: isDue(row, now),
  }
}

/** What the clock leaves to the class head, as `byPhone` of {@link SeatsDesk}. */
async function freeByPhone(tx: Tx, facts: SeatClass, now: Date): Promise<SeatsDesk['byPhone']> {
  if (facts.status !== 'published' || now >= endOf(facts)) return null
  const policy = policyInForce(await listPolicyRows(tx), yearOf(facts.startsOn)).seats
  const free = seatsLeft(facts)
  return free === null || offerUntil(facts, policy, now) !== null ? null : { free }
}

async function listLine(tx: Tx, of: { academyId: string; classId: string }): Promise<LineRow[]> {
  const rows = await tx
    .select({
      enrolmentId: enrolment.id,
      name: enrolment.name,
      phoneSealed: enrolment.phoneSealed,
      personId: person.id,
      documentSealed: person.documentSealed,
      seat: enrolment.seat,
      answerDueAt: enrolment.answerDueAt,
      category: enrolment.category,
      employer: enrolment.employer,
      declaredLevel: enrolment.declaredLevel,
      yearsOfWork: enrolment.yearsOfWork,
      isUnionMember: enrolment.isUnionMember,
    })
    .from(enrolment)
    .leftJoin(person, eq(person.id, enrolment.personId))
    .where(
      and(
        eq(enrolment.academyId, of.academyId),
        eq(enrolment.classId, of.classId),
        inArray(enrolment.seat, ['requested', 'waitlisted', 'offered']),
      ),
    )
    .orderBy(asc(enrolment.lineNumber))
    .limit(MOST)
  const offered = rows.filter(({ seat }) => seat === 'offered').map(({ enrolmentId }) => enrolmentId)
  const unreached = await within(tx, system('seats'), (tx) => listUnreached(tx, of.academyId, offered))
  return rows.map(({ phoneSealed, personId, documentSealed, ...row }) => ({
    ...row,
    seat: row.seat as Seat,
    isUnreached: unreached.has(row.enrolmentId),
    category: row.category as Category | null,
    declaredLevel: row.declaredLevel as DeclaredLevel | null,
    position: null,
    document: personId && documentSealed && maskDocument(open('person.document', personId, documentSealed), 'working'),
    phone: phoneSealed && shown(open('enrolment.phone', row.enrolmentId, phoneSealed), row.seat as Seat),
  }))
}

/** Whole for who waits or is to confirm: the class head calls. */
const shown = (phone: string, seat: Seat) => (seat === 'requested' ? maskPhone(phone) : phone)
