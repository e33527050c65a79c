import type { Block } from './blocks.ts'

/** A block as a page gets it; `html` null: it stands in the document already (ui/finished-html.tsx). */
export type ShownBlock = Exclude<Block, { kind: 'html' }> | { kind: 'html'; html: string | null }

/** Names a block within a document. */
export const blockId = (lessonSlug: string, index: number): string => `${lessonSlug}-${index}`

/** Blocks whose text goes into the document by `store` and not into its data. */
export function storeHtml(
  lessonSlug: string,
  blocks: readonly Block[],
  store: Map<string, string | Uint8Array>,
): ShownBlock[] {
  return blocks.map((block, index) => {
    if (block.kind !== 'html') return block
    store.set(blockId(lessonSlug, index), block.html)
    return { kind: 'html', html: null }
  })
}
