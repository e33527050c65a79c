import { type Finding, finding } from '../problem.ts'
import { componentRule, isAllowedLink } from './allowed.ts'
import type { Point } from './tree.ts'

/** The part of the HTML syntax tree (hast with mdx) that is read here. */
export type HtmlNode = {
  type: string
  tagName?: string
  name?: string | null
  value?: string
  properties?: Record<string, unknown>
  children?: HtmlNode[]
  position?: { start: Point }
}

const HTML =
  'p h2 h3 h4 h5 h6 strong em del code pre blockquote ul ol li hr br a img table thead tbody tr th td sup section input span'
const MATHML =
  'math semantics annotation mrow mi mn mo ms mtext mspace mfrac msqrt mroot msub msup msubsup munder mover munderover ' +
  'mmultiscripts mprescripts none mtable mtr mlabeledtr mtd mstyle mpadded mphantom menclose merror mglyph'
const TAGS = new Set(`${HTML} ${MATHML}`.split(' '))

/** A rehype plugin's work after all others: what is not on the list of harmless elements is reported, styles are dropped. */
export function checkOutput(root: HtmlNode): Finding[] {
  const findings: Finding[] = []
  const stack: HtmlNode[] = [root]
  while (stack.length > 0) {
    const node = stack.pop()!
    const { line, column } = node.position?.start ?? { line: 1, column: 1 }
    const refuse = (what: string) => findings.push(finding(line, column, 'output_refused', what))
    if (node.type === 'element') checkElement(node, refuse)
    else if (node.type === 'mdxJsxFlowElement' || node.type === 'mdxJsxTextElement') {
      if (!componentRule(node.name ?? '')) refuse(node.name ?? '<>')
    } else if (!['root', 'text', 'comment'].includes(node.type)) refuse(node.type)
    stack.push(...(node.children ?? []))
  }
  return findings
}

function checkElement(node: HtmlNode, refuse: (what: string) => void): void {
  const tag = node.tagName ?? ''
  const properties = node.properties ?? {}
  // KaTeX sizes some boxes by a style; the page's policy would drop it anyway.
  delete properties.style
  if (!TAGS.has(tag)) refuse(tag)
  for (const [name, value] of Object.entries(properties)) {
    if (/^on/i.test(name) || name === 'srcDoc' || name === 'dangerouslySetInnerHTML') refuse(name)
    if ((name === 'href' || name === 'src') && !isAllowedLink(String(value))) refuse(`${name}=${String(value)}`)
  }
}

/** Gives every heading an id made of its own words, so that a colleague can be sent to the very paragraph. */
export function nameHeadings(root: HtmlNode): void {
  const used = new Map<string, number>()
  const visit = (node: HtmlNode) => {
    if (/^h[2-6]$/.test(node.tagName ?? '') && !node.properties?.id) {
      const slug = textOf(node)
        .normalize('NFKC')
        .toLowerCase()
        .replace(/[^\p{L}\p{N}]+/gu, '-')
        .replace(/^-|-$/g, '')
      const count = (used.get(slug) ?? 0) + 1
      used.set(slug, count)
      node.properties = { ...node.properties, id: `s-${slug.slice(0, 60)}${count > 1 ? `-${count}` : ''}` }
    }
    for (const child of node.children ?? []) visit(child)
  }
  visit(root)
}

const textOf = (node: HtmlNode): string => (node.value ?? '') + (node.children ?? []).map(textOf).join('')
