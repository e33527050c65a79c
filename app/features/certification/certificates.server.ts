import { and, asc, eq, inArray, sql } from 'drizzle-orm'
import type { Viewer } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { keepRevision, record } from '#app/features/audit/audit.server.ts'
import { indexOf, seal } from '#app/features/persons/vault.server.ts'
import { shanghaiDate } from '#app/lib/calendar.ts'
import { newId } from '#app/lib/ids.ts'
import type { Tx } from '#db/client.server.ts'
import { academy, assessment, certificate, enrolment, trainingClass } from '#db/schema/index.ts'
import {
  type Batch,
  type BatchEntry,
  type BatchFault,
  type BatchField,
  type NumberEntry,
  type NumberFault,
  readNumber,
  readOwnBatch,
} from './certificates.ts'
import { PERSONAL_NUMBER_TYPES } from './numbers.ts'
import { changeCertificate, enterNumber, NumberTaken } from './register.server.ts'
import { tellOfCertificates } from './told.server.ts'

export type NumberFaults = { assessmentId: string; fault: NumberFault }[]
export type RecordedCertificates =
  | { ok: true; changed: number }
  | { ok: false; batch: { field: BatchField; fault: BatchFault }[]; numbers: NumberFaults }

type Request = {
  academyId: string
  classId: string
  batch: BatchEntry
  entries: readonly NumberEntry[]
  /** Somebody compared numbers whose level digit contradicts the level, and they are right. */
  isDigitChecked: boolean
  reason: string
  now: Date
  requestId?: string
}

/**
 * Records the certificates of many workers of a class that share type, level, issuer and date, but for what a row says by itself. All or nothing. The same
 * assessment, type and work item with other values is a correction: the old values are kept, and a reason is needed. A
 * number belongs to one certificate of the province; that another academy has it shows only when it is entered, so that
 * this refusal rolls back what was written before it.
 */
export async function saveCertificates(viewer: Viewer, request: Request): Promise<RecordedCertificates> {
  try {
    return await as(viewer, (tx) => recordCertificates(tx, viewer, request))
  } catch (error) {
    if (!(error instanceof NumberTaken)) throw error
    return { ok: false, batch: [], numbers: [{ assessmentId: error.assessmentId, fault: 'taken' }] }
  }
}

async function recordCertificates(tx: Tx, viewer: Viewer, request: Request): Promise<RecordedCertificates> {
  const entries = request.entries.filter((entry) => entry.number.trim() !== '')
  if (entries.length === 0) return { ok: true, changed: 0 }
  const today = shanghaiDate(request.now)
  const batchFaults = new Map<BatchField, BatchFault>()
  const numbers: NumberFaults = []
  const said: { entry: NumberEntry; batch: Batch }[] = []
  for (const entry of entries) {
    const read = readOwnBatch(request.batch, entry.own, today)
    if ('batch' in read) {
      said.push({ entry, batch: read.batch })
      continue
    }
    for (const { field, fault } of read.shared) batchFaults.set(field, fault)
    numbers.push(...read.own.map((fault) => ({ assessmentId: entry.assessmentId, fault })))
  }
  const batch = [...batchFaults].map(([field, fault]) => ({ field, fault }))
  if (batch.length > 0) return { ok: false, batch, numbers }
  const held = await lockClass(tx, request)
  const rows = await listPassedAmong(tx, request, said)
  const changes: Change[] = []
  for (const { entry, batch: own } of said) {
    const { assessmentId } = entry
    const row = rows.find((one) => one.assessmentId === assessmentId && one.of === kindOf(own))
    const read = row
      ? readNumber(entry.number, own, row.assessedOn, request.isDigitChecked)
      : { fault: 'gone' as const }
    const isTwice = (change: Change) =>
      'number' in read && change.number === read.number && change.row.of === kindOf(own)
    if ('fault' in read) numbers.push({ assessmentId, fault: read.fault })
    else if (changes.some(isTwice)) numbers.push({ assessmentId, fault: 'twice' })
    else if (row && !isSame(row, own, read.number)) changes.push({ row, batch: own, number: read.number })
  }
  const corrected = changes.find(({ row }) => row.certificateId !== null)
  if (corrected && request.reason.trim() === '')
    numbers.push({ assessmentId: corrected.row.assessmentId, fault: 'reason_needed' })
  if (numbers.length > 0) return { ok: false, batch: [], numbers }
  // In the order of the numbers, so that two forms that enter the same ones wait for each other, not both ways.
  changes.sort((one, other) => (one.number < other.number ? -1 : 1))
  const made: { certificateId: string; enrolmentId: string }[] = []
  for (const change of changes) {
    const certificateId = await write(tx, viewer, request, change)
    if (certificateId) made.push({ certificateId, enrolmentId: change.row.enrolmentId })
  }
  if (held) await tellOfCertificates(tx, { ...request, ...held, certificates: made })
  return { ok: true, changed: changes.length }
}

type Change = { row: PassedRow; batch: Batch; number: string }
type PassedRow = Awaited<ReturnType<typeof listPassedOfKind>>[number] & { of: string }

/** An assessment has one certificate of each type and work item. */
const kindOf = ({ type, workItem }: Pick<Batch, 'type' | 'workItem'>): string => `${type} ${workItem}`

