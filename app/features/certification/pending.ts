import { isDateString } from '#app/lib/calendar.ts'
import { isId } from '#app/lib/ids.ts'
import type { SheetColumn } from '#app/lib/sheet.server.ts'
import type { pendingWords } from './pending-words.ts'

/** Somebody who passed and has no certificate yet (合格待发证). The document is masked. */
export type PendingRow = {
  assessmentId: string
  name: string
  document: string | null
  classId: string
  classCode: string
  className: string
  assessedOn: string
  /** Days since the assessment, by Shanghai's calendar. */
  daysWaiting: number
  /** When the class said certificates would come; null: it did not. */
  expectedOn: string | null
}

/** Which part of the list: of one class, or all; and where a page begins. */
export type PendingPlace = { classId: string | null; after: { assessedOn: string; id: string } | null }

export function readPendingPlace(search: URLSearchParams): PendingPlace {
  const classId = search.get('class') ?? ''
  const [assessedOn = '', id = ''] = (search.get('after') ?? '').split('_')
  return {
    classId: isId(classId) ? classId : null,
    after: isDateString(assessedOn) && isId(id) ? { assessedOn, id } : null,
  }
}

/** The address of a part of the list, relative to its page. */
export function pendingAddress({ classId, after }: PendingPlace): string {
  const params = new URLSearchParams()
  if (classId) params.set('class', classId)
  if (after) params.set('after', `${after.assessedOn}_${after.id}`)
  return `?${params}`
}

/** The list as a sheet, masked as on the page. The last column is empty, for the numbers to be written in and pasted back. */
export function pendingColumns(w: (typeof pendingWords)['zh-CN']): SheetColumn<PendingRow>[] {
  return [
    { head: w.name, width: 12, value: (row) => row.name },
    { head: w.document, width: 24, value: (row) => row.document },
    { head: w.classCode, width: 18, value: (row) => row.classCode },
    { head: w.class, width: 36, value: (row) => row.className },
    { head: w.assessedOn, width: 14, value: (row) => row.assessedOn },
    { head: w.daysWaiting, value: (row) => row.daysWaiting },
    { head: w.expectedOn, width: 16, value: (row) => row.expectedOn },
    { head: w.number, width: 28, value: () => null },
    { head: w.issuedOn, width: 14, value: () => null },
  ]
}
