/**
 * What somebody most likely meant: the candidate that is fewest mistakes away (a letter left out, added, exchanged, or two
 * swapped), at most one in three letters. Capitals and width do not count. Undefined: nothing is near.
 */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  const meant = fold(word)
  let best: string | undefined
  let fewest = Math.max(1, Math.floor([...meant].length / 3)) + 1
  for (const candidate of candidates) {
    const distance = mistakes([...meant], [...fold(candidate)], fewest)
    if (distance < fewest) [best, fewest] = [candidate, distance]
  }
  return best
}

const fold = (text: string) => text.normalize('NFKC').trim().toLowerCase().slice(0, 60)

/** Mistakes between two words (optimal string alignment); `limit` or more is not told apart. */
function mistakes(one: string[], other: string[], limit: number): number {
  if (Math.abs(one.length - other.length) >= limit) return limit
  let before: number[] = []
  let last = [0, ...other.map((_, index) => index + 1)]
  for (const [i, letter] of one.entries()) {
    const row = [i + 1]
    for (const [j, against] of other.entries()) {
      const same = letter === against ? 0 : 1
      let least = Math.min(last[j]! + same, last[j + 1]! + 1, row[j]! + 1)
      const isSwapped = letter === other[j - 1] && one[i - 1] === against
      if (i > 0 && j > 0 && isSwapped) least = Math.min(least, before[j - 1]! + 1)
      row.push(least)
    }
    ;[before, last] = [last, row]
  }
  return last.at(-1)!
}
