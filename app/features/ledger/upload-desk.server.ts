import type { Viewer } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { shanghaiDate, shanghaiTime } from '#app/lib/calendar.ts'
import { notFound } from '#app/lib/http.ts'
import type { Locale } from '#app/lib/i18n.ts'
import { isId } from '#app/lib/ids.ts'
import { nudge } from '#app/lib/jobs.server.ts'
import { type Outgoing, openOutgoing } from '#app/lib/outgoing.server.ts'
import { receiveFile } from '#app/lib/receive-file.server.ts'
import { findSameFile, listImports, listLedgerYears } from './imports.server.ts'
import { type ChoiceFault, readMappingForm } from './mapping-form.ts'
import { type MappingView, mappingView } from './mapping-view.ts'
import { type FindingsPage, readFindingsPage } from './preview.ts'
import { toMessage } from './problem.ts'
import { findFindings, findUpload, findUploadLimit, listOpenUploads, type Upload } from './upload.server.ts'
import { LARGEST_UPLOAD } from './upload.ts'
import {
  type Administrator,
  cancelUpload,
  chooseColumns,
  decideImport,
  keepUpload,
  readAgain,
} from './upload-acts.server.ts'
import { rejectedPath, removeFile, uploadFolder } from './upload-files.server.ts'
import type { UploadFault } from './upload-form.tsx'
import { placeHeaders } from './upload-header.server.ts'
import { words } from './upload-words.ts'

/** An instant as tables show it. */
const shown = (instant: Date): string => `${shanghaiDate(instant)} ${shanghaiTime(instant)}`

/** @throws a 404 Response for who is of no academy. */
export function administrator(viewer: Viewer): Administrator & { academyCode: string } {
  const { academyId, academyCode } = viewer
  if (!academyId || !academyCode) throw notFound('academy')
  return { ...viewer, academyId, academyCode }
}

/** The page of the ledger: uploads on their way, and a page of imports. */
export async function ledgerDesk(viewer: Administrator, before: string | null) {
  const { academyId } = viewer
  const place = before && isId(before) ? before : null
  return as(viewer, async (tx) => {
    const [years, open, { imports, hasMore }] = await Promise.all([
      listLedgerYears(tx, academyId),
      listOpenUploads(tx, academyId),
      listImports(tx, { academyId, before: place }),
    ])
    return {
      years,
      open: open.map((one) => ({ ...one, uploadedAt: shown(one.uploadedAt) })),
      imports: imports.map((one) => ({
        ...one,
        at: shown(one.at),
        undoneAt: one.undoneAt ? shown(one.undoneAt) : null,
      })),
      hasMore,
    }
  })
}

export type Uploaded = { ok: true; uploadId: string } | { ok: false; status: 400 | 413 | 429; fault: UploadFault }

/** Accounts that are sending a file just now: one each, so that nobody fills the disk faster than the limits count. */
const sending = new Set<string>()

/**
 * Receives the upload form of an administrator, guarded already: the body is read here and nowhere before. What the file
 * holds a worker tells (upload-read.server.ts).
 */
export async function receiveLedger(
  viewer: Administrator,
  { request, locale, now }: { request: Request; locale: Locale; now: Date },
): Promise<Uploaded> {
  const refuse = (status: 400 | 413 | 429, fault: UploadFault): Uploaded => ({ ok: false, status, fault })
  if (sending.has(viewer.accountId)) return refuse(429, 'busy')
  sending.add(viewer.accountId)
  try {
    const limit = await as(viewer, (tx) => findUploadLimit(tx, viewer, now))
    if (limit) return refuse(429, limit)
    const received = await receiveFile(request, { field: 'file', folder: uploadFolder(), limit: LARGEST_UPLOAD })
    if (!received.ok) return refuse(received.reason === 'too_large' ? 413 : 400, received.reason)
    return { ok: true, uploadId: await keepUpload(viewer, { file: received.file, locale, now }) }
  } finally {
    sending.delete(viewer.accountId)
  }
}

export type UploadPage = {
  upload: Omit<Upload, 'sheets' | 'chosen' | 'mapping' | 'constants' | 'uploadedAt' | 'undoneAt'> & {
    uploadedAt: string
    undoneAt: string | null
  }
  mapping: MappingView | null
  found: FindingsPage | null
  /** Why the file could not be read; empty where it could. */
  reasons: string[]
  isFatal: boolean
  sameFileOn: string | null
}

