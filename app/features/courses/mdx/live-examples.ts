import type { TreeNode } from './tree.ts'

type Fence = TreeNode & { meta?: string | null }

/**
 * In the manual a fence ```` ```mdx live ```` is an example: it shows how something is written, and what is written in it
 * stands above it as it looks. One source for both, so that neither can be wrong; the guard sees it like any other text.
 */
export function liveExamples(this: { parse(text: string): unknown }) {
  return (root: unknown): void => {
    const tree = root as TreeNode
    tree.children = (tree.children ?? []).flatMap((node: Fence) => {
      if (node.type !== 'code' || node.lang !== 'mdx' || node.meta !== 'live') return [node]
      // As many empty lines as stand before it in the file, so that a refusal names the right one.
      const before = '\n'.repeat(node.position?.start.line ?? 0)
      const example = this.parse(before + (node.value ?? '')) as TreeNode
      return [...(example.children ?? []), node]
    })
  }
}
