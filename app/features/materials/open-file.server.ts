import { and, eq, isNull, type SQL } from 'drizzle-orm'
import type { Viewer } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { record } from '#app/features/audit/audit.server.ts'
import { actsAsHead } from '#app/features/training/class-head.server.ts'
import { isOwnEnrolment } from '#app/features/training/own-enrolment.server.ts'
import { requirementName, requirementWords } from '#app/features/training/requirement-words.ts'
import { MEDIA_TYPES } from '#app/lib/file-kind.server.ts'
import { type Outgoing, outgoingOf } from '#app/lib/outgoing.server.ts'
import type { Tx } from '#db/client.server.ts'
import { academy, classRequirement, enrolment, materialFile } from '#db/schema/index.ts'
import type { MaterialKind } from '#db/values.ts'
import { readPlaced } from './files.server.ts'

type Of = { viewer: Viewer; academyCode: string; classId: string; fileId: string }
export type OpenedFile = { file: Outgoing; name: string; mediaType: string }

/** A file that the viewer handed in. Null: none of the viewer's. */
export async function openOwnFile(of: Of): Promise<OpenedFile | null> {
  const row = await as(of.viewer, (tx) => findFile(tx, of, isOwnEnrolment(of.viewer)))
  return row && read(row)
}

/** A file that a worker handed in, after the guard `materials.check`: each time it is opened is recorded. Null: none of the academy's. */
export async function openWorkersFile({
  now,
  requestId,
  ...of
}: Of & { now: Date; requestId?: string }): Promise<OpenedFile | null> {
  const { viewer, classId } = of
  const { academyId } = viewer
  if (!academyId) return null
  const isTheirs = eq(materialFile.academyId, academyId)
  const row = await as(viewer, async (tx) => {
    const found = (await actsAsHead(tx, viewer, classId)) ? await findFile(tx, of, isTheirs) : null
    if (!found) return null
    const { enrolmentId, requirement } = found
    const detail = { classId, of: requirement.kind }
    const event = { kind: 'material.opened' as const, detail, academyId, subjectId: enrolmentId }
    await record(tx, { by: viewer, now, requestId, ...event })
    return found
  })
  return row && read(row)
}

async function findFile(tx: Tx, { academyCode, classId, fileId }: Of, scope: SQL | undefined) {
  const [row] = await tx
    .select({
      id: materialFile.id,
      academyId: materialFile.academyId,
      enrolmentId: materialFile.enrolmentId,
      kind: materialFile.kind,
      worker: enrolment.name,
      requirement: { kind: classRequirement.kind, name: classRequirement.name },
    })
    .from(materialFile)
    .innerJoin(academy, eq(academy.id, materialFile.academyId))
    .innerJoin(
      enrolment,
      and(eq(enrolment.academyId, materialFile.academyId), eq(enrolment.id, materialFile.enrolmentId)),
    )
    .innerJoin(
      classRequirement,
      and(eq(classRequirement.academyId, materialFile.academyId), eq(classRequirement.id, materialFile.requirementId)),
    )
    .where(
      and(
        eq(academy.code, academyCode),
        eq(materialFile.classId, classId),
        eq(materialFile.id, fileId),
        isNull(materialFile.dropAt),
        scope,
      ),
    )
  return row ?? null
}

/** Named by whose it is and what, as an office files it. */
async function read({ id, kind, worker, requirement }: NonNullable<Awaited<ReturnType<typeof findFile>>>) {
  const content = await readPlaced(id)
  if (!content) return null
  const name = `${worker} ${requirementName(requirementWords['zh-CN'], requirement)}`.replace(
    /[\p{Cc}\\/:*?"<>|]+/gu,
    ' ',
  )
  return { file: outgoingOf(content), name: `${name}.${kind}`, mediaType: MEDIA_TYPES[kind as MaterialKind] }
}
