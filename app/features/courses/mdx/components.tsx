import type { ComponentPropsWithoutRef, ReactNode } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { Callout } from '#app/ui/callout.tsx'
import { Column, Compare } from './compare.tsx'
import { Formula, MathElement } from './formula.tsx'
import { type Lesson, LessonContext, useLesson, useLessonWords } from './lesson-context.tsx'
import { Audio, Video } from './players.tsx'
import { CaptionedTable, Table, Td, Th } from './tables.tsx'
import { Glossary, Term, useEntries } from './term.tsx'

const KINDS = { info: 'info', note: 'info', tip: 'tip', warn: 'warn', warning: 'warn', danger: 'danger' } as const
const TONES = { info: 'info', tip: 'info', warn: 'warn', danger: 'miss' } as const

type NoteProps = { kind?: keyof typeof KINDS; title?: string; children?: ReactNode }

function Note({ kind = 'info', title, children }: NoteProps) {
  const w = useLessonWords()
  return (
    <Callout tone={TONES[KINDS[kind]]} title={title ?? w.kinds[KINDS[kind]]}>
      {children}
    </Callout>
  )
}

function Example({ title, children }: { title?: string; children?: ReactNode }) {
  const w = useLessonWords()
  return (
    <div className="example">
      <p className="example-title">{title ?? w.example}</p>
      {children}
    </div>
  )
}

const Steps = ({ children }: { children?: ReactNode }) => <div className="steps-text">{children}</div>

function Anchor({ href, children, ...rest }: ComponentPropsWithoutRef<'a'>) {
  const isExternal = /^https?:/i.test(href ?? '')
  return (
    <a {...rest} href={href} rel={isExternal ? 'noopener noreferrer external' : undefined}>
      {children}
    </a>
  )
}

const Pre = ({ children }: { children?: ReactNode }) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: long lines scroll, and must do so by keyboard
  <pre tabIndex={0}>{children}</pre>
)

/** The box of a task list, as a sign: nothing in a lesson's text can be ticked. */
const Box = ({ checked }: { checked?: boolean }) => <span>{checked ? '☑ ' : '☐ '}</span>

function Picture({ src = '', alt }: { src?: string; alt?: string }) {
  const asset = useLesson().assets.get(src.replace(/^\.\//, ''))
  if (!asset) throw new Error(`unknown picture ${src}`)
  const { digest, width, height } = asset
  return <img src={`/assets/courses/${digest}`} alt={alt} width={width} height={height} loading="lazy" />
}

const Figure = ({ src, alt, caption }: { src?: string; alt?: string; caption?: string }) => (
  <figure className="figure">
    <Picture src={src} alt={alt} />
    {caption ? <figcaption>{caption}</figcaption> : null}
  </figure>
)

/** Stands for the quiz in the compiled text; taken out before anything is rendered. */
export const QuizPlace = () => null

/** Stands for the explanations of the terms; put into the top level when the blocks are made. */
export function TermsPlace({ names }: { names: readonly string[] }) {
  return <Glossary entries={useEntries(names)} />
}

/** What each name of a lesson renders as. */
export const lessonComponents = {
  Callout: Note,
  Example,
  Steps,
  Figure,
  Video,
  Audio,
  Compare,
  Column,
  Table: CaptionedTable,
  Formula,
  Term,
  Quiz: QuizPlace,
  table: Table,
  th: Th,
  td: Td,
  a: Anchor,
  pre: Pre,
  math: MathElement,
  input: Box,
  img: Picture,
}

/** Finished HTML of a run of a lesson's top-level pieces. */
export function renderRun(run: ReactNode[], lesson: Lesson): string {
  return renderToStaticMarkup(<LessonContext.Provider value={lesson}>{run}</LessonContext.Provider>).trim()
}
