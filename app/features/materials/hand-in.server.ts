import { rm } from 'node:fs/promises'
import type { Viewer } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { shanghaiDate } from '#app/lib/calendar.ts'
import { type CheckedDocument, checkDocument, receivingFolder } from '#app/lib/check-document.server.ts'
import { newId } from '#app/lib/ids.ts'
import { type ReceivedFile, type ReceiveFault, receiveFiles } from '#app/lib/receive-file.server.ts'
import type { Tx } from '#db/client.server.ts'
import { materialFile } from '#db/schema/index.ts'
import { LEVELS } from '#db/values.ts'
import { type Claimed, claim } from './claim.server.ts'
import { placeFile, removeDueFiles } from './files.server.ts'
import { findOwnMaterials, type Item, type OwnMaterials } from './find.server.ts'
import { LARGEST_FILE, mayHandIn, mostFiles, readNumber, takesKind } from './rules.ts'

/** Why nothing was taken. `over`: the class takes nothing of this worker any more; `accepted`: it has it already. */
export type HandInFault =
  | Exclude<ReceiveFault, 'other_fields'>
  | 'too_many'
  | 'unknown_kind'
  | 'number'
  | 'over'
  | 'accepted'
  | 'busy'
export type HandedIn = { ok: true } | { ok: false; reason: HandInFault; typed: { level: string; number: string } }

type Of = { viewer: Viewer; academyCode: string; classId: string; now: Date; requestId?: string }
type Said = Claimed['said']
type Ready = ReceivedFile & { id: string; checked: CheckedDocument }

/** Accounts that hand something in just now: one form each. */
const sending = new Set<string>()
/** A file that no material has claimed by then never will be. */
const UNCLAIMED_MS = 3_600_000
const NOTHING = { level: '', number: '' }

/**
 * Takes what a worker hands in of one requirement, after the guard `learning.own`: all of the form or nothing; what was handed in
 * before is replaced, until the academy has accepted it. Whether it is wanted at all is asked before the body is read. Null: the
 * class asks the viewer for no such thing.
 */
export async function handIn(
  of: Of,
  { requirementId, request }: { requirementId: string; request: Request },
): Promise<HandedIn | null> {
  const { viewer } = of
  const found = await as(viewer, (tx) => findWanted(tx, of, requirementId))
  if (!found) return null
  if ('fault' in found) return { ok: false, reason: found.fault, typed: NOTHING }
  if (sending.has(viewer.accountId)) return { ok: false, reason: 'busy', typed: NOTHING }
  sending.add(viewer.accountId)
  let files: ReceivedFile[] = []
  try {
    const { kind } = found.item
    const asked = { field: 'file', folder: receivingFolder(), limit: LARGEST_FILE, most: mostFiles(kind) }
    const received = await receiveFiles(request, asked)
    if (!received.ok)
      return { ok: false, reason: received.reason === 'other_fields' ? 'too_many' : received.reason, typed: NOTHING }
    files = received.files
    const typed = { level: received.texts.get('level') ?? '', number: received.texts.get('number') ?? '' }
    const refuse = (reason: HandInFault) => ({ ok: false, reason, typed }) as const
    const [broken] = received.refused
    if (broken) return refuse(broken.reason)
    const said = readSaid(kind, typed)
    if ('fault' in said) return refuse(said.fault)
    const ready = await checkAll(kind, files)
    if (!ready) return refuse('unknown_kind')
    const fault = await keep(of, { requirementId, said, ready })
    return fault ? refuse(fault) : { ok: true }
  } finally {
    sending.delete(viewer.accountId)
    await Promise.all(files.map(({ path }) => rm(path, { force: true })))
  }
}

type Wanted = { own: OwnMaterials; item: Item }

async function findWanted(tx: Tx, of: Of, requirementId: string): Promise<Wanted | { fault: HandInFault } | null> {
  const own = await findOwnMaterials(tx, of)
  const item = own?.items.find((one) => one.requirementId === requirementId)
  if (!own || !item) return null
  if (!mayHandIn(own, shanghaiDate(of.now))) return { fault: 'over' }
  return item.standing === 'accepted' ? { fault: 'accepted' } : { own, item }
}

function readSaid(kind: Item['kind'], typed: { level: string; number: string }): Said | { fault: 'number' } {
  if (kind !== 'earlier_certificate') return { level: null, number: null }
  const read = readNumber(typed.number)
  return 'fault' in read ? read : { ...read, level: LEVELS.find((level) => level === typed.level) ?? null }
}

/** Null: one of them is not what may be handed in. One after the other: a picture is held whole while it is checked. */
async function checkAll(kind: Item['kind'], files: readonly ReceivedFile[]): Promise<Ready[] | null> {
  const ready: Ready[] = []
  for (const file of files) {
    const checked = await checkDocument(file)
    if (!checked || !takesKind(kind, checked.kind)) return null
    ready.push({ ...file, id: newId(), checked })
  }
  return ready
}

/** Written as files that are to go, placed, then claimed: a process that is killed in between leaves nothing for long. */
async function keep(
  of: Of,
  { requirementId, said, ready }: { requirementId: string; said: Said; ready: readonly Ready[] },
): Promise<HandInFault | null> {
  const { viewer, now } = of
  const dropAt = new Date(now.getTime() + UNCLAIMED_MS)
  const wanted = await as(viewer, async (tx) => {
    const found = await findWanted(tx, of, requirementId)
    if (!found || 'fault' in found) return found
    const { academyId, classId, enrolmentId } = found.own
    const place = { academyId, classId, enrolmentId, requirementId }
    await tx
      .insert(materialFile)
      .values(ready.map(({ id, checked: { kind, bytes } }) => ({ ...place, id, kind, bytes, dropAt })))
    return found
  })
  if (!wanted) return 'over'
  if ('fault' in wanted) return wanted.fault
  for (const { path, id } of ready) await placeFile(path, id)
  const isTaken = await as(viewer, (tx) => claim(tx, of, { wanted, said, ids: ready.map(({ id }) => id) }))
  await removeDueFiles(now)
  return isTaken ? null : 'accepted'
}
