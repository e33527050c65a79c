import { termName } from './terms.ts'
import type { TreeNode } from './tree.ts'

/**
 * Tells the tables with a caption and the terms of a lesson the how-manieth they are, for their ids; runs behind the guard,
 * so that no author can. Returns the names of the terms in the order of the text.
 */
export function numberParts(root: TreeNode): string[] {
  const terms: string[] = []
  let tables = 0
  const stack = [root]
  for (let node = stack.pop(); node; node = stack.pop()) {
    const place = node.name === 'Term' ? terms.push(termName(node)) : node.name === 'Table' ? ++tables : null
    if (place) node.attributes?.push({ type: 'mdxJsxAttribute', name: 'place', value: String(place) })
    stack.push(...[...(node.children ?? [])].reverse())
  }
  return terms
}
