import { and, eq, sql } from 'drizzle-orm'
import { listPolicyRows } from '#app/features/policy/policy.server.ts'
import { policyInForce, type SeatPolicy } from '#app/features/policy/policy.ts'
import { yearOf } from '#app/lib/calendar.ts'
import { statement, type Tx } from '#db/client.server.ts'
import { academy, trainingClass } from '#db/schema/index.ts'
import type { ClassOrigin, ClassStatus, Mode, NoticeKind, SeatVoice } from '#db/values.ts'
import { type Eligibility, eligibilityOf } from './eligibility.ts'
import type { SeatClass } from './seat-rules.ts'

/** Who asks for a change: an account with its voice, or the clock. */
export type SeatAsker = { voice: SeatVoice; accountId?: string; requestId?: string }

/** A place that was changed, and what is told of it. `subjectId`: the audit event that it is. `isByUnion`: who enrolled the worker knows. */
export type Told = {
  enrolmentId: string
  kind: SeatNoticeKind
  subjectId: string
  until: Date | null
  isByUnion: boolean
}

export type SeatNoticeKind = Extract<NoticeKind, `seat.${string}` | 'class.cancelled'>

/** A class with what seats need of it. `lineNumbers`, `answersDueAt`: as in db/schema/training.ts. */
export type SeatedClass = SeatClass &
  Eligibility & {
    academyId: string
    id: string
    code: string
    name: string
    occupationCode: string | null
    courseSlug: string | null
    lineNumbers: number
    answersDueAt: Date | null
  }

/**
 * A class whose row this transaction has locked, until it ends. Commands change `facts` as they go; {@link saveClass} writes
 * what has changed of it at last, and seat-told.server.ts tells whom it concerns.
 */
export type HeldClass = {
  facts: SeatedClass
  before: Pick<SeatedClass, 'taken' | 'lineNumbers' | 'answersDueAt'>
  academyCode: string
  policy: SeatPolicy
  by: SeatAsker
  now: Date
  told: Told[]
  /** Places for which a seat was kept and is no more: taken, let go, or lapsed. */
  answered: string[]
  /** Somebody asks for a seat that the academy gives: it hears of it. */
  isAsked: boolean
}

/** The class `classId` of the academy `academyCode`, by placeholders. */
export const isClass = (db: Tx) =>
  and(
    eq(trainingClass.id, sql.placeholder('classId')),
    sql`${trainingClass.academyId} = (${db
      .select({ id: academy.id })
      .from(academy)
      .where(eq(academy.code, sql.placeholder('academyCode')))})`,
  )

const found = (db: Tx) => db.select().from(trainingClass).where(isClass(db))

const readClass = statement((db) => found(db))
/** `no key update`: rows that point at the class may still be added. */
const readAndLock = statement((db) => found(db).for('no key update'))

type Where = { academyCode: string; classId: string }

/** A class with public seats as it stands, without a lock. Null: none, a draft, or a ledger's. */
export async function findSeatedClass(tx: Tx, { academyCode, classId }: Where): Promise<SeatedClass | null> {
  const [row] = await readClass(tx, { academyCode, classId })
  return row ? toSeated(row) : null
}

/**
 * Locks a class with public seats. Null as in {@link findSeatedClass}. What is asked of the transaction right after it, without
 * waiting for the answer, is answered under the lock: it travels behind it on the same connection.
 */
export async function lockClass(
  tx: Tx,
  { academyCode, classId, by, now }: Where & { by: SeatAsker; now: Date },
): Promise<HeldClass | null> {
  const [[row], policies] = await Promise.all([readAndLock(tx, { academyCode, classId }), listPolicyRows(tx)])
  const facts = row && toSeated(row)
  if (!facts) return null
  const policy = policyInForce(policies, yearOf(facts.startsOn)).seats
  const { taken, lineNumbers, answersDueAt } = facts
  return {
    facts,
    before: { taken, lineNumbers, answersDueAt },
    academyCode,
    policy,
    by,
    now,
    told: [],
    answered: [],
    isAsked: false,
  }
}

type Row = typeof trainingClass.$inferSelect

/** Null: no public seats: a draft, or a ledger's. */
export function toSeated(row: Row): SeatedClass | null {
  if (row.origin !== 'system' || row.status === 'draft') return null
  return {
    ...row,
    origin: row.origin as ClassOrigin,
    status: row.status as ClassStatus,
    mode: row.mode as Mode,
    ...eligibilityOf(row),
  }
}

const setCounts = statement((db) =>
  db
    .update(trainingClass)
    .set({
      taken: sql`${sql.placeholder('taken')}`,
      lineNumbers: sql`${sql.placeholder('lineNumbers')}`,
      answersDueAt: sql`${sql.placeholder('answersDueAt')}::timestamptz`,
    })
    .where(and(eq(trainingClass.academyId, sql.placeholder('academyId')), eq(trainingClass.id, sql.placeholder('id')))),
)

/** Writes what has changed of the class's own counts. */
export async function saveClass(tx: Tx, { facts, before }: HeldClass): Promise<void> {
  const { academyId, id, taken, lineNumbers, answersDueAt } = facts
  const isSame =
    taken === before.taken &&
    lineNumbers === before.lineNumbers &&
    answersDueAt?.getTime() === before.answersDueAt?.getTime()
  if (isSame) return
  await setCounts(tx, { academyId, id, taken, lineNumbers, answersDueAt: answersDueAt?.toISOString() ?? null })
}
