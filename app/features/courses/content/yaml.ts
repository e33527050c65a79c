import { isAlias, isNode, LineCounter, parseDocument, visit } from 'yaml'
import type { z } from 'zod'
import { type Finding, finding } from '../problem.ts'

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
  const at = (offset: number, code: Finding['code'], detail = ''): Finding => {
    const { line, col } = lines.linePos(offset)
    return finding(Math.max(line, 1) + firstLine - 1, Math.max(col, 1), code, detail)
  }
  const deep = tooDeep(text)
  if (deep) return { findings: [finding(deep.line + firstLine - 1, deep.column, 'too_deep', String(MAX_DEPTH))] }
  const document = parseDocument(text, { lineCounter: lines, schema: 'core', uniqueKeys: true, prettyErrors: false })

  const findings = [...document.errors, ...document.warnings].map(({ pos, code, message }) =>
    at(pos[0], code === 'TAG_RESOLVE_FAILED' ? 'yaml_tag' : 'yaml_syntax', message),
  )
  visit(document, (_key, node, path) => {
    if (!isNode(node)) return
    const offset = node.range?.[0] ?? 0
    if (isAlias(node) || node.anchor) findings.push(at(offset, 'yaml_alias'))
    else if (node.tag && !node.tag.startsWith('tag:yaml.org,2002:')) findings.push(at(offset, 'yaml_tag', node.tag))
    if (path.length > MAX_DEPTH * 2) findings.push(at(offset, 'too_deep', String(MAX_DEPTH)))
  })
  if (/^%/m.test(text)) findings.push(at(text.search(/^%/m), 'yaml_syntax', '%'))
  if (findings.length > 0) return { findings: findings.slice(0, 20) }

  const parsed = shape.safeParse(document.toJS({ maxAliasCount: 0 }))
  if (parsed.success) return { value: parsed.data }
  return {
    findings: parsed.error.issues.map((issue) => {
      const path = issue.path.map(String)
      return at(offsetOf(document, issue.path), 'yaml_value', `${path.join('.') || 'YAML'}: ${issue.message}`)
    }),
  }
}

type Path = readonly PropertyKey[]

/** Offset of the value at a path, or of the nearest thing above it that exists. */
function offsetOf(document: ReturnType<typeof parseDocument>, path: Path): number {
  for (let length = path.length; length > 0; length--) {
    const node = document.getIn(path.slice(0, length), true)
    if (isNode(node) && node.range) return node.range[0]
  }
  return isNode(document.contents) ? (document.contents.range?.[0] ?? 0) : 0
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
