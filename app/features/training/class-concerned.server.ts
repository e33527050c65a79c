import { and, eq, inArray, isNull, or } from 'drizzle-orm'
import type { Tx } from '#db/client.server.ts'
import { account, classStaff, enrolment } from '#db/schema/index.ts'
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

/**
 * The accounts of those who answer for classes of an academy, by class: its administrators, of each class its head too. Runs for a
 * purpose that tells staff (db/schema/accounts.ts, `staffToTell`).
 */
export async function listAnswering(
  tx: Tx,
  { academyId, classIds }: { academyId: string; classIds: readonly string[] },
): Promise<Map<string, string[]>> {
  const isHead = and(
    eq(classStaff.academyId, account.academyId),
    inArray(classStaff.classId, [...classIds]),
    eq(classStaff.accountId, account.id),
    eq(classStaff.role, 'head'),
  )
  const rows = await tx
    .select({ id: account.id, headed: classStaff.classId, role: account.role })
    .from(account)
    .leftJoin(classStaff, isHead)
    .where(
      and(
        eq(account.academyId, academyId),
        isNull(account.disabledAt),
        or(eq(account.role, 'academy_admin'), eq(classStaff.role, 'head')),
      ),
    )
  const answers = (classId: string) => rows.filter(({ role, headed }) => role === 'academy_admin' || headed === classId)
  return new Map(classIds.map((classId) => [classId, [...new Set(answers(classId).map(({ id }) => id))]]))
}
