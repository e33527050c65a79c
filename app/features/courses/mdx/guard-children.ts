import type { ComponentRule } from './allowed.ts'
import type { Say } from './guard-parts.ts'
import { isComponentNode, type TreeNode } from './tree.ts'

/** Whether a component holds what it is made for, by the rule's `children`. */
export function checkChildren(node: TreeNode, name: string, rule: ComponentRule, say: Say): void {
  const children = (node.children ?? []).filter((child) => child.type !== 'text' || child.value?.trim() !== '')
  if (rule.children === 'none') {
    if (children.length > 0) say('component_children', name)
  } else if (children.length === 0) say('component_empty', name)
  else check[rule.children](children, say)
}

const types = (children: TreeNode[]) => children.map(({ type }) => type).join(' ')
const isColumn = (child: TreeNode) => isComponentNode(child) && child.name === 'Column'

const check: Record<Exclude<ComponentRule['children'], 'none'>, (children: TreeNode[], say: Say) => void> = {
  some: () => {},
  words: (children, say) => {
    if (types(children) !== 'text') say('words_only')
  },
  list: (children, say) => {
    if (types(children) !== 'list') say('steps_list')
  },
  table: (children, say) => {
    if (types(children) !== 'table') say('table_only')
  },
  formula: (children, say) => {
    if (!['math', 'math list'].includes(types(children))) say('formula_parts')
  },
  columns: (children, say) => {
    if (children.length < 2 || children.length > 3 || !children.every(isColumn)) say('columns')
  },
}
