import { z } from 'zod'
import { lineOfText } from './shapes.ts'

const entryShape = z.strictObject({
  /** The word as it stands in the list. */
  term: lineOfText(40),
  term_en: lineOfText(80).optional(),
  /** What else it is called: `<Term>` finds these too. */
  also: z.array(lineOfText(40)).max(6).default([]),
  /** What it means, in a sentence or two of plain words. */
  text: lineOfText(300),
})

/** glossary.yaml: the words of the trade that a course explains. */
export const glossaryShape = z
  .strictObject({ terms: z.array(entryShape).min(1).max(200) })
  .superRefine(({ terms }, context) => {
    const seen = new Set<string>()
    for (const [index, { term, also }] of terms.entries()) {
      for (const [at, name] of [term, ...also].entries()) {
        const path = ['terms', index, ...(at === 0 ? ['term'] : ['also', at - 1])]
        if (seen.has(nameKey(name))) context.addIssue({ code: 'custom', path, message: `${name} is explained twice` })
        seen.add(nameKey(name))
      }
    }
  })

export type GlossaryEntry = z.output<typeof entryShape>

/** `RCD`, `ｒｃｄ` and ` rcd ` are one word. */
const nameKey = (name: string): string => name.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase()

/** The entry that a name of a lesson means, by any of its names. */
export const findEntry = (glossary: readonly GlossaryEntry[], name: string): GlossaryEntry | undefined =>
  glossary.find(({ term, also }) => [term, ...also].some((one) => nameKey(one) === nameKey(name)))

/** Every name that a lesson may mark. */
export const namesOf = (glossary: readonly GlossaryEntry[]): string[] =>
  glossary.flatMap(({ term, also }) => [term, ...also])

const MARKED = /<Term\b([^>]*)>([^<]*)<\/Term>/g
const NAME = /\bname=(?:"([^"]*)"|'([^']*)')/

/** The entries that a lesson's text marks: its page is made of these, and changes with no other. */
export function entriesIn(text: string, glossary: readonly GlossaryEntry[]): GlossaryEntry[] {
  const names = [...text.matchAll(MARKED)].map(([, attributes = '', words = '']) => {
    const name = NAME.exec(attributes)
    return name?.[1] ?? name?.[2] ?? words
  })
  return glossary.filter((entry) => names.some((name) => findEntry([entry], name)))
}
