import { and, asc, eq, isNull, sql } from 'drizzle-orm'
import type { Tx } from '#db/client.server.ts'
import { account, instructor, instructorQualification, instructorTitle, occupation } from '#db/schema/index.ts'
import type { HonourScope, InstructorTitle, Level } from '#db/values.ts'
import { isCraftsman } from './instructor-share.ts'

export type ShownTitle = { id: string; title: InstructorTitle; scope: HonourScope | null; evidence: string }
export type ShownQualification = {
  id: string
  occupationCode: string
  occupation: string
  level: Level
  validFrom: string
  validTo: string | null
  evidence: string | null
}

export type ShownInstructor = {
  id: string
  name: string
  employer: string | null
  accountId: string | null
  endedOn: string | null
  isCraftsman: boolean
  titles: ShownTitle[]
  qualifications: ShownQualification[]
}

/** The instructors of an academy by name, with what they bear and may teach; those who ended stand last. */
export async function listInstructors(
  tx: Tx,
  { academyId, instructorId }: { academyId: string; instructorId?: string },
): Promise<ShownInstructor[]> {
  const isThis = <T extends typeof instructorTitle | typeof instructorQualification>(table: T) =>
    and(eq(table.academyId, academyId), instructorId ? eq(table.instructorId, instructorId) : undefined)
  const rows = await tx
    .select()
    .from(instructor)
    .where(and(eq(instructor.academyId, academyId), instructorId ? eq(instructor.id, instructorId) : undefined))
    .orderBy(sql`${instructor.endedOn} desc nulls first`, asc(instructor.name), asc(instructor.id))
  const titles = await tx.select().from(instructorTitle).where(isThis(instructorTitle)).orderBy(asc(instructorTitle.id))
  const qualifications = await tx
    .select({ row: instructorQualification, occupation: occupation.name })
    .from(instructorQualification)
    .innerJoin(
      occupation,
      and(
        eq(occupation.code, instructorQualification.occupationCode),
        eq(occupation.edition, instructorQualification.occupationEdition),
      ),
    )
    .where(isThis(instructorQualification))
    .orderBy(asc(instructorQualification.occupationCode), asc(instructorQualification.validFrom))
  return rows.map(({ id, name, employer, accountId, endedOn }) => {
    const borne = titles.filter((one) => one.instructorId === id).map(shownTitle)
    return {
      ...{ id, name, employer, accountId, endedOn, titles: borne },
      isCraftsman: isCraftsman(borne),
      qualifications: qualifications.filter(({ row }) => row.instructorId === id).map(shownQualification),
    }
  })
}

/** The sign-ins of an academy's instructors that may be tied to one of them: not closed. */
export async function listTeachingAccounts(tx: Tx, academyId: string): Promise<{ id: string; name: string }[]> {
  return tx
    .select({ id: account.id, name: account.displayName })
    .from(account)
    .where(and(eq(account.academyId, academyId), eq(account.role, 'instructor'), isNull(account.disabledAt)))
    .orderBy(asc(account.displayName), asc(account.id))
}

const shownTitle = ({ id, title, scope, evidence }: typeof instructorTitle.$inferSelect): ShownTitle => ({
  id,
  title: title as InstructorTitle,
  scope: scope as HonourScope | null,
  evidence,
})

const shownQualification = ({
  row,
  occupation,
}: {
  row: typeof instructorQualification.$inferSelect
  occupation: string
}): ShownQualification => {
  const { id, occupationCode, level, validFrom, validTo, evidence } = row
  return { id, occupationCode, occupation, level: level as Level, validFrom, validTo, evidence }
}
