import { bundleMDX } from 'mdx-bundler'
import { getMDXComponent } from 'mdx-bundler/client/index.js'
import { Children, createElement, Fragment, isValidElement, type ReactNode } from 'react'
import katexPlugin from 'rehype-katex'
import gfm from 'remark-gfm'
import math from 'remark-math'
import type { Locale } from '#app/lib/i18n.ts'
import type { Block } from '../blocks.ts'
import type { GlossaryEntry } from '../content/glossary.ts'
import { type Finding, finding } from '../problem.ts'
import type { RequiredMedia } from '../time/needed.ts'
import { lessonComponents, QuizPlace, renderRun, TermsPlace } from './components.tsx'
import { guardTree } from './guard.ts'
import type { AssetInfo, Lesson, MediaInfo } from './lesson-context.tsx'
import { liveExamples } from './live-examples.ts'
import { numberParts } from './number-parts.ts'
import { requiredMedia } from './required-media.ts'
import type { TreeNode } from './tree.ts'
import { checkOutput, type HtmlNode, nameHeadings } from './wall.ts'
import { lessonWords } from './words.ts'

/** One lesson to compile: the body with its head blanked (lines count as in the file), and what its folder has. */
export type CompileJob = {
  body: string
  hasQuiz: boolean
  assets: [name: string, info: AssetInfo][]
  /** Videos, recordings and captions. */
  media?: [name: string, info: MediaInfo][]
  /** The terms that the lesson may mark. */
  glossary?: GlossaryEntry[]
  /** The names of all terms of the course. */
  terms?: string[]
  /** The language of the text; Chinese if none is said. */
  locale?: Locale
  /** Of the manual: a fence `mdx live` stands for what it shows, too. */
  hasLiveExamples?: boolean
}

/** `required`: the videos and recordings that the text asks to be played. */
export type Compiled = { blocks: Block[]; required?: RequiredMedia[] } | { findings: Finding[] }

/**
 * Compiles one lesson to blocks. Runs in the compile worker only, never in the server. What the guard finds ends the
 * work before anything of the lesson was turned into code; every other failure becomes a finding too.
 */
export async function compileLesson(job: CompileJob): Promise<Compiled> {
  const findings: Finding[] = []
  const { hasQuiz, glossary = [], terms = [], locale = 'zh-CN' } = job
  const media = new Map(job.media)
  const lesson: Lesson = { assets: new Map(job.assets), media, glossary, locale }
  const words = lessonWords[locale]
  const context = { assets: new Set(lesson.assets.keys()), media, glossary, terms, hasQuiz }
  let marked: string[] = []
  let required: RequiredMedia[] = []
  const guard = () => (tree: unknown) => {
    findings.push(...guardTree(tree as TreeNode, context))
    if (findings.length > 0) throw new Error('refused')
    marked = numberParts(tree as TreeNode)
    required = requiredMedia(tree as TreeNode, media)
  }
  const wall = () => (tree: unknown, file: { messages: FormulaMessage[] }) => {
    for (const message of file.messages) findings.push(formulaFinding(message))
    findings.push(...checkOutput(tree as HtmlNode))
    if (findings.length > 0) throw new Error('refused')
    nameHeadings(tree as HtmlNode)
  }
  try {
    const { code } = await bundleMDX({
      source: job.body,
      cwd: process.cwd(),
      mdxOptions: () => ({
        // Not the default plugins: they look for front matter again.
        remarkPlugins: [...(job.hasLiveExamples ? [liveExamples] : []), guard, gfm, math, displayFormulas],
        rehypePlugins: [[katexPlugin, KATEX], wall],
        remarkRehypeOptions: {
          footnoteLabel: words.footnotes,
          footnoteLabelProperties: {},
          footnoteBackLabel: (index: number) => words.footnoteBack(String(index + 1)),
        },
        tableCellAlignToStyle: false,
        jsxImportSource: 'react',
      }),
      esbuildOptions: (options) => ({
        ...options,
        logLevel: 'silent',
        plugins: [NO_IMPORTS, ...(options.plugins ?? [])],
      }),
    })
    const blocks = toBlocks(getMDXComponent(code), lesson, marked)
    return required.length > 0 ? { blocks, required } : { blocks }
  } catch (error) {
    return { findings: findings.length > 0 ? findings : [failure(error)] }
  }
}

