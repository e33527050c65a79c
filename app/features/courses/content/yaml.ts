import { type Document, isAlias, isNode, isScalar, isSeq, LineCounter, parseDocument, type Scalar, visit } from 'yaml'
import type { z } from 'zod'
import { type Finding, finding } from '../problem.ts'
import { characterName, oddCharacter } from './text.ts'
import { tellIssue } from './yaml-issue.ts'

/** Nesting of a YAML file: a quiz needs 4. */
const MAX_DEPTH = 12

/**
 * Reads one YAML text into a zod shape. Plain data only: anchors, aliases, tags, several documents and duplicate keys
 * are refused. Every finding says the line and column in the file; `firstLine` is the file's line of the text's first.
 */
export function readYaml<S extends z.ZodType>(
  text: string,
  shape: S,
  firstLine = 1,
): { value: z.output<S> } | { findings: Finding[] } {
  const lines = new LineCounter()
  const at = (offset: number, code: Finding['code'], detail = '', hint?: string): Finding => {
    const { line, col } = lines.linePos(offset)
    return finding(Math.max(line, 1) + firstLine - 1, Math.max(col, 1), code, detail, hint)
  }
  const deep = tooDeep(text)
  if (deep) return { findings: [finding(deep.line + firstLine - 1, deep.column, 'too_deep', String(MAX_DEPTH))] }
  const document = parseSafely(text, lines)
  if (!document) return { findings: [finding(firstLine, 1, 'too_deep', String(MAX_DEPTH))] }

  const findings = [...document.errors, ...document.warnings].map(({ pos, code, message }) =>
    code === 'TAG_RESOLVE_FAILED' ? at(pos[0], 'yaml_tag', message) : at(pos[0], 'yaml_syntax', `${code} ${message}`),
  )
  visit(document, (_key, node, path) => {
    if (!isNode(node)) return
    const offset = node.range?.[0] ?? 0
    if (isAlias(node) || node.anchor) findings.push(at(offset, 'yaml_alias'))
    else if (node.tag && !node.tag.startsWith('tag:yaml.org,2002:')) findings.push(at(offset, 'yaml_tag', node.tag))
    const odd = isScalar(node) && typeof node.value === 'string' ? oddCharacter(node.value) : -1
    if (odd >= 0) findings.push(at(offset, 'control_character', characterName(String((node as Scalar).value), odd)))
    if (path.length > MAX_DEPTH * 2) findings.push(at(offset, 'too_deep', String(MAX_DEPTH)))
  })
  if (/^%/m.test(text)) findings.push(at(text.search(/^%/m), 'yaml_syntax', 'DIRECTIVE %'))
  if (findings.length > 0) return { findings: [...oddColons(text, firstLine), ...findings].slice(0, 20) }

  const parsed = shape.safeParse(document.toJS({ maxAliasCount: 0 }))
  if (parsed.success) return { value: parsed.data }
  const told = parsed.error.issues.flatMap((issue) => tellIssue(issue, shape, document))
  return {
    findings: [
      ...oddColons(text, firstLine),
      ...told.map(({ offset, code, detail, hint }) => at(offset, code, detail, hint)),
    ],
  }
}

/** Null: brackets nest over so many lines that the parser, which is recursive, ran out of stack. */
function parseSafely(text: string, lineCounter: LineCounter): Document.Parsed | null {
  try {
    const document = parseDocument(text, { lineCounter, schema: 'core', uniqueKeys: true, prettyErrors: false })
    visit(document, () => {})
    return document.errors.some(({ code }) => code === 'RESOURCE_EXHAUSTION') ? null : document
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}

/** Keys with a full-width colon, or with none of the space that YAML wants behind it: to YAML they are no keys at all. */
function oddColons(text: string, firstLine: number): Finding[] {
  return text.split('\n').flatMap((line, index) => {
    const [, before = '', key = ''] = /^([ -]*)([a-z_]+)(?:：|:(?=[^\s/]))/.exec(line) ?? []
    return key === '' ? [] : [finding(index + firstLine, before.length + key.length + 1, 'yaml_colon', key)]
  })
}

/** Where flow brackets or indentation nest deeper than any course needs, before the recursive parser sees them. */
function tooDeep(text: string): { line: number; column: number } | null {
  for (const [index, line] of text.split('\n').entries()) {
    let open = 0
    for (let column = 0; column < line.length; column++) {
      const sign = line[column]
      if (sign === '[' || sign === '{') open += 1
      if (sign === ']' || sign === '}') open = Math.max(0, open - 1)
      if (open > MAX_DEPTH) return { line: index + 1, column: column + 1 }
    }
    const dashes = /^(?:\s*[-?:]\s)+/.exec(line)?.[0] ?? ''
    if (dashes.replace(/\s/g, '').length > MAX_DEPTH) return { line: index + 1, column: 1 }
  }
  return null
}

/** Where the items of a list begin, in a text that was read before. */
export function placesOf(text: string, key: string): { line: number; column: number }[] {
  const lines = new LineCounter()
  const list = parseDocument(text, { lineCounter: lines, schema: 'core' }).get(key)
  if (!isSeq(list)) return []
  return list.items.map((item) => {
    const { line, col } = lines.linePos(isNode(item) ? (item.range?.[0] ?? 0) : 0)
    return { line: Math.max(line, 1), column: Math.max(col, 1) }
  })
}
