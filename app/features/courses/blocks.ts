import { z } from 'zod'

/**
 * A lesson as it is stored and served: runs of finished HTML, and islands that the page renders with React. The browser
 * never sees or evaluates MDX.
 */
export type Block = { kind: 'html'; html: string } | { kind: 'island'; name: IslandName; props: Record<string, string> }

export type IslandName = 'Quiz'

export const blocksShape = z.array(
  z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('html'), html: z.string() }),
    z.strictObject({ kind: z.literal('island'), name: z.literal('Quiz'), props: z.record(z.string(), z.string()) }),
  ]),
)

/**
 * What must never stand in a block, whatever the guard let through and whatever the worker says: the last of three walls
 * (guard, output check, this), outside the worker, and the only one that looks at the text that browsers get.
 */
export function refusedMarkup(html: string): string | null {
  const tags = html.replace(OWN_ICON, '').match(/<[^>]*>/g) ?? []
  for (const tag of tags) {
    if (/^<\/?(?:script|style|iframe|object|embed|form|input|button|link|meta|base|svg|template)\b/i.test(tag))
      return tag
    const attributes = tag.replace(/="[^"]*"/g, '=')
    if (/[\s/"']on\w+\s*=/i.test(attributes) || /\sstyle\s*=/i.test(attributes)) return tag
    if (/\b(?:href|src|action|formaction|xlink:href)="\s*(?:javascript|data|vbscript):/i.test(tag)) return tag
  }
  return null
}

/** The design system's icons, to the letter; no other SVG stands in a lesson's text. */
const OWN_ICON = /<svg class="icon" viewBox="0 0 20 20" aria-hidden="true"><path d="[\w .-]*"><\/path><\/svg>/g

/** Raise it when the same text would compile to other blocks: every lesson is then compiled anew. */
export const COMPILER_VERSION = 'blocks-3'