/** The passed assessments that are meant, each with its certificate of the type and work item that is meant. */
async function listPassedAmong(
  tx: Tx,
  request: Request,
  said: readonly { entry: NumberEntry; batch: Batch }[],
): Promise<PassedRow[]> {
  const kinds = new Map(said.map(({ batch }) => [kindOf(batch), batch]))
  const rows: PassedRow[] = []
  // One kind in nearly every form, a few at most.
  for (const [of, kind] of kinds) {
    const ids = said.filter(({ batch }) => kindOf(batch) === of).map(({ entry }) => entry.assessmentId)
    rows.push(...(await listPassedOfKind(tx, request, kind, ids)).map((row) => ({ ...row, of })))
  }
  return rows
}

async function listPassedOfKind(tx: Tx, { academyId, classId }: Request, { type, workItem }: Batch, ids: string[]) {
  return tx
    .select({
      assessmentId: assessment.id,
      enrolmentId: assessment.enrolmentId,
      assessedOn: assessment.assessedOn,
      certificateId: certificate.id,
      numberIndex: certificate.numberIndex,
      level: certificate.level,
      issuer: certificate.issuer,
      issuedOn: certificate.issuedOn,
      before: sql<Record<string, unknown> | null>`to_jsonb(${certificate})`,
    })
    .from(assessment)
    .innerJoin(enrolment, and(eq(enrolment.academyId, assessment.academyId), eq(enrolment.id, assessment.enrolmentId)))
    .leftJoin(
      certificate,
      and(
        eq(certificate.academyId, assessment.academyId),
        eq(certificate.assessmentId, assessment.id),
        eq(certificate.type, type),
        eq(certificate.workItem, workItem),
      ),
    )
    .where(
      and(
        eq(assessment.academyId, academyId),
        eq(enrolment.classId, classId),
        eq(assessment.result, 'passed'),
        inArray(assessment.id, ids),
      ),
    )
    .orderBy(asc(assessment.id))
}

/** Two administrators who enter certificates of one class take turns: the second sees what the first wrote. */
async function lockClass(tx: Tx, { academyId, classId }: Request) {
  const [held] = await tx
    .select({ className: trainingClass.name, academyCode: academy.code })
    .from(trainingClass)
    .innerJoin(academy, eq(academy.id, trainingClass.academyId))
    .where(and(eq(trainingClass.academyId, academyId), eq(trainingClass.id, classId)))
    .for('no key update', { of: trainingClass })
  return held
}

const isSame = (row: PassedRow, batch: Batch, number: string): boolean =>
  row.numberIndex?.equals(indexOf('certificate', number)) === true &&
  row.level === batch.level &&
  (batch.issuer === null || row.issuer === batch.issuer) &&
  row.issuedOn === batch.issuedOn

/** @returns the id of a certificate that was not there before; null: one was corrected. */
async function write(tx: Tx, viewer: Viewer, request: Request, { row, batch, number }: Change): Promise<string | null> {
  const { academyId, now, requestId } = request
  const { type, workItem, level, issuedOn } = batch
  const id = row.certificateId ?? newId()
  const isPersonal = PERSONAL_NUMBER_TYPES.has(type)
  const numberIndex = indexOf('certificate', number)
  const values = {
    number: isPersonal ? null : number,
    numberSealed: isPersonal ? seal('certificate.number', id, number) : null,
    numberIndex,
    level,
    issuer: batch.issuer ?? row.issuer,
    issuedOn,
  }
  const keys = { academyId, id, assessmentId: row.assessmentId, type, workItem }
  if (row.certificateId && row.before) {
    const { reason } = request
    await changeCertificate(tx, keys, values, { viewer, reason: reason.trim(), before: row.before, now, requestId })
    return null
  }
  await tx.insert(certificate).values({ ...keys, ...values, status: 'valid', createdAt: now })
  await enterNumber(tx, { academyId, certificateId: id, type, workItem, numberIndex }, row.assessmentId)
  const event = { by: viewer, now, academyId, subjectId: id, requestId }
  await record(tx, { ...event, kind: 'certificate.recorded', detail: { type, corrected: false } })
  return id
}

/**
 * Revokes a certificate, with a reason. It stays on record and no longer counts; revoking twice is revoking once.
 * @returns null: no such certificate of the academy; `reason_needed`: nothing was changed.
 */
export async function revokeCertificate(
  tx: Tx,
  input: { viewer: Viewer; academyId: string; certificateId: string; reason: string; now: Date; requestId?: string },
): Promise<{ ok: true; isNew: boolean } | { ok: false; reason: 'reason_needed' } | null> {
  const { viewer, academyId, certificateId, now, requestId } = input
  const isThis = and(eq(certificate.academyId, academyId), eq(certificate.id, certificateId))
  const [found] = await tx
    .select({
      type: certificate.type,
      status: certificate.status,
      before: sql<Record<string, unknown>>`to_jsonb(${certificate})`,
    })
    .from(certificate)
    .where(isThis)
    .for('update')
  if (!found) return null
  if (found.status === 'revoked') return { ok: true, isNew: false }
  const reason = input.reason.trim()
  if (reason === '') return { ok: false, reason: 'reason_needed' }
  const kept = { academyId, factId: certificateId, before: found.before, reason, accountId: viewer.accountId, now }
  await keepRevision(tx, { ...kept, fact: 'certificate' })
  await tx.update(certificate).set({ status: 'revoked' }).where(isThis)
  const event = { by: viewer, now, academyId, subjectId: certificateId, requestId }
  await record(tx, { ...event, kind: 'certificate.revoked', detail: { type: found.type } })
  return { ok: true, isNew: true }
}
