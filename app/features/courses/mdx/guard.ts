import { characterName, oddCharacter } from '../content/text.ts'
import type { Finding } from '../problem.ts'
import { FORMULA_COMMANDS, isAllowedLink, LIMITS, MARKDOWN_NODES } from './allowed.ts'
import { checkComponent } from './guard-components.ts'
import { checkOnce } from './guard-once.ts'
import { checkPicture, type GuardContext, reporter, type Say, type Visit } from './guard-parts.ts'
import { isComponentNode, type TreeNode } from './tree.ts'

/** Findings of one lesson are many or one; nobody reads more than these. */
const MAX_FINDINGS = 50

/**
 * Reads the syntax tree of a lesson before any other plugin does, and reports everything that is not plain teaching
 * text: MDX is a programming language, and its compiler would run or bundle what stands there. Walks without recursion,
 * so that no nesting can exhaust the stack. Returns an empty list for a lesson that may be compiled.
 */
export function guardTree(root: TreeNode, context: GuardContext): Finding[] {
  const findings: Finding[] = []
  const components: TreeNode[] = []
  const count = { nodes: 0, formulas: 0 }
  const stack: Visit[] = [{ node: root, depth: 0, parent: null }]
  while (stack.length > 0 && findings.length < MAX_FINDINGS) {
    const visit = stack.pop()!
    const { node, depth } = visit
    const say = reporter(node, findings)
    count.nodes += 1
    if (count.nodes > LIMITS.nodes) {
      say('too_many_nodes', String(LIMITS.nodes))
      break
    }
    if (depth > LIMITS.depth) {
      say('too_deep', String(LIMITS.depth))
      continue
    }
    if (isComponentNode(node)) {
      findings.push(...checkComponent(visit, context))
      components.push(node)
    } else checkMarkdown(node, context, count, say)
    for (const child of [...(node.children ?? [])].reverse())
      stack.push({ node: child, depth: depth + 1, parent: node })
  }
  findings.push(...checkOnce(components, context))
  const isPlaced = components.some(({ name }) => name === 'Quiz')
  if (!isPlaced && context.hasQuiz && findings.length === 0) reporter(root, findings)('quiz_unplaced')
  return findings
}

function checkMarkdown(node: TreeNode, context: GuardContext, count: { formulas: number }, say: Say): void {
  const { type } = node
  const odd = oddCharacter(node.value ?? '')
  if (odd >= 0) say('control_character', characterName(node.value ?? '', odd))
  if (type === 'mdxjsEsm') say('import_export')
  else if (type === 'mdxFlowExpression' || type === 'mdxTextExpression') say('expression')
  else if (type === 'html') say('raw_html', node.value)
  else if (type === 'imageReference') say('image_source', node.alt ?? '')
  else if (!MARKDOWN_NODES.has(type)) say('node_unknown', type)
  else if (type === 'heading' && node.depth === 1) say('heading_level')
  else if ((type === 'link' || type === 'definition') && !isAllowedLink(node.url ?? '')) say('link_scheme', node.url)
  else if (type === 'image') checkPicture(node.url ?? '', node.alt, context, say)
  // rehype-katex would read a fence marked `math` as a formula.
  else if (type === 'code' && /^math\b/i.test(node.lang ?? '')) say('node_unknown', '```math')
  else if (type === 'math' || type === 'inlineMath') {
    count.formulas += 1
    checkFormula(node.value ?? '', count.formulas, say)
  }
}

function checkFormula(value: string, index: number, say: Say): void {
  if (index > LIMITS.formulas) say('too_many_formulas', String(LIMITS.formulas))
  if (value.length > LIMITS.formulaLength) say('formula_long', String(LIMITS.formulaLength))
  const command = FORMULA_COMMANDS.exec(value)?.[0]
  if (command) say('formula_command', command)
}