/** One upload at whatever step it is. @throws a 404 Response where the academy has none of this id. */
export async function uploadPage(
  viewer: Administrator,
  { uploadId, search, locale }: { uploadId: string; search: URLSearchParams; locale: Locale },
): Promise<UploadPage> {
  const { academyId } = viewer
  return as(viewer, async (tx) => {
    const upload = isId(uploadId) ? await findUpload(tx, { academyId, uploadId }) : null
    if (!upload) throw notFound('upload')
    const { sheets, chosen, mapping, constants, uploadedAt, undoneAt, ...rest } = upload
    const isChoosing =
      upload.hasFile && (upload.state === 'uploaded' || (upload.state === 'previewed' && search.has('columns')))
    const hasFindings = upload.state === 'previewed' || upload.state === 'done'
    const isUnreadable = upload.state === 'unreadable'
    const found = (hasFindings && !isChoosing) || isUnreadable ? await findFindings(tx, { academyId, uploadId }) : null
    const said = found && {
      errors: found.errors.map((one) => toMessage(one, locale)),
      warnings: found.warnings.map((one) => toMessage(one, locale)),
      corrections: found.corrections,
    }
    const same = upload.state === 'previewed' ? await findSameFile(tx, { academyId, digest: upload.digest }) : null
    const { rows = 0, rejected = 0 } = upload.counts ?? {}
    return {
      upload: { ...rest, uploadedAt: shown(uploadedAt), undoneAt: undoneAt && shown(undoneAt) },
      mapping: isChoosing ? mappingView(upload) : null,
      found: said && !isUnreadable ? readFindingsPage(said, search) : null,
      reasons: said && isUnreadable ? said.errors.map(({ message }) => message) : [],
      isFatal: upload.errorsListed > 0 && (rows === 0 || rejected === 0),
      sameFileOn: same ? shown(same.at) : null,
    }
  })
}

export type UploadAct = { ok: true; isCancelled: boolean } | { ok: false; view: MappingView }

/** A form of the page of one upload. What is at another step by now changes nothing: the page shows where it is. */
export async function actOnUpload(
  viewer: Administrator & { academyCode: string },
  { uploadId, form, now }: { uploadId: string; form: FormData; now: Date },
): Promise<UploadAct> {
  const { academyId, academyCode } = viewer
  const act = await as(viewer, async (tx): Promise<UploadAct & { removes?: boolean }> => {
    const upload = isId(uploadId) ? await findUpload(tx, { academyId, uploadId }) : null
    if (!upload) throw notFound('upload')
    const input = { viewer, uploadId, now }
    switch (form.get('intent')) {
      case 'header':
        await placeHeaders(tx, { viewer, upload, form, now })
        break
      case 'choose': {
        const read = readMappingForm(form, upload.sheets, { academyCode })
        if (!read.ok) return { ok: false, view: refusedView(upload, form, read.faults) }
        await chooseColumns(tx, { ...input, choice: read.choice })
        break
      }
      case 'again': {
        // Given up before anything was known of it.
        if (upload.sheets.length === 0) {
          await readAgain(tx, input)
          break
        }
        const { chosen: sheets, mapping, constants, rowsTotal } = upload
        await chooseColumns(tx, { ...input, choice: { sheets, mapping, taught: {}, constants, rowsTotal } })
        break
      }
      case 'import':
        await decideImport(tx, { ...input, validOnly: form.get('rows') === 'valid' })
        break
      case 'cancel': {
        const removes = await cancelUpload(tx, input)
        return { ok: true, isCancelled: removes, removes }
      }
    }
    return { ok: true, isCancelled: false }
  })
  if (act.ok && act.removes) await removeFile(uploadId)
  else if (act.ok) nudge()
  return act
}

const refusedView = (upload: Upload, typed: FormData, faults: ChoiceFault[]) => mappingView(upload, { typed, faults })

/** The rows of an upload that have errors, as a workbook: the file and its name. @throws a 404 Response where there is none. */
export async function rejectedRows(
  viewer: Administrator,
  { uploadId, locale }: { uploadId: string; locale: Locale },
): Promise<{ file: Outgoing; name: string }> {
  const { academyId } = viewer
  const upload = isId(uploadId) ? await as(viewer, (tx) => findUpload(tx, { academyId, uploadId })) : null
  const hasSome = upload?.hasFile && (upload.state === 'previewed' || upload.state === 'done')
  const file = hasSome ? await openOutgoing(rejectedPath(uploadId)).catch(() => null) : null
  if (!upload || !file) throw notFound('rejected rows')
  return { file, name: words[locale].preview.rejectedName(upload.fileName.replace(/\.\w{1,5}$/, '')) }
}
