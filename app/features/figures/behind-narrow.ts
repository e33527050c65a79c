import { MODES, type Mode } from '#db/values.ts'
import type { FactBehind, RowBehind } from './behind.ts'
import type { Figure } from './figures.ts'

/** What a list of persons is narrowed to, as its address says it; null: not narrowed. */
export type Narrowing = {
  /** 1 to 12: the month in which somebody first counted. The months of a figure add up to it. */
  month: number | null
  /** The code of a class in which something that counts happened. One person may stand in several classes. */
  classCode: string | null
  mode: Mode | null
}

const LONGEST_CODE = 60

/** Reads the filters of an address; what is unknown narrows nothing. */
export function readNarrowing(search: URLSearchParams): Narrowing {
  const month = Number(search.get('month') ?? '')
  const classCode = (search.get('class') ?? '').trim()
  return {
    month: Number.isInteger(month) && month >= 1 && month <= 12 ? month : null,
    classCode: classCode !== '' && classCode.length <= LONGEST_CODE ? classCode : null,
    mode: MODES.find((mode) => mode === search.get('mode')) ?? null,
  }
}

export const isNarrowed = ({ month, classCode, mode }: Narrowing): boolean =>
  month !== null || classCode !== null || mode !== null

/** The filters as a part of an address, from `&` on. */
export function writeNarrowing({ month, classCode, mode }: Narrowing): string {
  const search = new URLSearchParams()
  if (month !== null) search.set('month', String(month))
  if (classCode !== null) search.set('class', classCode)
  if (mode !== null) search.set('mode', mode)
  return search.size > 0 ? `&${search}` : ''
}

const dayOf = (fact: FactBehind) => (fact.kind === 'credit' ? fact.creditedOn : fact.assessedOn)

/**
 * The rows that a narrowing leaves. `firstOn`: by person the day on which they came to count, where the figure has one; else
 * it is the day of the row's first fact.
 */
export function narrow(
  rows: readonly RowBehind[],
  { month, classCode, mode }: Narrowing,
  firstOn: ReadonlyMap<string, string>,
): RowBehind[] {
  return rows.filter((row) => {
    const first = firstOn.get(row.personId) ?? row.facts.map(dayOf).sort()[0] ?? ''
    return (
      (month === null || Number(first.slice(5, 7)) === month) &&
      ((classCode === null && mode === null) ||
        row.facts.some(
          (fact) => (classCode === null || fact.classCode === classCode) && (mode === null || fact.mode === mode),
        ))
    )
  })
}

/** The day on `member` by which a figure's persons came to count; null: their first fact tells. */
export function dayColumn(figure: Figure): 'trained_on' | 'practical_on' | 'certified_on' | 'improved_on' | null {
  if (figure.endsWith('_times')) return null
  if (figure.startsWith('improved')) return 'improved_on'
  if (figure.startsWith('certified') || figure === 'levelled') return 'certified_on'
  if (figure.startsWith('practical')) return 'practical_on'
  return figure.startsWith('trained') ? 'trained_on' : null
}
