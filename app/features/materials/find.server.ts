import { and, eq, sql } from 'drizzle-orm'
import type { Viewer } from '#app/features/accounts/actor.ts'
import { maskCertificateNumber } from '#app/features/persons/masking.ts'
import { open } from '#app/features/persons/vault.server.ts'
import { isOwnEnrolmentNamed } from '#app/features/training/own-enrolment.server.ts'
import { type AskedRequirement, listRequirements } from '#app/features/training/requirements.server.ts'
import type { Requirement } from '#app/features/training/requirements.ts'
import { statement, type Tx } from '#db/client.server.ts'
import { academy, enrolment, trainingClass } from '#db/schema/index.ts'
import type { ClassStatus, Level, RequirementKind, Seat } from '#db/values.ts'
import { type Handed, type HandedFile, listItems } from './handed.server.ts'
import type { Standing } from './rules.ts'

/** One thing that a class needs of one worker, and what was handed in of it. */
export type Item = Requirement & {
  requirementId: string
  /** Of what was handed in; null: nothing was. */
  materialId: string | null
  standing: Standing
  level: Level | null
  /** Masked. */
  number: string | null
  refusedBecause: string | null
  handedAt: Date | null
  files: HandedFile[]
}

export type OwnMaterials = {
  academyId: string
  academyCode: string
  classId: string
  className: string
  startsOn: string
  endsOn: string
  status: ClassStatus
  seatedAt: Date | null
  enrolmentId: string
  seat: Seat
  items: Item[]
}

const ownPlace = statement((db) =>
  db
    .select({
      academyId: enrolment.academyId,
      enrolmentId: enrolment.id,
      seat: enrolment.seat,
      className: trainingClass.name,
      seatedAt: enrolment.seatedAt,
      startsOn: trainingClass.startsOn,
      endsOn: trainingClass.endsOn,
      status: trainingClass.status,
    })
    .from(enrolment)
    .innerJoin(academy, eq(academy.id, enrolment.academyId))
    .innerJoin(
      trainingClass,
      and(eq(trainingClass.academyId, enrolment.academyId), eq(trainingClass.id, enrolment.classId)),
    )
    .where(
      and(
        eq(academy.code, sql.placeholder('academyCode')),
        eq(enrolment.classId, sql.placeholder('classId')),
        eq(trainingClass.origin, 'system'),
        isOwnEnrolmentNamed,
      ),
    )
    .limit(1),
)

/** What a class needs of the viewer, who has or had a place in it. Null: has none. */
export async function findOwnMaterials(
  tx: Tx,
  { viewer, academyCode, classId }: { viewer: Viewer; academyCode: string; classId: string },
): Promise<OwnMaterials | null> {
  const { accountId, personId } = viewer
  const [row] = await ownPlace(tx, { academyCode, classId, accountId, personId })
  if (!row) return null
  const { academyId, enrolmentId } = row
  const requirements = await listRequirements(tx, { academyId, classId })
  return {
    ...row,
    academyCode,
    classId,
    seat: row.seat as Seat,
    status: row.status as ClassStatus,
    items: await listOwnItems(tx, { academyId, enrolmentId, requirements }),
  }
}

/** What was handed in for one place, of what the class asks for. */
export async function listOwnItems(
  tx: Tx,
  of: { academyId: string; enrolmentId: string; requirements: readonly AskedRequirement[] },
): Promise<Item[]> {
  const { academyId, enrolmentId, requirements } = of
  if (requirements.length === 0) return []
  const handed = (await listItems(tx, { academyId, enrolmentIds: [enrolmentId] })).get(enrolmentId)
  return requirements.map((one) => toItem(one, handed?.get(one.id)))
}

/** A requirement with what was handed in of it, as those who see it read it. */
export function toItem(
  { id, kind, name }: { id: string; kind: RequirementKind; name: string | null },
  handed: Handed | undefined,
): Item {
  const of = { requirementId: id, kind, name }
  if (!handed)
    return {
      ...of,
      ...{ materialId: null, standing: 'missing', level: null, number: null, refusedBecause: null, handedAt: null },
      files: [],
    }
  const { row, files } = handed
  return {
    ...of,
    materialId: row.id,
    standing: row.state as Standing,
    level: row.level as Level | null,
    number: row.numberSealed && maskCertificateNumber(open('material.number', row.id, row.numberSealed), 'working'),
    refusedBecause: row.refusedBecause,
    handedAt: row.handedAt,
    files,
  }
}
