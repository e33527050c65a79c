import type { Refusal } from './refusal.ts'
import type { Merge, WorkbookRow } from './sheet.ts'

/** A sheet as the first reading sees it. */
export type SheetSeen = {
  name: string
  isHidden: boolean
  /** Rows in which something is written. */
  rows: number
  /** The first of them. */
  head: WorkbookRow[]
  merges: Merge[]
}

/** What the worker is asked. */
export type Job =
  | { kind: 'inspect'; path: string; headRows: number }
  | { kind: 'read'; path: string; sheets: { index: number; merges: Merge[] }[] }

/** What it answers; every `rows` wants a message back. */
export type Answer =
  | { kind: 'seen'; sheets: SheetSeen[] }
  | { kind: 'rows'; sheet: number; rows: WorkbookRow[] }
  | { kind: 'end' }
  | { kind: 'refused'; refusal: Refusal }
