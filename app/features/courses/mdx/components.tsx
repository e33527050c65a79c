import { type ComponentPropsWithoutRef, createContext, createElement, type ReactNode, useContext } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { Callout } from '#app/ui/callout.tsx'
import { lessonWords } from './words.ts'

/** A figure of the course as the page needs it: its address under its digest, and its size so that nothing jumps. */
export type AssetInfo = { digest: string; width: number; height: number }

const w = lessonWords['zh-CN']

const KINDS = { info: 'info', note: 'info', tip: 'tip', warn: 'warn', warning: 'warn', danger: 'danger' } as const
const TONES = { info: 'info', tip: 'info', warn: 'warn', danger: 'miss' } as const

type NoteProps = { kind?: keyof typeof KINDS; title?: string; children?: ReactNode }

function Note({ kind = 'info', title, children }: NoteProps) {
  return (
    <Callout tone={TONES[KINDS[kind]]} title={title ?? w.kinds[KINDS[kind]]}>
      {children}
    </Callout>
  )
}

const Example = ({ title, children }: { title?: string; children?: ReactNode }) => (
  <div className="example">
    <p className="example-title">{title ?? w.example}</p>
    {children}
  </div>
)

const Steps = ({ children }: { children?: ReactNode }) => <div className="steps-text">{children}</div>

/** A table scrolls inside its box on a narrow phone; the box takes the keyboard, or it could not be scrolled without a mouse. */
const Table = ({ children }: { children?: ReactNode }) => (
  // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms
  // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
  <div role="group" className="table-scroll" aria-label={w.table} tabIndex={0}>
    <table>{children}</table>
  </div>
)

type CellProps = { align?: string; children?: ReactNode }
const side = (align?: string) => (align === 'right' ? 'r' : align === 'center' ? 'c' : undefined)
const Th = ({ align, children }: CellProps) => (
  <th scope="col" className={side(align)}>
    {children}
  </th>
)
const Td = ({ align, children }: CellProps) => <td className={side(align)}>{children}</td>

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

/** A formula of its own scrolls where it is wider than a phone, and must do so by keyboard. */
const Formula = (props: FormulaProps) =>
  createElement<FormulaProps>('math', props.display === 'block' ? { ...props, tabIndex: 0 } : props)
type FormulaProps = { display?: string; tabIndex?: number; children?: ReactNode }

/** The box of a task list, as a sign: nothing in a lesson's text can be ticked. */
const Box = ({ checked }: { checked?: boolean }) => <span>{checked ? '☑ ' : '☐ '}</span>

/** The figures of the course whose lesson is being rendered. */
const Assets = createContext<ReadonlyMap<string, AssetInfo>>(new Map())

function Picture({ src = '', alt }: { src?: string; alt?: string }) {
  const asset = useContext(Assets).get(src.replace(/^\.\//, ''))
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

/** What each name of a lesson renders as. */
export const lessonComponents = {
  Callout: Note,
  Example,
  Steps,
  Figure,
  Quiz: QuizPlace,
  table: Table,
  th: Th,
  td: Td,
  a: Anchor,
  pre: Pre,
  math: Formula,
  input: Box,
  img: Picture,
}

/** Finished HTML of a run of a lesson's top-level pieces. */
export function renderRun(run: ReactNode[], assets: ReadonlyMap<string, AssetInfo>): string {
  return renderToStaticMarkup(<Assets.Provider value={assets}>{run}</Assets.Provider>).trim()
}
