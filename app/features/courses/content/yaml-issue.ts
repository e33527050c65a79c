import { type Document, isMap, isNode, isScalar } from 'yaml'
import type { z } from 'zod'
import { nearest } from '#app/lib/nearest.ts'
import type { Finding } from '../problem.ts'

type Told = Pick<Finding, 'code' | 'detail' | 'hint'> & { offset: number }
type Path = readonly PropertyKey[]

/**
 * What zod found, said as a problem of its own kind, at its place: a key that is missing stands where its map begins, a key
 * that nobody knows where it is written. A `detail` begins with the path, and has in it what the reason needs.
 */
export function tellIssue(issue: z.core.$ZodIssue, shape: z.ZodType, document: Document): Told[] {
  const path = pathName(issue.path)
  const tell = (code: Finding['code'], detail: string, hint?: string): Told[] => [
    { offset: offsetOf(document, issue.path), code, detail, hint },
  ]
  const rule = () => tell('yaml_value', `${path}: ${issue.message}`)
  const isThere = document.hasIn(issue.path)
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({
        offset: offsetOfKey(document, issue.path, key) ?? offsetOf(document, issue.path),
        code: 'yaml_unknown',
        detail: key,
        hint: nearest(key, keysAt(shape, issue.path)),
      }))
    case 'invalid_type':
      return isThere ? tell('yaml_type', `${path} ${issue.expected}`) : tell('yaml_missing', path)
    case 'too_big':
      return isOwn(issue) ? rule() : tell('yaml_size', `${path} max ${issue.maximum} ${issue.origin}`)
    case 'too_small':
      return isOwn(issue) ? rule() : tell('yaml_size', `${path} min ${issue.minimum} ${issue.origin}`)
    case 'not_multiple_of':
      return tell('yaml_size', `${path} step ${issue.divisor} number`)
    case 'invalid_value':
    case 'invalid_union': {
      const values = issue.code === 'invalid_value' ? issue.values.map(String) : optionsOf(issue)
      if (!isThere) return tell('yaml_missing', path)
      if (values.length === 0) return tell('yaml_type', `${path} string`)
      return tell('yaml_choice', `${path} ${values.join(' ')}`, nearest(String(document.getIn(issue.path)), values))
    }
    default:
      return rule()
  }
}

/** A bound for which the shape has words of its own. */
const isOwn = ({ message }: z.core.$ZodIssue) => !/^Too (?:big|small)\b/.test(message)

/** The kinds of a union that is told apart by one of its keys. */
const optionsOf = (issue: object): string[] =>
  'options' in issue && Array.isArray(issue.options) ? issue.options.map(String) : []

/** `questions[3].answer`, as a person counts. */
const pathName = (path: Path): string =>
  path
    .map((part) => (typeof part === 'number' ? `[${part + 1}]` : `.${String(part)}`))
    .join('')
    .slice(1) || 'YAML'

/** Offset of the value at a path, or of the nearest thing above it that exists. */
function offsetOf(document: Document, path: Path): number {
  for (let length = path.length; length > 0; length--) {
    const node = document.getIn(path.slice(0, length), true)
    if (isNode(node) && node.range) return node.range[0]
  }
  return isNode(document.contents) ? (document.contents.range?.[0] ?? 0) : 0
}

function offsetOfKey(document: Document, path: Path, key: string): number | undefined {
  const map = path.length === 0 ? document.contents : document.getIn(path, true)
  if (!isMap(map)) return undefined
  const pair = map.items.find((item) => isScalar(item.key) && String(item.key.value) === key)
  return isScalar(pair?.key) ? pair.key.range?.[0] : undefined
}

/** The parts of a zod shape's definition that are walked here. */
type Definition = {
  type: string
  shape?: Record<string, z.ZodType>
  element?: z.ZodType
  innerType?: z.ZodType
  in?: z.ZodType
  options?: z.ZodType[]
}

/** The keys that a map at this path may have, by the shape. */
function keysAt(shape: z.ZodType, path: Path): string[] {
  const { type, shape: keys, element, innerType, in: from, options } = shape._zod.def as unknown as Definition
  const [first, ...rest] = path
  if (type === 'union') return (options ?? []).flatMap((option) => keysAt(option, path))
  if (innerType ?? from) return keysAt((innerType ?? from)!, path)
  if (first === undefined) return Object.keys(keys ?? {})
  const next = typeof first === 'number' ? element : keys?.[String(first)]
  return next ? keysAt(next, rest) : []
}
