import { normaliseName } from './names.ts'

/** Somebody on a list, the document masked as for those who work with the person. */
export type Listed = { id: string; name: string; document: string | null }

export type PersonFault =
  | 'unknown_name' // nobody of this name is on the list
  | 'other_document' // somebody is, with another document
  | 'ambiguous' // several are: the document's ending tells which
  | 'twice' // the same person in a line above
  | 'no_row' // told by its place, and the list is shorter

type Line = { line: number; cells: { name?: string; document?: string } }

/**
 * Finds whom each pasted line is about: by name and, where it is given, the document or its ending; without a column of
 * names by place, the first line being the list's row `from`. Lines without a name, in a paste that has names, are passed over.
 */
export function matchPasted<L extends Line>(
  lines: readonly L[],
  listed: readonly Listed[],
  from = 0,
): { found: { line: L; id: string }[]; faults: { line: L; fault: PersonFault }[] } {
  const found: { line: L; id: string }[] = []
  const faults: { line: L; fault: PersonFault }[] = []
  const taken = new Set<string>()
  const isNamed = lines.some(({ cells }) => cells.name !== undefined)
  const byName = new Map<string, Listed[]>()
  for (const one of listed) byName.set(one.name, [...(byName.get(one.name) ?? []), one])
  for (const [at, line] of lines.entries()) {
    if (isBlank(line, isNamed)) continue
    const match = isNamed ? byNameOf(line, byName) : (listed[from + at] ?? 'no_row')
    if (typeof match === 'string') faults.push({ line, fault: match })
    else if (taken.has(match.id)) faults.push({ line, fault: 'twice' })
    else {
      taken.add(match.id)
      found.push({ line, id: match.id })
    }
  }
  return { found, faults }
}

const isBlank = ({ cells }: Line, isNamed: boolean) =>
  isNamed ? (cells.name ?? '') === '' : Object.values(cells).every((cell) => cell === '')

function byNameOf({ cells }: Line, byName: ReadonlyMap<string, Listed[]>): Listed | PersonFault {
  const named = byName.get(normaliseName(cells.name ?? '')) ?? []
  if (named.length === 0) return 'unknown_name'
  const written = cells.document ?? ''
  const fitting = written === '' ? named : named.filter(({ document }) => document !== null && fits(document, written))
  if (fitting.length === 0) return 'other_document'
  return fitting.length > 1 ? 'ambiguous' : fitting[0]!
}

/**
 * Whether a document that is typed whole, masked, or by its last characters may be the masked one: whatever both show is the
 * same, and at least the end is shown.
 */
function fits(masked: string, written: string): boolean {
  const text = written
    .normalize('NFKC')
    .replace(/[\s'’\u200B-\u200F\uFEFF]+/g, '')
    .toUpperCase()
  const [head, tail] = endsOf(masked)
  const [typedHead, typedTail] = text.includes('*') ? endsOf(text) : [text.length >= masked.length ? text : '', text]
  const isHeadSame = typedHead.startsWith(head) || head.startsWith(typedHead)
  return isHeadSame && typedTail.endsWith(tail)
}

const endsOf = (masked: string): [string, string] => [
  masked.slice(0, masked.indexOf('*')),
  masked.slice(masked.lastIndexOf('*') + 1),
]
