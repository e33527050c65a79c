import { and, asc, eq, isNull, sql } from 'drizzle-orm'
import { statement, type Tx } from '#db/client.server.ts'
import { material, materialFile } from '#db/schema/index.ts'
import type { MaterialKind } from '#db/values.ts'

export type HandedFile = { id: string; kind: MaterialKind; bytes: number }

/** What was handed in for one requirement, with its files as they were sent. */
export type Handed = { row: typeof material.$inferSelect; files: HandedFile[] }

const handedIn = statement((db) =>
  db
    .select({ row: material, file: { id: materialFile.id, kind: materialFile.kind, bytes: materialFile.bytes } })
    .from(material)
    .leftJoin(
      materialFile,
      and(
        eq(materialFile.academyId, material.academyId),
        eq(materialFile.enrolmentId, material.enrolmentId),
        eq(materialFile.requirementId, material.requirementId),
        isNull(materialFile.dropAt),
      ),
    )
    .where(
      and(
        eq(material.academyId, sql.placeholder('academyId')),
        sql`${material.enrolmentId} = any(${sql.placeholder('enrolmentIds')}::uuid[])`,
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
  for (const { row, file } of await handedIn(tx, { academyId, enrolmentIds: [...enrolmentIds] })) {
    const of = found.get(row.enrolmentId) ?? new Map<string, Handed>()
    found.set(row.enrolmentId, of)
    const handed = of.get(row.requirementId) ?? { row, files: [] }
    of.set(row.requirementId, handed)
    if (file) handed.files.push({ ...file, kind: file.kind as MaterialKind })
  }
  return found
}
