import { and, eq, sql } from 'drizzle-orm'
import { record } from '#app/features/audit/audit.server.ts'
import { createStagedRevisions, keepStagedRevisions } from '#app/features/audit/bulk.server.ts'
import { undoImportedAssessments } from '#app/features/certification/bulk.server.ts'
import { removeImportedPersons } from '#app/features/persons/bulk.server.ts'
import { undoImportedTraining } from '#app/features/training/bulk.server.ts'
import type { Tx } from '#db/client.server.ts'
import { ledgerImport, ledgerImportAcademy, ledgerUndo } from '#db/schema/index.ts'
import type { UndoState, UndoStep } from '#db/values.ts'
import { takeTurn } from './import.server.ts'

/** What stands in the way of undoing an import: how many of each came later. */
export type UndoBlocks = {
  corrections: number
  enrolments: number
  assessments: number
  certificates: number
  sessions: number
}

export type Undone =
  | { ok: true; removed: number; restored: number }
  | { ok: false; reason: 'unknown' | 'undone' }
  | { ok: false; reason: 'built'; blocks: UndoBlocks }

/**
 * Takes a whole import back in the transaction of the caller, system('ledger'): what it made goes, what it corrected says
 * again what it said before (the corrections stay in the history). Refused where something was built on it: a later
 * correction of one of its facts, or an enrolment, assessment, certificate or session from elsewhere that hangs on them.
 */
export async function undoImport(
  tx: Tx,
  {
    importId,
    accountId,
    now,
    onStep = async () => {},
  }: { importId: string; accountId: string | null; now: Date; onStep?: (step: UndoStep) => Promise<void> },
): Promise<Undone> {
  await takeTurn(tx)
  await onStep('looking')
  const [found] = await tx
    .select({ at: ledgerImport.at, undoneAt: ledgerImport.undoneAt })
    .from(ledgerImport)
    .where(eq(ledgerImport.id, importId))
  if (!found) return { ok: false, reason: 'unknown' }
  if (found.undoneAt) return { ok: false, reason: 'undone' }
  const blocks = await findBlocks(tx, importId, found.at)
  if (Object.values(blocks).some((count) => count > 0)) return { ok: false, reason: 'built', blocks }

  await createStagedRevisions(tx)
  await onStep('results')
  const assessments = await undoImportedAssessments(tx, importId)
  await onStep('enrolments')
  const training = await undoImportedTraining(tx, importId)
  await onStep('persons')
  await removeImportedPersons(tx, importId)
  await keepStagedRevisions(tx, { importId, reason: 'ledger.undone', accountId, now })
  await tx.update(ledgerImport).set({ undoneAt: now, undoneBy: accountId }).where(eq(ledgerImport.id, importId))
  const removed = assessments.removed + training.removed
  const restored = assessments.restored + training.restored
  await record(tx, {
    by: accountId
      ? { kind: 'system', purpose: 'ledger', onBehalfOf: accountId }
      : { kind: 'system', purpose: 'ledger' },
    now,
    kind: 'ledger.undone',
    detail: { importId, removed, restored },
    subjectId: importId,
  })
  return { ok: true, removed, restored }
}

export type ImportToUndo = {
  fileName: string
  at: Date
  undoneAt: Date | null
  /** It brought rows of other academies too: undone from the shell alone. */
  isShared: boolean
  /** What became of it when somebody last asked in the browser to have it undone; null: nobody did. */
  asked: { state: UndoState; step: UndoStep | null; removed: number | null; restored: number | null } | null
}

