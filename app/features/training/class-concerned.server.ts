import { and, eq, inArray } from 'drizzle-orm'
import type { Tx } from '#db/client.server.ts'
import { classStaff, enrolment } from '#db/schema/index.ts'
import type { Seat } from '#db/values.ts'

type OfClass = { academyId: string; classId: string }

const HELD = ['requested', 'enrolled', 'waitlisted', 'offered'] as const satisfies Seat[]
const IN_LINE = ['requested', 'waitlisted', 'offered'] as const satisfies Seat[]

/** Places in a class that are held, asked or waited for; of `line` those without a seat yet. */
export async function listPlaces(tx: Tx, { academyId, classId }: OfClass, whose: 'all' | 'line'): Promise<string[]> {
  const seats = whose === 'all' ? HELD : IN_LINE
  const rows = await tx
    .select({ id: enrolment.id })
    .from(enrolment)
    .where(and(eq(enrolment.academyId, academyId), eq(enrolment.classId, classId), inArray(enrolment.seat, [...seats])))
  return rows.map(({ id }) => id)
}

/** The accounts of those who teach a class or head it. */
export async function listStaff(tx: Tx, { academyId, classId }: OfClass): Promise<string[]> {
  const rows = await tx
    .select({ id: classStaff.accountId })
    .from(classStaff)
    .where(and(eq(classStaff.academyId, academyId), eq(classStaff.classId, classId)))
  return [...new Set(rows.map(({ id }) => id))]
}
