import { CLASS_FILE_PARTS, type ClassFilePart, type FileKind } from '#db/values.ts'

/** Parts to which documents are added; the others the system makes alone. */
export const UPLOADED = [
  'notice',
  'sign_in',
  'photographs',
  'papers',
  'receipts',
] as const satisfies readonly ClassFilePart[]
export type UploadedPart = (typeof UPLOADED)[number]

/** To this part alone documents are added once the class is closed (结班): who gets a certificate later signs for it later. */
export const AFTER_CLOSING = 'receipts' satisfies UploadedPart

/** Parts of which a class may have none, for a reason that somebody gives: those to which nobody but its people can add. */
export const DECLARED = ['notice', 'photographs', 'papers', 'receipts'] as const satisfies readonly UploadedPart[]
export type DeclaredPart = (typeof DECLARED)[number]

/** Parts for which the system makes a table of what it knows. */
export const MADE = ['timetable', 'sign_in', 'scores', 'receipts'] as const satisfies readonly ClassFilePart[]
export type MadePart = (typeof MADE)[number]

/** A photograph of a phone has 2 to 8 MB, a scan of a sheet less. */
export const LARGEST_DOCUMENT = 20_000_000
/** Documents in one form. */
export const MOST_AT_ONCE = 10
/** Documents of one class at a time, and bytes: the zip of them all stays below the 4 GB that a plain zip can have. */
export const MOST_DOCUMENTS = 200
export const MOST_BYTES = 2_000_000_000

/** What a photograph of a signed sheet may be: a page shows it. */
export const PICTURES: readonly FileKind[] = ['jpg', 'png', 'webp']

/**
 * The addresses that take them: the forms of app/routes/academy/class-file.tsx, session-photos.tsx and group-qr.tsx. Bytes at most,
 * or null.
 */
export const largestStream = (path: string): number | null =>
  /^\/academies\/[^/]+\/(classes\/[^/]+\/(?:file|group)|manage\/sessions\/[^/]+\/photos)(\.data)?$/.test(path)
    ? (MOST_AT_ONCE + 2) * LARGEST_DOCUMENT
    : null

/** What is known of a class, as far as its file needs it. */
export type Known = {
  today: string
  startsOn: string
  endsOn: string
  hasOccupation: boolean
  /** Documents added, by part. */
  added: Partial<Record<ClassFilePart, number>>
  /** Parts of which somebody said that there are none, and why. */
  none: Partial<Record<ClassFilePart, string>>
  /** Sessions that take place; those that are over; of these, those whose sheet is not closed. */
  sessions: number
  over: number
  unclosed: number
  enrolled: number
  /** Workers whose result was confirmed; who passed and has no valid certificate (合格待发证); certificates that are valid. */
  assessed: number
  pending: number
  certificates: number
}

/** Why a part is not whole; `n`: how many, where it is counted. */
export type Lack = 'no_document' | 'no_session' | 'unclosed' | 'unmarked' | 'no_result' | 'pending' | 'unsigned'

/** `later`: its time has not come; `not_needed`: this class has none of it; `none`: somebody said so, `because`. */
export type PartState = {
  part: ClassFilePart
  state: 'there' | 'missing' | 'later' | 'not_needed' | 'none'
  lack: Lack | null
  n: number
  because?: string
}

/**
 * What of a class's file is there and what is missing, in its fixed order. A notice and a timetable are missed from the first day on,
 * photographs once a session is over, the rest when the class has ended. A class without an occupation that assessed nobody has
 * no papers, scores and certificates to show. A document that there is none of, for a reason, is not missed; what the system itself knows to
 * be missing still is.
 */
export function partStates(known: Known): PartState[] {
  const { today, added, sessions, over, unclosed, enrolled, assessed, pending, certificates } = known
  const hasBegun = today >= known.startsOn
  const hasEnded = today > known.endsOn
  const isAssessed = known.hasOccupation || assessed > 0
  const count = (part: ClassFilePart) => added[part] ?? 0
  const rules: Record<ClassFilePart, { lacks: [Lack, number][]; isDue: boolean; isNeeded?: boolean }> = {
    notice: { lacks: [['no_document', count('notice') === 0 ? 1 : 0]], isDue: hasBegun },
    timetable: { lacks: [['no_session', sessions === 0 ? 1 : 0]], isDue: hasBegun },
    sign_in: {
      lacks: [
        ['unclosed', unclosed],
        ['unmarked', over === 0 && count('sign_in') === 0 ? 1 : 0],
      ],
      isDue: hasEnded || unclosed > 0,
    },
    photographs: { lacks: [['no_document', count('photographs') === 0 ? 1 : 0]], isDue: hasEnded || over > 0 },
    papers: { lacks: [['no_document', count('papers') === 0 ? 1 : 0]], isDue: hasEnded, isNeeded: isAssessed },
    scores: {
      lacks: [['no_result', Math.max(enrolled - assessed, enrolled === 0 ? 1 : 0)]],
      isDue: hasEnded,
      isNeeded: isAssessed,
    },
    receipts: {
      lacks: [
        ['pending', pending],
        ['no_result', certificates === 0 && assessed === 0 ? Math.max(enrolled, 1) : 0],
        ['unsigned', certificates > 0 && count('receipts') === 0 ? 1 : 0],
      ],
      isDue: hasEnded,
      // Where everybody was assessed and nobody passed there is nothing to receive.
      isNeeded: isAssessed && (certificates > 0 || pending > 0 || assessed < Math.max(enrolled, 1)),
    },
  }
  return CLASS_FILE_PARTS.map((part) => {
    const { lacks, isDue, isNeeded = true } = rules[part]
    const [lack, n] = lacks.find(([, n]) => n > 0) ?? [null, 0]
    if (lack === null) return { part, state: isNeeded || count(part) > 0 ? 'there' : 'not_needed', lack, n }
    if (!isNeeded) return { part, state: 'not_needed', lack: null, n: 0 }
    const because = known.none[part]
    if (because !== undefined && (lack === 'no_document' || lack === 'unsigned'))
      return { part, state: 'none', lack: null, n: 0, because }
    return { part, state: isDue ? 'missing' : 'later', lack, n }
  })
}

export const countMissing = (states: readonly PartState[]): number =>
  states.filter(({ state }) => state === 'missing').length

/** `03`: a part's place in the file. */
export const partNumber = (part: ClassFilePart): string => String(CLASS_FILE_PARTS.indexOf(part) + 1).padStart(2, '0')

/** A name that every system can unpack: no folders, no signs that Windows forbids, not too long; the ending is the kind's. */
export function documentName(written: string, kind: FileKind): string {
  const base = written
    .normalize('NFC')
    .replace(/\.\w{1,5}$/, '')
    .replace(/[\p{Cc}\p{Cf}\\/:*?"<>|]+/gu, ' ')
    .replace(/^[\s.]+|[\s.]+$/g, '')
  return `${[...base].slice(0, 80).join('').trim() || 'document'}.${kind}`
}
