import { findEntry, type GlossaryEntry } from '../content/glossary.ts'
import { attributeText } from './guard-parts.ts'
import { type TreeNode, wordsOf } from './tree.ts'

/** The word that a `<Term>` explains: its `name`, or else what stands in it. */
export const termName = (node: TreeNode): string => attributeText(node, 'name') ?? wordsOf(node)

export const termOf = (node: TreeNode, glossary: readonly GlossaryEntry[]): GlossaryEntry | undefined =>
  findEntry(glossary, termName(node))
