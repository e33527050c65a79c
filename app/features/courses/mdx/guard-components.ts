import { nearest } from '#app/lib/nearest.ts'
import { characterName, oddCharacter } from '../content/text.ts'
import type { Finding } from '../problem.ts'
import {
  attributeRule,
  COMPONENT_NAMES,
  type ComponentRule,
  componentAttributes,
  componentRule,
  LIMITS,
} from './allowed.ts'
import { checkChildren } from './guard-children.ts'
import {
  attributeText,
  checkMedia,
  checkPicture,
  type GuardContext,
  reporter,
  type Say,
  type Visit,
} from './guard-parts.ts'
import { termName, termOf } from './terms.ts'
import { type Attribute, isComponentNode, type TreeNode } from './tree.ts'

/** Findings about one `<Name …>`: its name, its place, its attributes, its content. */
export function checkComponent(visit: Visit, context: GuardContext): Finding[] {
  const { node } = visit
  const findings: Finding[] = []
  const say = reporter(node, findings)
  const name = node.name ?? ''
  const rule = componentRule(name)
  checkAttributes(node, rule, findings)
  if (!rule) {
    const isHtml = /^[a-z]/.test(name) || name === ''
    say(isHtml ? 'raw_html' : 'component_unknown', name, nearest(name, COMPONENT_NAMES))
    return findings
  }
  checkPlace(visit, name, rule, say)
  checkChildren(node, name, rule, say)
  if (name === 'Figure') {
    const src = attributeText(node, 'src')
    if (src !== undefined) checkPicture(src, attributeText(node, 'alt'), context, say)
  }
  if (name === 'Video' || name === 'Audio') checkMedia(node, context, say)
  if (name === 'Term' && !termOf(node, context.glossary))
    say('term_unknown', termName(node), nearest(termName(node), context.terms))
  return findings
}

/** Where the content of a component may stand: a list's or a quotation's own level, another component's. */
const ALONE = ['root', 'mdxJsxFlowElement', 'listItem', 'blockquote']
const IN_A_SENTENCE = ['paragraph', 'tableCell', 'strong', 'emphasis', 'mdxJsxFlowElement']

function checkPlace({ node, depth, parent }: Visit, name: string, rule: ComponentRule, say: Say): void {
  const above = parent?.type ?? ''
  if (rule.within) {
    if (!parent || !isComponentNode(parent) || parent.name !== rule.within) say('component_place', name)
  } else if (rule.isInline) {
    if (node.type !== 'mdxJsxTextElement' || !IN_A_SENTENCE.includes(above)) say('component_sentence', name)
  } else if (rule.isIsland && depth !== 1) say('island_nested', name)
  else if (node.type === 'mdxJsxTextElement' || !ALONE.includes(above)) say('component_inline', name)
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
    if (required && !seen.has(key)) reporter(node, findings)('attribute_missing', key, node.name ?? '')
  }
}

function checkAttribute(attribute: Attribute, node: TreeNode, rule: ComponentRule | undefined, say: Say): void {
  const { name = '', value } = attribute
  const allowed = rule && attributeRule(rule, name)
  if (/^on/i.test(name)) say('event_attribute', name)
  else if (value !== null && typeof value === 'object') say('attribute_expression', name)
  else if (typeof value === 'string' && SCRIPT_ADDRESS.test(value)) say('link_scheme', value)
  else if (rule && !allowed)
    say('attribute_unknown', `${node.name} ${name}`, nearest(name, componentAttributes(node.name ?? '')))
  else if (allowed && typeof value !== 'string') say('attribute_expression', name)
  else if (allowed && typeof value === 'string') {
    const { values, form, required } = allowed
    const odd = oddCharacter(value)
    if (odd >= 0) say('control_character', characterName(value, odd))
    else if (values && !values.includes(value))
      say('attribute_value', `${name}="${value}" (${values.join(', ')})`, nearest(value, values))
    else if (form && !form.pattern.test(value)) say('attribute_value', `${name}="${value}" (${form.example})`)
    else if (value.length > LIMITS.attributeLength) say('attribute_long', `${name} ${LIMITS.attributeLength}`)
    // An alternative text has its own words.
    else if (required && name !== 'alt' && value.trim() === '') say('attribute_missing', name, node.name ?? '')
  }
}

const SCRIPT_ADDRESS = /^\s*(?:javascript|data|vbscript):/i
