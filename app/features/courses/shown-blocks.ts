import { finishedHtml } from '#app/ui/finished-html.tsx'
import type { Block } from './blocks.ts'

type Island = Exclude<Block, { kind: 'html' }>

/** A block as a process keeps it: its text as the bytes that go out. */
export type StoredBlock = Island | { kind: 'html'; html: Uint8Array }

/** Blocks as the database has them, which publishing checked and alone writes. */
export const storedBlocks = (blocks: unknown): StoredBlock[] =>
  (blocks as Block[]).map((block, index) =>
    block.kind === 'html'
      ? { kind: 'html', html: new TextEncoder().encode(index === 0 ? firstAtOnce(block.html) : block.html) }
      : block,
  )

/** What a phone shows before anyone scrolls, in letters of HTML: generously. */
const FIRST_SCREEN = 4000

/** A picture on the first screen is what its reader waits for: it comes with the text, others when they come into view. */
function firstAtOnce(html: string): string {
  const at = html.indexOf(' loading="lazy"')
  return at < 0 || at > FIRST_SCREEN ? html : html.replace(' loading="lazy"', ' fetchpriority="high"')
}

/** A block as a page gets it; `html` null: it stands in the document already (ui/finished-html.tsx). */
export type ShownBlock = Island | { kind: 'html'; html: string | null }

/** Names a block within a document. */
export const blockId = (lessonSlug: string, index: number): string => `${lessonSlug}-${index}`

/** Blocks for an answer: in a document their text goes in once, and not into its data too. */
export function showBlocks(
  answer: Parameters<typeof finishedHtml>[0],
  lessonSlug: string,
  blocks: readonly StoredBlock[],
): ShownBlock[] {
  return blocks.map((block, index) =>
    block.kind === 'html'
      ? { kind: 'html', html: finishedHtml(answer, blockId(lessonSlug, index), block.html) }
      : block,
  )
}
