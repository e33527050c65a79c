import { type SQL, type SQLWrapper, sql } from 'drizzle-orm'
import { pgPolicy } from 'drizzle-orm/pg-core'
import type { Purpose, Role } from '../values.ts'

/**
 * Row-level security: the second wall behind the routes' guards. `as(actor, …)` puts who is acting into transaction-local
 * settings; the policies below read them. Each setting is wrapped in a sub-select, so that PostgreSQL reads it once a
 * query instead of once a row. An unset setting is NULL and admits nothing.
 *
 * What an actor stands over in other tables (their classes, the academies they sponsor) a policy asks a function of the
 * database for (`own_classes()` and the like, migration `actor_scopes`): a sub-select on the table itself carries that
 * table's policies into every plan, and they theirs, hundreds of sub-plans that nobody needs and every query pays for. A
 * function is called when its role is there, once a query. It runs as the actor, under the same policies. Where a row is
 * seen by whoever sees the one that it belongs to (a session its class), `exists` asks for that one: one step, no more.
 */
/** The signed-in account. */
export const account = sql`(select nullif(current_setting('app.account', true), '')::uuid)`
const person = sql`(select nullif(current_setting('app.person', true), '')::uuid)`
const academy = sql`(select nullif(current_setting('app.academy', true), '')::uuid)`
const role = sql`nullif(current_setting('app.role', true), '')`
const purpose = sql`nullif(current_setting('app.purpose', true), '')`

const list = (values: readonly string[]) =>
  sql.join(
    values.map((value) => sql`${value}`),
    sql`, `,
  )

const roleIn = (...roles: Role[]) => sql`(select ${role} in (${list(roles)}))`

/** Scopes that do not look at the row: they stand first in a policy, so that who is admitted by one pays for no other. */
const rowless = new WeakSet<SQL>()

/** The system acting for one of these named purposes. */
export function purposeIn(...purposes: Purpose[]): SQL {
  const scope = sql`(select ${purpose} in (${list(purposes)}))`
  rowless.add(scope)
  return scope
}

/** Everybody, signed in or not. */
export const everybody = sql`true`

/** The signed-in account itself. */
export const ownAccount = (column: SQLWrapper): SQL => sql`${column} = ${account}`

/** The natural person behind the signed-in account, once an academy has confirmed it. */
export const ownPerson = (column: SQLWrapper): SQL => sql`${column} = ${person}`

/** A worker's own place in a class: made by the account, or of its person. */
export const ownEnrolment = (enrolmentId: SQLWrapper): SQL =>
  sql`(${roleIn('worker')} and ${enrolmentId} in (select own_enrolments()))`

/** An administrator, in the academy of the row. */
export const ownAcademy = (academyId: SQLWrapper): SQL =>
  sql`(${roleIn('academy_admin')} and ${academyId} = ${academy})`

/** An instructor or class head, in a class that is theirs. */
export const ownClass = (classId: SQLWrapper): SQL =>
  sql`(${roleIn('instructor')} and ${classId} in (select own_classes()))`

/** The class head, in a class that is theirs. */
export const headedClass = (classId: SQLWrapper): SQL =>
  sql`(${roleIn('instructor')} and ${classId} in (select headed_classes()))`

/** Whoever has a place in the class, in whatever state: the account, or the person behind it. */
export const ownSeat = (classId: SQLWrapper): SQL => sql`${classId} in (select own_seats())`

/**
 * What an account did in a course, for those who run an online class of that course in which it sits: the academy's
 * administrator, the class's own instructor.
 */
export const ownLearners = (accountId: SQLWrapper, courseSlug: SQLWrapper): SQL =>
  sql`(${roleIn('academy_admin', 'instructor')} and (${accountId}, ${courseSlug}) in (select l.account_id, l.course_slug from own_learners() l))`

/** A sponsor's reviewer, for the academies that its union recommends. */
export const sponsored = (academyId: SQLWrapper): SQL =>
  sql`(${roleIn('sponsor_reviewer')} and ${academyId} in (select sponsored_academies()))`

/** The province's reviewer, for the academies that the province itself recommends, or whose union has no reviewer. */
export const standingIn = (academyId: SQLWrapper): SQL =>
  sql`(${roleIn('provincial_reviewer')} and ${academyId} in (select stood_in_academies()))`

/** An enterprise's union, for what is its enterprise's. The account says which that is. */
export const ownEnterprise = (enterpriseId: SQLWrapper): SQL =>
  sql`(${roleIn('enterprise_union')} and ${enterpriseId} = (select own_enterprise()))`

/** The provincial union's officials. */
export const province = roleIn('provincial_handler', 'provincial_reviewer')
rowless.add(province)

/** The provincial union's handler: who mends by hand what a ledger may not change. */
export const handler = roleIn('provincial_handler')
rowless.add(handler)

/** Those who oversee an academy's records: its administrator, its sponsor, the province. */
export const overseers = (academyId: SQLWrapper): SQL[] => [ownAcademy(academyId), sponsored(academyId), province]

/** Those who keep the records of a class: its academy's administrator, its own instructors, its sponsor, the province standing in. */
export const keepers = (academyId: SQLWrapper, classId: SQLWrapper): SQL[] => [
  ownAcademy(academyId),
  ownClass(classId),
  sponsored(academyId),
  standingIn(academyId),
]

const any = (scopes: SQL[]) =>
  sql
    .join(
      [...scopes.filter((scope) => rowless.has(scope)), ...scopes.filter((scope) => !rowless.has(scope))],
      sql` or `,
    )
    .inlineParams()

/**
 * The policies of one table: who may read, add, change and remove rows. A command left out is open to nobody. `updateTo`: who
 * may leave a row as it is after a change, where that is another question than who may lock it.
 */
export function policies(
  table: string,
  scopes: { read?: SQL[]; insert?: SQL[]; update?: SQL[]; updateTo?: SQL[]; remove?: SQL[] },
): ReturnType<typeof pgPolicy>[] {
  const made = []
  if (scopes.read) made.push(pgPolicy(`${table}_read`, { for: 'select', using: any(scopes.read) }))
  if (scopes.insert) made.push(pgPolicy(`${table}_insert`, { for: 'insert', withCheck: any(scopes.insert) }))
  if (scopes.update)
    made.push(
      pgPolicy(`${table}_update`, {
        for: 'update',
        using: any(scopes.update),
        withCheck: any(scopes.updateTo ?? scopes.update),
      }),
    )
  if (scopes.remove) made.push(pgPolicy(`${table}_remove`, { for: 'delete', using: any(scopes.remove) }))
  return made
}
