import { SLUG } from '../progress.ts'

/** What a lesson may contain: the one list that the guard, the second wall behind it and the components share. */

export type AttributeRule = {
  required?: boolean
  /** The permitted values; without it any text. */
  values?: readonly string[]
  /** What the text must look like, with one that does. */
  form?: { pattern: RegExp; example: string }
}

export type ComponentRule = {
  attributes: Readonly<Record<string, AttributeRule>>
  /**
   * `none`: `<Figure />`; `some`: must hold something; `words`: plain words of a sentence; `list`: exactly one numbered
   * list; `table`: exactly one table; `formula`: one display formula, then at most one list of its symbols; `columns`: two
   * or three `<Column>`.
   */
  children: 'none' | 'some' | 'words' | 'list' | 'table' | 'formula' | 'columns'
  /** An island is rendered by the browser's React, so it stands at the top level, and once. */
  isIsland?: boolean
  /** Stands in a sentence; every other component stands alone. */
  isInline?: boolean
  /** The component that it stands in directly, and nowhere else. */
  within?: string
}

const CALLOUT_KINDS = ['info', 'note', 'tip', 'warn', 'warning', 'danger'] as const

const YES_NO = { values: ['yes', 'no'] } as const

const COMPONENTS: Readonly<Record<string, ComponentRule>> = {
  Figure: { attributes: { src: { required: true }, alt: { required: true }, caption: {} }, children: 'none' },
  Video: {
    attributes: {
      src: { required: true },
      title: { required: true },
      captions: { required: true },
      poster: {},
      required: YES_NO,
    },
    children: 'some',
  },
  Audio: { attributes: { src: { required: true }, title: { required: true }, required: YES_NO }, children: 'some' },
  Callout: { attributes: { kind: { values: CALLOUT_KINDS }, title: {} }, children: 'some' },
  Steps: { attributes: {}, children: 'list' },
  Example: { attributes: { title: {} }, children: 'some' },
  Compare: { attributes: {}, children: 'columns' },
  Column: {
    attributes: { title: { required: true }, kind: { values: ['right', 'wrong'] } },
    children: 'some',
    within: 'Compare',
  },
  Table: { attributes: { caption: { required: true }, note: {} }, children: 'table' },
  Formula: {
    attributes: { number: { required: true, form: { pattern: /^\d{1,2}(?:-\d{1,2})?$/, example: '1' } } },
    children: 'formula',
  },
  Term: { attributes: { name: {} }, children: 'words', isInline: true },
  Quiz: { attributes: {}, children: 'none', isIsland: true },
}

export const COMPONENT_NAMES = Object.keys(COMPONENTS)

/** The rule of a component, by own key only: `constructor` is none. */
export const componentRule = (name: string): ComponentRule | undefined =>
  Object.hasOwn(COMPONENTS, name) ? COMPONENTS[name] : undefined

/** The attributes that a component may have. */
export const componentAttributes = (name: string): string[] => Object.keys(componentRule(name)?.attributes ?? {})

export const attributeRule = (rule: ComponentRule, name: string): AttributeRule | undefined =>
  Object.hasOwn(rule.attributes, name) ? rule.attributes[name] : undefined

/** Markdown that may appear. What is missing here (raw HTML, expressions, import) has its own refusal in the guard. */
export const MARKDOWN_NODES: ReadonlySet<string> = new Set([
  'root',
  'paragraph',
  'heading',
  'text',
  'emphasis',
  'strong',
  'delete',
  'inlineCode',
  'code',
  'blockquote',
  'list',
  'listItem',
  'thematicBreak',
  'break',
  'link',
  'linkReference',
  'definition',
  'image',
  'imageReference',
  'table',
  'tableRow',
  'tableCell',
  'footnoteReference',
  'footnoteDefinition',
  'math',
  'inlineMath',
])

export const LIMITS = {
  /** Levels of the syntax tree; a list in a list in a callout is 10. */
  depth: 24,
  nodes: 20_000,
  formulas: 200,
  formulaLength: 1000,
  /** Of an attribute: an alternative text is the longest. */
  attributeLength: 300,
  /** Videos and recordings: a heartbeat tells of no more (time/beat.ts). */
  media: 6,
} as const

/** TeX that leaves the formula (links, pictures, HTML) or defines macros, which can grow without end. */
export const FORMULA_COMMANDS =
  /\\(?:href|url|includegraphics|html[A-Za-z]*|def|gdef|edef|xdef|let|futurelet|global|long|newcommand|renewcommand|providecommand|catcode|char|csname|expandafter|noexpand|input|write|immediate|message|errmessage)(?![A-Za-z])/

/** A picture is a file of the course's own folder. */
export const ASSET_NAME = new RegExp(`^${SLUG}\\.svg$`)

/** Videos and recordings, and their captions, lie in the folder `media` beside the lessons. */
export const MEDIA_NAME = new RegExp(`^${SLUG}\\.(mp4|m4a)$`)
export const CAPTIONS_NAME = new RegExp(`^${SLUG}\\.vtt$`)

/** Addresses a lesson may link to. Anything a browser would not read literally is refused rather than cleaned. */
export function isAllowedLink(url: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: browsers drop them inside a scheme
  if (/[\u0000-\u0020\\\u007f-\u009f]/.test(url)) return false
  if (url.startsWith('//')) return false
  if (/^[#/?]/.test(url)) return true
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(url)?.[1]?.toLowerCase()
  if (!scheme) return !url.includes(':')
  if (!['https', 'http', 'mailto', 'tel'].includes(scheme)) return false
  return scheme === 'mailto' || scheme === 'tel' ? true : URL.canParse(url) && !/^https?:\/*[^/]*@/i.test(url)
}
