import { sql } from 'drizzle-orm'
import { check, foreignKey, integer, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { ACADEMY_KINDS, BRAND_STATUSES, UNION_KINDS } from '../values.ts'
import { day, id, instant, oneOf } from './kit.ts'
import { occupation } from './occupations.ts'
import { everybody, overseers, ownAcademy, policies, purposeIn } from './rls.ts'

const setup = { read: [everybody], insert: [purposeIn('setup')], update: [purposeIn('setup')] }

/** A prefecture-level city, in the official order. */
export const city = pgTable(
  'city',
  {
    /** Administrative division code, like `440300`. */
    code: text('code').primaryKey(),
    name: text('name').notNull(),
    nameEn: text('name_en').notNull(),
    /** The official order of the cities, from 1. */
    position: integer('position').notNull(),
  },
  () => policies('city', setup),
)

/** A trade union that recommends (sponsors) academies: the province's, a city's or an industry's. */
export const tradeUnion = pgTable(
  'trade_union',
  {
    id: id().primaryKey(),
    name: text('name').notNull().unique(),
    kind: text('kind').notNull(),
    /** The city of a city union; null for the others. */
    cityCode: text('city_code').references(() => city.code),
  },
  (t) => [check('trade_union_kind', oneOf(t.kind, UNION_KINDS)), ...policies('trade_union', setup)],
)

/** A craftsman academy (工匠学院). */
export const academy = pgTable(
  'academy',
  {
    id: id().primaryKey(),
    /** 学院代码: what URLs and ledgers carry. */
    code: text('code').notNull().unique(),
    name: text('name').notNull(),
    kind: text('kind').notNull(),
    cityCode: text('city_code').references(() => city.code),
    sponsorId: uuid('sponsor_id')
      .notNull()
      .references(() => tradeUnion.id),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [check('academy_kind', oneOf(t.kind, ACADEMY_KINDS)), ...policies('academy', setup)],
)

/** The years for which an academy is a provincial one (省级工匠学院): its compliance is judged in these. */
export const designation = pgTable(
  'designation',
  {
    academyId: uuid('academy_id')
      .notNull()
      .references(() => academy.id),
    fromYear: integer('from_year').notNull(),
    /** Inclusive; null while no end is set. */
    untilYear: integer('until_year'),
  },
  (t) => [
    primaryKey({ columns: [t.academyId, t.fromYear] }),
    check('designation_order', sql`${t.untilYear} >= ${t.fromYear}`),
    ...policies('designation', { ...setup, remove: [purposeIn('setup')] }),
  ],
)

/** A place where an academy teaches: its own, a branch or a teaching point. */
export const site = pgTable(
  'site',
  {
    academyId: uuid('academy_id')
      .notNull()
      .references(() => academy.id),
    id: id().notNull(),
    name: text('name').notNull(),
    address: text('address').notNull(),
    /** How many workers it seats; null: not said, no limit. */
    seats: integer('seats'),
    /** 工位: how many may work there at once in a practical session; null: not said, no limit. */
    workstations: integer('workstations'),
    /** The academy's own figure: how many workers one instructor may have there in a practical session; null: no limit. */
    workersPerInstructor: integer('workers_per_instructor'),
    /** Since when nothing is planned there any more; null: it is in use. */
    retiredAt: instant('retired_at'),
  },
  (t) => [
    check('site_room', sql`${t.seats} > 0 and ${t.workstations} > 0 and ${t.workersPerInstructor} > 0`),
    primaryKey({ columns: [t.academyId, t.id] }),
    uniqueIndex('site_name').on(t.academyId, t.name),
    ...policies('site', {
      read: [everybody],
      insert: [ownAcademy(t.academyId), purposeIn('setup')],
      update: [ownAcademy(t.academyId), purposeIn('setup')],
    }),
  ],
)

/** A featured-trade brand (特色工种品牌) of one academy. Counts while approved and valid. */
export const brand = pgTable(
  'brand',
  {
    academyId: uuid('academy_id')
      .notNull()
      .references(() => academy.id),
    id: id().notNull(),
    name: text('name').notNull(),
    /** Both ends inclusive; null: open. */
    validFrom: day('valid_from'),
    validUntil: day('valid_until'),
    status: text('status').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.academyId, t.id] }),
    uniqueIndex('brand_name').on(t.academyId, t.name),
    check('brand_status', oneOf(t.status, BRAND_STATUSES)),
    check('brand_order', sql`${t.validUntil} >= ${t.validFrom}`),
    ...policies('brand', {
      read: [sql`${t.status} = 'approved'`, ...overseers(t.academyId), purposeIn('setup', 'figures')],
      insert: [purposeIn('setup')],
      update: [purposeIn('setup')],
    }),
  ],
)

/** The occupations that a brand is in; at least one. */
export const brandOccupation = pgTable(
  'brand_occupation',
  {
    academyId: uuid('academy_id').notNull(),
    brandId: uuid('brand_id').notNull(),
    occupationCode: text('occupation_code').notNull(),
    occupationEdition: integer('occupation_edition').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.academyId, t.brandId, t.occupationCode, t.occupationEdition] }),
    foreignKey({ columns: [t.academyId, t.brandId], foreignColumns: [brand.academyId, brand.id] }),
    foreignKey({
      columns: [t.occupationCode, t.occupationEdition],
      foreignColumns: [occupation.code, occupation.edition],
    }),
    ...policies('brand_occupation', {
      read: [
        sql`exists (select 1 from brand b where b.academy_id = ${t.academyId} and b.id = ${t.brandId})`,
        purposeIn('setup'),
      ],
      insert: [purposeIn('setup')],
      remove: [purposeIn('setup')],
    }),
  ],
)