/** MathML alone: no inline styles. Nothing is trusted, macros can't grow, a mistake is an error and not red text. */
const KATEX = { output: 'mathml', trust: false, strict: 'error', maxExpand: 100, maxSize: 20 } as const

/** A wall behind the guard: even an import that it missed resolves to nothing but React. */
const NO_IMPORTS = {
  name: 'no-imports',
  setup(build: ImportBuild) {
    build.onResolve({ filter: /.*/ }, ({ path, kind }) =>
      kind === 'entry-point' || path === 'react' || path === 'react/jsx-runtime'
        ? undefined
        : { errors: [{ text: 'imports are refused' }] },
    )
  },
}
type ImportBuild = {
  onResolve(
    options: { filter: RegExp },
    callback: (args: { path: string; kind: string }) => { errors: { text: string }[] } | undefined,
  ): void
}

/** Calls the compiled component once and splits its top level into HTML and islands. */
function toBlocks(component: MdxComponent, lesson: Lesson, terms: string[]): Block[] {
  const result = component({ components: lessonComponents })
  const top = Children.toArray(result.type === Fragment ? result.props.children : result)
  if (terms.length > 0) top.splice(endOfText(top), 0, createElement(TermsPlace, { key: 'terms', names: terms }))
  const blocks: Block[] = []
  let run: ReactNode[] = []
  const flush = () => {
    const html = renderRun(run, lesson)
    if (html !== '') blocks.push({ kind: 'html', html })
    run = []
  }
  for (const child of top) {
    if (isQuiz(child)) {
      flush()
      blocks.push({ kind: 'island', name: 'Quiz', props: {} })
    } else run.push(child)
  }
  flush()
  return blocks
}

const isQuiz = (child: ReactNode) => isValidElement(child) && child.type === QuizPlace

/** Where the explanations of the terms stand: at the end, before the quiz that the lesson ends with. */
function endOfText(top: ReactNode[]): number {
  const last = top.findLastIndex((child) => typeof child !== 'string' || child.trim() !== '')
  return isQuiz(top[last]) ? last : top.length
}

type InlineMath = TreeNode & {
  position?: { start: { offset?: number }; end?: { offset?: number } }
  data?: { hProperties?: { className?: string[] } }
}

/** A formula that stands between `$$` on one line is meant as a formula of its own, as authors write it in a list. */
const displayFormulas = () => (root: unknown) => {
  const stack: InlineMath[] = [root as InlineMath]
  for (let node = stack.pop(); node; node = stack.pop()) {
    const { start, end } = node.position ?? {}
    const signs = (end?.offset ?? 0) - (start?.offset ?? 0) - (node.value?.length ?? 0)
    if (node.type === 'inlineMath' && signs >= 4 && node.data?.hProperties) {
      node.data.hProperties.className = ['language-math', 'math-display']
    }
    stack.push(...((node.children ?? []) as InlineMath[]))
  }
}

type MdxComponent = ReturnType<typeof getMDXComponent>

type FormulaMessage = { line?: number; column?: number; reason: string; cause?: unknown }

function formulaFinding({ line = 1, column = 1, reason, cause }: FormulaMessage): Finding {
  return finding(line, column, 'formula_syntax', cause instanceof Error ? cause.message : reason)
}

type BuildError = { errors?: { location?: { line: number; column: number } | null; detail?: unknown; text: string }[] }

/** A parser's complaint with its place; anything else as what it says. */
function failure(error: unknown): Finding {
  const first = (error as BuildError).errors?.[0]
  const cause = (first?.detail as { cause?: { reason?: string } } | undefined)?.cause
  if (!first) return finding(1, 1, 'compile_failed', error instanceof Error ? error.message : String(error))
  const { line = 1, column = 0 } = first.location ?? {}
  return finding(Math.max(line, 1), column + 1, 'mdx_syntax', cause?.reason ?? first.text)
}
