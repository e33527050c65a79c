/** A piece of a text; `isHit`: it is one of the words that were looked for. */
export type Piece = { text: string; isHit: boolean }

const LATIN = /^[a-z0-9]/

/**
 * A text cut where searched words stand in it. Words are folded (lower case, half-width) as search_terms() gives them; the
 * text keeps its own writing. Pairs of Chinese characters that follow one another become one hit; a Latin word hits from
 * its beginning, as it was searched.
 */
export function highlight(text: string, terms: readonly string[]): Piece[] {
  const { folded, places } = fold(text)
  const isHit = new Array<boolean>(text.length).fill(false)
  for (const term of terms.flatMap(variants)) {
    for (let at = folded.indexOf(term); at >= 0; at = folded.indexOf(term, at + 1)) {
      if (LATIN.test(term) && at > 0 && LATIN.test(folded[at - 1]!)) continue
      isHit.fill(true, places[at], places[at + term.length] ?? text.length)
    }
  }
  return pieces(text, isHit)
}

/** Of gb26860, in texts GB 26860, the number stands alone too. */
const variants = (term: string): string[] => {
  const number = /^[a-z]{2,}-?(\d{2,})$/.exec(term)?.[1]
  return number ? [term, number] : [term]
}

/** The folded text, and for each of its units where the character that it came from begins. */
function fold(text: string): { folded: string; places: number[] } {
  let folded = ''
  const places: number[] = []
  let at = 0
  for (const character of text) {
    const alike = PLAIN.test(character) ? character : character.normalize('NFKC').toLowerCase().replace(DASH, '-')
    folded += alike
    for (let unit = 0; unit < alike.length; unit++) places.push(at)
    at += character.length
  }
  return { folded, places }
}

/** Most of a Chinese text: what is folded to itself. */
const PLAIN = /[\u4e00-\u9fff\u3001\u3002a-z0-9 ]/
const DASH = /[\u2010-\u2015\u2212\uFE58]/

function pieces(text: string, isHit: readonly boolean[]): Piece[] {
  const found: Piece[] = []
  let from = 0
  for (let at = 1; at <= text.length; at++) {
    if (at < text.length && isHit[at] === isHit[from]) continue
    found.push({ text: text.slice(from, at), isHit: isHit[from]! })
    from = at
  }
  return found
}
