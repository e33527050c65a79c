import { COLUMNS } from './columns.ts'
import type { Message } from './problem.ts'
import type { Correction } from './upload.ts'

export const FINDING_VIEWS = ['errors', 'corrections', 'warnings'] as const
export type FindingView = (typeof FINDING_VIEWS)[number]

const PAGE = 50

/** A page of what a check found: sentences in the reader's language, made at the server. */
export type FindingsPage = {
  view: FindingView
  counts: Record<FindingView, number>
  messages: Message[]
  corrections: (Omit<Correction, 'field'> & { header: string | null })[]
  hasSheets: boolean
  page: number
  from: number
  pages: number
}

/** The view that the address asks for, else the first that has anything. */
export function readFindingsPage(
  found: { errors: readonly Message[]; warnings: readonly Message[]; corrections: readonly Correction[] },
  search: URLSearchParams,
): FindingsPage {
  const counts = {
    errors: found.errors.length,
    warnings: found.warnings.length,
    corrections: found.corrections.length,
  }
  const asked = FINDING_VIEWS.find((view) => view === search.get('view'))
  const view = asked ?? FINDING_VIEWS.find((one) => counts[one] > 0) ?? 'errors'
  const pages = Math.max(1, Math.ceil(counts[view] / PAGE))
  const page = Math.min(Math.max(1, Math.floor(Number(search.get('page')) || 1)), pages)
  const part = <T>(all: readonly T[]) => all.slice((page - 1) * PAGE, page * PAGE)
  const all = [...found.errors, ...found.warnings]
  return {
    view,
    counts,
    messages: view === 'corrections' ? [] : part(found[view]),
    corrections:
      view === 'corrections'
        ? part(found.corrections).map(({ field, ...one }) => ({
            ...one,
            header: field === 'seat' ? null : COLUMNS[field].header,
          }))
        : [],
    hasSheets: all.some(({ sheet }) => sheet) || found.corrections.some(({ sheet }) => sheet),
    page,
    from: (page - 1) * PAGE + 1,
    pages,
  }
}
