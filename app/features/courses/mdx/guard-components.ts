import type { Finding } from '../problem.ts'
import { attributeRule, type ComponentRule, componentRule } from './allowed.ts'
import { checkPicture, type GuardContext, reporter, type Say, type Visit } from './guard-parts.ts'
import type { Attribute, TreeNode } from './tree.ts'

/** Anything written like `<Name …>`: components and, in MDX, HTML too. */
export const isComponentNode = (node: TreeNode): boolean =>
  node.type === 'mdxJsxFlowElement' || node.type === 'mdxJsxTextElement'

/** Findings about one `<Name …>`: its name, its place, its attributes, its content. */
export function checkComponent({ node, depth, parent }: Visit, context: GuardContext): Finding[] {
  const findings: Finding[] = []
  const say = reporter(node, findings)
  const name = node.name ?? ''
  const rule = componentRule(name)
  checkAttributes(node, rule, findings)
  if (!rule) {
    say(/^[a-z]/.test(name) || name === '' ? 'raw_html' : 'component_unknown', name)
    return findings
  }
  if (rule.isIsland && depth !== 1) say('island_nested', name)
  else if (node.type === 'mdxJsxTextElement') say('component_inline', name)
  else if (!['root', 'mdxJsxFlowElement', 'listItem', 'blockquote'].includes(parent?.type ?? '')) {
    say('component_inline', name)
  }
  checkChildren(node, name, rule, say)
  if (name === 'Figure') {
    const text = (key: string) => node.attributes?.find((attribute) => attribute.name === key)?.value
    const src = text('src')
    if (typeof src === 'string') checkPicture(src, text('alt'), context, say)
  }
  return findings
}

function checkAttributes(node: TreeNode, rule: ComponentRule | undefined, findings: Finding[]): void {
  const seen = new Set<string>()
  for (const attribute of node.attributes ?? []) {
    const say = reporter(attribute.position ? attribute : node, findings)
    if (attribute.type !== 'mdxJsxAttribute') {
      say('spread')
      continue
    }
    checkAttribute(attribute, node, rule, say)
    if (seen.has(attribute.name ?? '')) say('attribute_twice', attribute.name)
    seen.add(attribute.name ?? '')
  }
  for (const [key, { required }] of Object.entries(rule?.attributes ?? {})) {
    if (required && !seen.has(key)) reporter(node, findings)('attribute_missing', key)
  }
}

function checkAttribute(attribute: Attribute, node: TreeNode, rule: ComponentRule | undefined, say: Say): void {
  const { name = '', value } = attribute
  const allowed = rule && attributeRule(rule, name)
  if (/^on/i.test(name)) say('event_attribute', name)
  else if (value !== null && typeof value === 'object') say('attribute_expression', name)
  else if (typeof value === 'string' && SCRIPT_ADDRESS.test(value)) say('link_scheme', value)
  else if (rule && !allowed) say('attribute_unknown', `${node.name} ${name}`)
  else if (allowed && typeof value !== 'string') say('attribute_expression', name)
  else if (allowed?.values && typeof value === 'string' && !allowed.values.includes(value)) {
    say('attribute_value', `${name}="${value}" (${allowed.values.join(', ')})`)
  }
}

const SCRIPT_ADDRESS = /^\s*(?:javascript|data|vbscript):/i

function checkChildren(node: TreeNode, name: string, rule: ComponentRule, say: Say): void {
  const children = (node.children ?? []).filter((child) => child.type !== 'text' || child.value?.trim() !== '')
  if (rule.children === 'none') {
    if (children.length > 0) say('component_children', name)
  } else if (children.length === 0) say('component_empty', name)
  else if (rule.children === 'list' && (children.length !== 1 || children[0]?.type !== 'list')) say('steps_list')
}
