import { and, asc, type Column, eq, isNull, or, sql } from 'drizzle-orm'
import type { Viewer } from '#app/features/accounts/actor.ts'
import { maskCertificateNumber } from '#app/features/persons/masking.ts'
import { open } from '#app/features/persons/vault.server.ts'
import { listRequirements } from '#app/features/training/requirements.server.ts'
import type { Requirement } from '#app/features/training/requirements.ts'
import { statement, type Tx } from '#db/client.server.ts'
import { academy, enrolment, material, materialFile, trainingClass } from '#db/schema/index.ts'
import type { ClassStatus, Level, MaterialKind, RequirementKind, Seat } from '#db/values.ts'
import type { Standing } from './rules.ts'

export type HandedFile = { id: string; kind: MaterialKind; bytes: number }

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
  endsOn: string
  status: ClassStatus
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
        or(
          eq(enrolment.accountId, sql.placeholder('accountId')),
          eq(enrolment.personId, sql.placeholder('personId')), // none is null, which equals nothing
        ),
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
  const items = requirements.length > 0 ? await listItems(tx, { academyId, enrolmentIds: [enrolmentId] }) : new Map()
  const handed: ReadonlyMap<string, Handed> = items.get(enrolmentId) ?? new Map()
  return {
    ...row,
    academyCode,
    classId,
    seat: row.seat as Seat,
    status: row.status as ClassStatus,
    items: requirements.map((one) => toItem(one, handed.get(one.id))),
  }
}

type Handed = { row: typeof material.$inferSelect; files: HandedFile[] }

const among = (column: Column) => sql`${column} = any(${sql.placeholder('enrolmentIds')}::uuid[])`
const handedIn = statement((db) =>
  db
    .select()
    .from(material)
    .where(and(eq(material.academyId, sql.placeholder('academyId')), among(material.enrolmentId))),
)
const handedFiles = statement((db) =>
  db
    .select()
    .from(materialFile)
    .where(
      and(
        eq(materialFile.academyId, sql.placeholder('academyId')),
        among(materialFile.enrolmentId),
        isNull(materialFile.dropAt),
      ),
    )
    .orderBy(asc(materialFile.id)),
)

/** What workers handed in, by enrolment and requirement. */
export async function listItems(
  tx: Tx,
  { academyId, enrolmentIds }: { academyId: string; enrolmentIds: readonly string[] },
): Promise<Map<string, Map<string, Handed>>> {
  const found = new Map<string, Map<string, Handed>>()
  if (enrolmentIds.length === 0) return found
  const of = { academyId, enrolmentIds: [...enrolmentIds] }
  const [rows, files] = await Promise.all([handedIn(tx, of), handedFiles(tx, of)])
  for (const row of rows) {
    const of = found.get(row.enrolmentId) ?? new Map<string, Handed>()
    const own = files.filter((one) => one.enrolmentId === row.enrolmentId && one.requirementId === row.requirementId)
    of.set(row.requirementId, {
      row,
      files: own.map(({ id, kind, bytes }) => ({ id, kind: kind as MaterialKind, bytes })),
    })
    found.set(row.enrolmentId, of)
  }
  return found
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
