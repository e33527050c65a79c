import { sql } from 'drizzle-orm'

/** An academy by its id, or by its code where an address is all that is known of it. */
export type GivenAcademy = { academyId: string } | { academyCode: string }

/** The id of a {@link GivenAcademy}, in a statement that is given {@link academyValues}. */
export const givenAcademyId = sql`coalesce(${sql.placeholder('academyId')}::uuid,
  (select id from academy where code = ${sql.placeholder('academyCode')}))`

/** What the statement is given. */
export const academyValues = (of: GivenAcademy) => ({ academyId: null, academyCode: null, ...of })