/** An import of one academy; null where the academy has none of this id. One question, so that its answer is of one moment. */
export async function findImportToUndo(
  tx: Tx,
  { academyId, importId }: { academyId: string; importId: string },
): Promise<ImportToUndo | null> {
  const { state, step, removed, restored } = ledgerUndo
  const [found] = await tx
    .select({
      fileName: ledgerImport.fileName,
      at: ledgerImport.at,
      undoneAt: ledgerImport.undoneAt,
      asked: { state, step, removed, restored },
    })
    .from(ledgerImport)
    .leftJoin(ledgerUndo, and(eq(ledgerUndo.importId, ledgerImport.id), eq(ledgerUndo.academyId, academyId)))
    .where(eq(ledgerImport.id, importId))
  const academies = await tx
    .select({ academyId: ledgerImportAcademy.academyId })
    .from(ledgerImportAcademy)
    .where(eq(ledgerImportAcademy.importId, importId))
  const isOwn = academies.some((one) => one.academyId === academyId)
  return found && isOwn ? ({ ...found, isShared: academies.length > 1 } as ImportToUndo) : null
}

/** What undoing an import would do, and what stands in its way. */
export type UndoPreview = {
  /** Records that it made and that would go. */
  made: { classes: number; enrolments: number; assessments: number; certificates: number }
  /** Facts that it corrected and that would say again what they said. */
  restored: number
  blocks: UndoBlocks
}

/** Looks at an import before it is undone. */
export async function countUndo(tx: Tx, { importId, at }: { importId: string; at: Date }): Promise<UndoPreview> {
  const [made] = (await tx.execute(sql`
    select
      (select count(*)::int from class c where c.import_id = ${importId}::uuid) as classes,
      (select count(*)::int from enrolment e where e.import_id = ${importId}::uuid) as enrolments,
      (select count(*)::int from assessment a where a.import_id = ${importId}::uuid) as assessments,
      (select count(*)::int from certificate k where k.import_id = ${importId}::uuid) as certificates,
      (select count(distinct r.fact_id)::int from revision r
        where r.import_id = ${importId}::uuid and r.reason is null) as restored`)) as unknown as (UndoPreview['made'] & {
    restored: number
  })[]
  const { restored, ...counts } = made!
  return { made: counts, restored, blocks: await findBlocks(tx, importId, at) }
}

/** Counts what came after an import and would lose its ground. Corrections by imports that were undone are none. */
async function findBlocks(tx: Tx, importId: string, at: Date): Promise<UndoBlocks> {
  const [found] = (await tx.execute(sql`
    with fact (academy_id, id) as (
      select c.academy_id, c.id from class c where c.import_id = ${importId}::uuid
      union all select e.academy_id, e.id from enrolment e where e.import_id = ${importId}::uuid
      union all select a.academy_id, a.id from assessment a where a.import_id = ${importId}::uuid
      union all select c.academy_id, c.id from certificate c where c.import_id = ${importId}::uuid
      union all select r.academy_id, r.fact_id from revision r where r.import_id = ${importId}::uuid)
    select
      (select count(distinct r.id)::int from revision r join fact f on f.academy_id = r.academy_id and f.id = r.fact_id
        left join ledger_import i on i.id = r.import_id
        where r.at >= ${at.toISOString()}::timestamptz and r.import_id is distinct from ${importId}::uuid
          and i.undone_at is null) as corrections,
      (select count(*)::int from enrolment e join class c on c.academy_id = e.academy_id and c.id = e.class_id
        where c.import_id = ${importId}::uuid and e.import_id is distinct from ${importId}::uuid) as enrolments,
      (select count(*)::int from assessment a join enrolment e on e.academy_id = a.academy_id and e.id = a.enrolment_id
        where e.import_id = ${importId}::uuid and a.import_id is distinct from ${importId}::uuid)
      + (select count(*)::int from proposed_result p join enrolment e on e.academy_id = p.academy_id and e.id = p.enrolment_id
        where e.import_id = ${importId}::uuid and p.state = 'open') as assessments,
      (select count(*)::int from certificate k join assessment a on a.academy_id = k.academy_id and a.id = k.assessment_id
        where a.import_id = ${importId}::uuid and k.import_id is distinct from ${importId}::uuid) as certificates,
      (select count(*)::int from class_session s join class c on c.academy_id = s.academy_id and c.id = s.class_id
        where c.import_id = ${importId}::uuid) as sessions`)) as unknown as UndoBlocks[]
  return found!
}
