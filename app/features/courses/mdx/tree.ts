/** The part of the Markdown syntax tree (mdast with mdx) that the guard reads. */
export type Point = { line: number; column: number }

export type Attribute = {
  type: string
  name?: string
  /** Text, null for a bare attribute, or an object for an expression. */
  value?: unknown
  position?: { start: Point }
}

export type TreeNode = {
  type: string
  children?: TreeNode[]
  position?: { start: Point }
  name?: string | null
  attributes?: Attribute[]
  value?: string
  url?: string
  alt?: string | null
  /** The language of a code fence. */
  lang?: string | null
  depth?: number
  ordered?: boolean | null
}

/** Anything written like `<Name …>`: components and, in MDX, HTML too. */
export const isComponentNode = (node: TreeNode): boolean =>
  node.type === 'mdxJsxFlowElement' || node.type === 'mdxJsxTextElement'

/** The words that stand directly in a node. */
export const wordsOf = (node: TreeNode): string => (node.children ?? []).map((child) => child.value ?? '').join('')
