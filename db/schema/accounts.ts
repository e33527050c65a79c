import { type SQLWrapper, sql } from 'drizzle-orm'
import { check, index, integer, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { ROLES } from '../values.ts'
import { academy, tradeUnion } from './academies.ts'
import { bytea, id, instant, oneOf } from './kit.ts'
import { person } from './persons.ts'
import { handler, ownAcademy, ownAccount, ownEnterprise, policies, purposeIn } from './rls.ts'

/** Whom to tell of a question, of leave, of a request for a seat or of days that the work calendar changed: an academy's people, never a worker. */
const staffToTell = (role: SQLWrapper) =>
  sql`(${purposeIn('questions', 'attendance', 'seats', 'timetable')} and ${role} in ('academy_admin', 'instructor'))`
/** Whom to tell of an objection to attendance, where no one of the academy may answer it; of a class that waits for their approval. */
const sponsorsToTell = (role: SQLWrapper) =>
  sql`(${purposeIn('attendance', 'timetable')} and ${role} in ('sponsor_reviewer', 'provincial_reviewer'))`
/** In whose place the province's reviewer stands: where a union has none of its own (`stood_in_academies()`). */
const sponsorsToProvince = (role: SQLWrapper) =>
  sql`((select nullif(current_setting('app.role', true), '') = 'provincial_reviewer') and ${role} = 'sponsor_reviewer')`
/** Whom to tell of a place in a class: its worker, or the union that took it. */
const concernedToTell = (role: SQLWrapper) =>
  sql`(${purposeIn('seats', 'timetable', 'attendance', 'materials', 'results')} and ${role} in ('worker', 'enterprise_union'))`
const workersToHandler = (role: SQLWrapper) => sql`(${handler} and ${role} = 'worker')`

/** An enterprise whose union enrols its workers (企业工会). Made with the union's first account. */
export const enterprise = pgTable(
  'enterprise',
  {
    id: id().primaryKey(),
    /** The full name, as classes and academies write an employer. */
    name: text('name').notNull().unique(),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [
    ...policies('enterprise', {
      read: [ownEnterprise(t.id), purposeIn('setup', 'seats')],
      insert: [purposeIn('setup')],
    }),
  ],
)

/** A way to sign in. One account has one role; what the role may do is app/features/accounts/roles.ts. */
export const account = pgTable(
  'account',
  {
    id: id().primaryKey(),
    role: text('role').notNull(),
    /** Login name, lower case; null for those who sign in by phone. */
    login: text('login').unique(),
    /** HMAC of the phone number; null where none was given. */
    phoneIndex: bytea('phone_index'),
    phoneSealed: bytea('phone_sealed'),
    /** argon2id, in PHC string format. */
    passwordHash: text('password_hash').notNull(),
    displayName: text('display_name').notNull(),
    /** The academy of an administrator or instructor; null for the others. */
    academyId: uuid('academy_id').references(() => academy.id),
    /** The union of a sponsor's reviewer; null for the others. */
    unionId: uuid('union_id').references(() => tradeUnion.id),
    /** The enterprise of a union's account; null for the others. */
    enterpriseId: uuid('enterprise_id').references(() => enterprise.id),
    /** The natural person whom a worker says to be; null for staff. */
    personId: uuid('person_id').references(() => person.id),
    /** When an academy checked the document; until then the account sees nothing but what it made itself. */
    personConfirmedAt: instant('person_confirmed_at'),
    /** The account of the administrator who checked it. */
    personConfirmedBy: uuid('person_confirmed_by'),
    disabledAt: instant('disabled_at'),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [
    uniqueIndex('account_phone').on(t.phoneIndex),
    // A person has at most one confirmed account; claims that nobody confirmed may be many.
    uniqueIndex('account_confirmed_person').on(t.personId).where(sql`${t.personConfirmedAt} is not null`),
    index('account_person').on(t.personId),
    index('account_enterprise').on(t.enterpriseId).where(sql`${t.enterpriseId} is not null`),
    check('account_role', oneOf(t.role, ROLES)),
    check('account_reachable', sql`${t.login} is not null or ${t.phoneIndex} is not null`),
    check('account_academy', sql`(${t.academyId} is not null) = (${t.role} in ('academy_admin', 'instructor'))`),
    check('account_union', sql`(${t.unionId} is not null) = (${t.role} = 'sponsor_reviewer')`),
    check('account_enterprise', sql`(${t.enterpriseId} is not null) = (${t.role} = 'enterprise_union')`),
    check('account_person', sql`(${t.personId} is not null) = (${t.role} = 'worker')`),
    ...policies('account', {
      // The handler moves workers' accounts along when two persons are merged.
      read: [
        ownAccount(t.id),
        ownAcademy(t.academyId),
        workersToHandler(t.role),
        staffToTell(t.role),
        sponsorsToTell(t.role),
        sponsorsToProvince(t.role),
        concernedToTell(t.role),
        purposeIn('sign_in', 'register', 'identity', 'setup', 'health', 'delivery', 'calendar'),
      ],
      insert: [purposeIn('register', 'setup')],
      update: [workersToHandler(t.role), purposeIn('sign_in', 'identity', 'setup')],
    }),
  ],
)

/** A signed-in browser. Holds the SHA-256 of the session id, never the id. */
export const session = pgTable(
  'session',
  {
    idHash: bytea('id_hash').primaryKey(),
    accountId: uuid('account_id')
      .notNull()
      .references(() => account.id),
    expiresAt: instant('expires_at').notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [
    index('session_account').on(t.accountId),
    index('session_expiry').on(t.expiresAt),
    ...policies('session', {
      read: [purposeIn('sign_in')],
      insert: [purposeIn('sign_in')],
      update: [purposeIn('sign_in')],
      remove: [purposeIn('sign_in', 'setup')],
    }),
  ],
)

/** Failed sign-ins and registrations of one account or address: slows whoever guesses. */
export const failure = pgTable(
  'failure',
  {
    /** HMAC of what is slowed (`login:…`, `address:…`): no name or address is stored. */
    key: bytea('key').primaryKey(),
    failures: integer('failures').notNull(),
    lastAt: instant('last_at').notNull(),
  },
  (t) => [
    check('failure_count', sql`${t.failures} > 0`),
    ...policies('failure', {
      read: [purposeIn('sign_in', 'register')],
      insert: [purposeIn('sign_in', 'register')],
      update: [purposeIn('sign_in', 'register')],
      remove: [purposeIn('sign_in', 'register')],
    }),
  ],
)
