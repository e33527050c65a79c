import { finishedHtml } from '#app/ui/finished-html.tsx'
import type { Block } from './blocks.ts'

type Island = Exclude<Block, { kind: 'html' }>

/** A block as a process keeps it: its text as the bytes that go out. */
export type StoredBlock = Island | { kind: 'html'; html: Uint8Array }

/** Blocks as the database has them, which publishing checked and alone writes. */
export const storedBlocks = (blocks: unknown): StoredBlock[] =>
  (blocks as Block[]).map((block) =>
    block.kind === 'html' ? { kind: 'html', html: new TextEncoder().encode(block.html) } : block,
  )

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
