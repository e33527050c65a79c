import { and, eq } from 'drizzle-orm'
import type { Tx } from '#db/client.server.ts'
import { trainingClass } from '#db/schema/index.ts'
import type { ClassOrigin, Mode } from '#db/values.ts'
import { hoursComeFromCourse } from './hours.server.ts'
import type { ClassFacts } from './mend.ts'

type Of = { academyId: string; classId: string }

export const isThis = ({ academyId, classId }: Of) =>
  and(eq(trainingClass.academyId, academyId), eq(trainingClass.id, classId))

/** A class as mending looks at it. */
export type Held = Of & {
  code: string
  facts: ClassFacts
  occupationEdition: number | null
  origin: ClassOrigin
  status: string
  hasCourse: boolean
  deliveredHours: number | null
}

/** Locked like a seat: hours, seats and imports of the class wait. */
export const holdClass = (tx: Tx, of: Of) => readHeld(tx, of, true)

/** {@link holdClass} for looking only: nobody waits. */
export const findHeld = (tx: Tx, of: Of) => readHeld(tx, of, false)

async function readHeld(tx: Tx, of: Of, isLocked: boolean): Promise<Held | null> {
  const query = tx.select().from(trainingClass).where(isThis(of))
  const [row] = isLocked ? await query.for('no key update') : await query
  if (!row) return null
  const { name, occupationCode, startsOn, endsOn, plannedHours, plannedPracticalHours } = row
  const mode = row.mode as Mode
  return {
    academyId: of.academyId,
    classId: of.classId,
    code: row.code,
    facts: { name, mode, occupationCode, startsOn, endsOn, plannedHours, plannedPracticalHours },
    occupationEdition: row.occupationEdition,
    origin: row.origin as ClassOrigin,
    status: row.status,
    hasCourse: hoursComeFromCourse({ ...row, mode }),
    deliveredHours: row.deliveredHours,
  }
}
