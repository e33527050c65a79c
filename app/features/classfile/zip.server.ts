import type { Viewer } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { record } from '#app/features/audit/audit.server.ts'
import { MEDIA_TYPES } from '#app/lib/file-kind.server.ts'
import { type Outgoing, openOutgoing, writeOutgoing } from '#app/lib/outgoing.server.ts'
import { type SheetColumn, sheetWorkbook } from '#app/lib/sheet.server.ts'
import { writeZip, type ZipFile } from '#app/lib/workbook/zip-write.server.ts'
import { CLASS_FILE_PARTS } from '#db/values.ts'
import { documentPath, hasDocument } from './files.server.ts'
import { type FiledDocument, findFiledClass, listDocuments } from './find.server.ts'
import { findMade } from './made.server.ts'
import { madeName, madeSheet } from './made-sheets.server.ts'
import { documentName, MADE, type MadePart, type PartState, partNumber } from './parts.ts'
import { findStates } from './states.server.ts'
import { classFileWords } from './words.ts'

type Of = { viewer: Viewer; academyCode: string; classId: string; now: Date; requestId?: string }

// The file is a record of a Chinese office whoever takes it out: its names and tables are always the same.
const w = classFileWords['zh-CN']

/** One table of a class's file, as an .xlsx and its name. Null: no such class of the viewer's, or no such table. */
export async function takeMade(of: Of, part: string): Promise<{ file: Outgoing; name: string } | null> {
  const chosen = MADE.find((one) => one === part)
  const made = chosen ? await findMade(of.viewer, of) : null
  if (!chosen || !made) return null
  const name = documentName(`${made.of.code} ${madeName(chosen)}`, 'xlsx')
  return { file: await writeOutgoing(madeSheet(chosen, made)), name }
}

/** One document, as it is kept. Null: none of the viewer's, or its bytes are gone. */
export async function openDocument(document: FiledDocument) {
  const file = await openOutgoing(documentPath(document.id)).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null
    throw error
  })
  return file && { file, name: document.name, mediaType: MEDIA_TYPES[document.kind] }
}

/** A line of the table of contents. */
type Line = { path: string; document: FiledDocument | null; isGone: boolean; state: PartState | null }

/** Accounts for which a zip is made just now: a file can have 2 GB, and who clicks twice needs it once. */
const taking = new Set<string>()

/**
 * The whole file as one zip, in its fixed order: a table of contents, then the parts by number, in each what the system made and
 * what was added, in the order in which it came. Written to the disk piece by piece before anything leaves, so that a zip that
 * begins also ends. `busy`: one is being made for this account. Null: no such class of the viewer's.
 */
export async function takeZip(of: Of): Promise<{ file: Outgoing; name: string } | 'busy' | null> {
  const { accountId } = of.viewer
  if (taking.has(accountId)) return 'busy'
  taking.add(accountId)
  try {
    return await makeZip(of)
  } finally {
    taking.delete(accountId)
  }
}

async function makeZip(of: Of): Promise<{ file: Outgoing; name: string } | null> {
  const { viewer, now, requestId } = of
  const made = await findMade(viewer, of)
  const found = await as(viewer, async (tx) => {
    const held = await findFiledClass(tx, of)
    if (!held) return null
    const documents = await listDocuments(tx, held)
    return { held, documents, states: await findStates(tx, held, documents, now) }
  })
  if (!made || !found) return null
  const { held, documents, states } = found
  const lines: Line[] = []
  const files: ZipFile[] = []
  for (const part of CLASS_FILE_PARTS) {
    const state = states.find((one) => one.part === part) ?? null
    const folder = `${partNumber(part)}-${w.parts[part]}`
    const table: MadePart | undefined = MADE.find((one) => one === part)
    const path = table ? `${folder}/00-${madeName(table)}.xlsx` : folder
    lines.push({ path, document: null, isGone: false, state })
    if (table) files.push({ name: path, content: madeSheet(table, made), isPacked: true })
    for (const [at, document] of documents.filter((one) => one.part === part).entries()) {
      const name = `${folder}/${String(at + 1).padStart(2, '0')}-${document.name}`
      const isGone = !(await hasDocument(document.id))
      lines.push({ path: name, document, isGone, state: null })
      if (!isGone) files.push({ name, content: contentOf(document), isPacked: true })
    }
  }
  const root = documentName(`${held.code} ${held.name}`, 'xlsx').replace(/\.xlsx$/, '')
  const contents = { name: `00-${w.sheets.contents}.xlsx`, content: contentsSheet(lines), isPacked: true }
  const within = [contents, ...files].map((file) => ({ ...file, name: `${root}/${file.name}` }))
  const { digest, ...file } = await writeOutgoing(writeZip(within))
  const detail = { classId: held.id, files: within.length, bytes: file.bytes, digest }
  const event = { kind: 'class_file.taken' as const, detail, subjectId: held.id, academyId: held.academyId }
  await as(viewer, (tx) => record(tx, { by: viewer, now, requestId, ...event }))
  return { file, name: `${root} ${w.short}.zip` }
}

/** Opened when its turn comes: of two hundred one at a time. */
async function* contentOf(document: FiledDocument): AsyncGenerator<Uint8Array> {
  const file = await openOutgoing(documentPath(document.id))
  yield* file.pieces()
}

function contentsSheet(lines: readonly Line[]) {
  const columns: SheetColumn<Line>[] = [
    { head: w.sheets.path, width: 60, value: ({ path }) => path },
    {
      head: w.sheets.state,
      width: 30,
      value: ({ state, isGone }) => {
        if (!state) return isGone ? w.sheets.gone : null
        const said = state.lack ? w.lacks[state.lack](state.n) : state.because
        return said ? `${w.states[state.state]}：${said}` : w.states[state.state]
      },
    },
    { head: w.sheets.bytes, width: 12, value: ({ document }) => document?.bytes ?? null },
    { head: 'SHA-256', width: 66, value: ({ document }) => document?.digest.toString('hex') ?? null },
  ]
  return sheetWorkbook(w.sheets.contents, columns, lines)
}
