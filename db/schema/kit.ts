import { type SQL, type SQLWrapper, sql } from 'drizzle-orm'
import { customType, date, numeric, timestamp, uuid } from 'drizzle-orm/pg-core'

/** Column types and constraints that every schema file shares. */

/** Raw bytes: digests, sealed values. */
export const bytea = customType<{ data: Buffer; driverData: Buffer }>({ dataType: () => 'bytea' })

/** Words as PostgreSQL searches them. Written by the database alone. */
export const tsvector = customType<{ data: string }>({ dataType: () => 'tsvector' })

/** An instant. Stored in UTC, shown in Asia/Shanghai. */
export const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' })

/** A calendar date of Asia/Shanghai, as `YYYY-MM-DD`. */
export const day = (name: string) => date(name, { mode: 'string' })

/** Class hours of 45 minutes, in steps of 0.5. */
export const hours = (name: string) => numeric(name, { precision: 6, scale: 1, mode: 'number' })

/** A score out of 100, to a tenth. */
export const score = (name: string) => numeric(name, { precision: 4, scale: 1, mode: 'number' })

/** Stretches of real time, half-open; milliseconds since 1970. */
export const stretchesOfTime = customType<{ data: Span[]; driverData: string }>({
  dataType: () => 'tstzmultirange',
  toDriver: (spans) =>
    `{${spans.map(([from, until]) => `[${new Date(from).toISOString()},${new Date(until).toISOString()})`).join(',')}}`,
  fromDriver: (text) => readRanges(text).map(([from, until]) => [Date.parse(from), Date.parse(until)]),
})

/** One stretch of real time, half-open. Written and compared by the database alone. */
export const period = customType<{ data: string }>({ dataType: () => 'tstzrange' })

/** Stretches of whole numbers, half-open. */
export const stretches = customType<{ data: Span[]; driverData: string }>({
  dataType: () => 'int4multirange',
  toDriver: (spans) => `{${spans.map(([from, until]) => `[${from},${until})`).join(',')}}`,
  fromDriver: (text) => readRanges(text).map(([from, until]) => [Number(from), Number(until)]),
})

type Span = readonly [from: number, until: number]

/** PostgreSQL writes `{[a,b),["c","d")}`. */
const readRanges = (text: string): [string, string][] =>
  [...text.matchAll(/\["?([^",]+)"?,"?([^",)]+)"?\)/g)].map(([, from = '', until = '']) => [from, until])

/** A UUIDv7 made by the app (app/lib/ids.ts). */
export const id = (name = 'id') => uuid(name)

/** CHECK: the column holds one of a vocabulary of db/values.ts (NULL passes where the column allows it). */
export function oneOf(column: SQLWrapper, values: readonly string[]): SQL {
  return sql`${column} in (${sql.join(
    values.map((value) => sql`${value}`),
    sql`, `,
  )})`.inlineParams()
}

/** A CHECK that a list holds nothing but these. */
export function someOf(column: SQLWrapper, values: readonly string[]): SQL {
  return sql`${column} <@ array[${sql.join(
    values.map((value) => sql`${value}`),
    sql`, `,
  )}]`.inlineParams()
}
