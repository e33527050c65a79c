const TERM = /(?<=第)\d{1,6}(?=期)/

/** A name before and behind the number of its term (第6期), with that number; null: it has none. */
export function splitTerm(name: string): { before: string; term: number; behind: string } | null {
  const found = TERM.exec(name)
  if (!found) return null
  const [digits = ''] = found
  return { before: name.slice(0, found.index), term: Number(digits), behind: name.slice(found.index + digits.length) }
}

/**
 * The name of the next class of a kind: one past the highest term that it or any of `names` has that differ in it alone. A
 * name without a term stays.
 */
export function nextTerm(name: string, names: readonly string[]): string {
  const own = splitTerm(name)
  if (!own) return name
  const terms = names.map(splitTerm).filter((one) => one?.before === own.before && one.behind === own.behind)
  const last = Math.max(own.term, ...terms.map((one) => one!.term))
  return own.before + (last + 1) + own.behind
}
