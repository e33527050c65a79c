import { inArray } from 'drizzle-orm'
import { v5 } from 'uuid'
import { z } from 'zod'
import { statement, type Tx } from '#db/client.server.ts'
import reference from '#db/reference/policy.json'
import { policy } from '#db/schema/index.ts'
import {
  type AttendancePolicy,
  type CountingPolicy,
  type LearningPolicy,
  type OpeningPolicy,
  type PolicyChange,
  type PolicyRow,
  policyChange,
  policyInForce,
  policyYears,
  type SeatPolicy,
  type YearPolicy,
} from './policy.ts'

/** Ids of reference rows derive from what makes them one row, so that two processes loading at once add it once. */
const REFERENCE = 'b7b6f0de-6d3c-5f0b-9a35-0f2d6a1c8e47'

/**
 * Adds the rows of `db/reference/policy.json` that are not there yet; runs as system('setup') at every start. Rows that
 * are there stay as they are, whatever the file says: a change of the plan is a new row with a later `setAt`.
 * @returns how many rows were added.
 */
export async function loadPolicy(tx: Tx): Promise<number> {
  const changes = z.array(policyChange).parse(reference)
  const added = await tx
    .insert(policy)
    .values(changes.map((change) => ({ ...change, id: referenceId(change), setBy: null })))
    .onConflictDoNothing()
    .returning({ id: policy.id })
  return added.length
}

const referenceId = ({ year, subject, setAt }: PolicyChange) =>
  v5(`${year} ${subject} ${setAt.toISOString()}`, REFERENCE)

/**
 * What a year is counted and judged by; readable by everybody.
 * @throws an Error where no policy was ever loaded.
 */
export async function policyFor(tx: Tx, year: number): Promise<YearPolicy> {
  return policyInForce(await listPolicyRows(tx), year)
}

/** Who and what counts in a year. @throws as {@link policyFor}. */
export async function countingPolicy(tx: Tx, year: number): Promise<CountingPolicy> {
  return (await policyFor(tx, year)).counting
}

/** The same of several years. */
export async function countingPolicies(tx: Tx, years: readonly number[]): Promise<Map<number, CountingPolicy>> {
  const rows = await listPolicyRows(tx)
  return new Map(years.map((year) => [year, policyInForce(rows, year).counting]))
}

/** How online hours are earned in a year. @throws as {@link policyFor}. */
export async function learningPolicy(tx: Tx, year: number): Promise<LearningPolicy> {
  return (await policyFor(tx, year)).learning
}

/** How seats are given in classes of a year. @throws as {@link policyFor}. */
export async function seatPolicy(tx: Tx, year: number): Promise<SeatPolicy> {
  return (await policyFor(tx, year)).seats
}

/** How attendance is taken in classes of a year. @throws as {@link policyFor}. */
export async function attendancePolicy(tx: Tx, year: number): Promise<AttendancePolicy> {
  return (await policyFor(tx, year)).attendance
}

/** Who approves classes of a year before they are published. @throws as {@link policyFor}. */
export async function openingPolicy(tx: Tx, year: number): Promise<OpeningPolicy> {
  return (await policyFor(tx, year)).opening
}

/** Years that have policy rows of their own, in order. */
export async function listPolicyYears(tx: Tx): Promise<number[]> {
  return policyYears(await listPolicyRows(tx))
}

/** Rows as read before, by their ids. Never out of date: a row is never edited (the app may not even do it). */
const known = new Map<string, PolicyRow>()

const listIds = statement((db) => db.select({ id: policy.id }).from(policy))

/** What each transaction was told: a page asks for several years, the database is asked once. */
const told = new WeakMap<Tx, Promise<PolicyRow[]>>()

/** Every row ever set: a handful a year. The same within a transaction, as its first asking found it. */
export function listPolicyRows(tx: Tx): Promise<PolicyRow[]> {
  const before = told.get(tx)
  if (before) return before
  const asked = readPolicyRows(tx)
  told.set(tx, asked)
  return asked
}

async function readPolicyRows(tx: Tx): Promise<PolicyRow[]> {
  const ids = (await listIds(tx, {})).map(({ id }) => id)
  const unknown = ids.filter((id) => !known.has(id))
  if (unknown.length > 0) {
    const rows = await tx.select().from(policy).where(inArray(policy.id, unknown))
    for (const row of rows) known.set(row.id, toPolicyRow(row))
  }
  return ids.map((id) => known.get(id)!)
}

/** The columns that a subject does not use are null in the table and absent here. */
function toPolicyRow(row: typeof policy.$inferSelect): PolicyRow {
  const used = Object.entries(row).filter(([key, value]) => value !== null && key !== 'setBy' && key !== 'id')
  const change = policyChange.parse({ ...Object.fromEntries(used), setAt: row.setAt.toISOString() })
  return { ...change, id: row.id }
}
