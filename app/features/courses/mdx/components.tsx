import { type ComponentPropsWithoutRef, createContext, type ReactNode, useContext } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { lessonWords } from './words.ts'

/** A figure of the course as the page needs it: its address under its digest, and its size so that nothing jumps. */
export type AssetInfo = { digest: string; width: number; height: number }

const w = lessonWords['zh-CN']

const TONES = { info: 'info', note: 'info', tip: 'tip', warn: 'warn', warning: 'warn', danger: 'danger' } as const
const CLASSES = { info: '', tip: ' callout-met', warn: ' callout-warn', danger: ' callout-miss' } as const

function Callout({
  kind = 'info',
  title,
  children,
}: {
  kind?: keyof typeof TONES
  title?: string
  children?: ReactNode
}) {
  const tone = TONES[kind]
  return (
    <div className={`callout lesson-callout${CLASSES[tone]}`} role="note">
      <div>
        <p className="lesson-callout-title">
          <b>{title ?? w.kinds[tone]}</b>
        </p>
        {children}
      </div>
    </div>
  )
}

function Example({ title, children }: { title?: string; children?: ReactNode }) {
  return (
    <section className="example card" aria-label={title ?? w.example}>
      <p className="eyebrow">{w.example}</p>
      {title ? <p className="example-title">{title}</p> : null}
      {children}
    </section>
  )
}

const Steps = ({ children }: { children?: ReactNode }) => <div className="lesson-steps">{children}</div>

/** A table scrolls inside its box on a narrow phone; the box takes the keyboard, or it could not be scrolled without a mouse. */
const Table = ({ children }: { children?: ReactNode }) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
  <section className="table-box lesson-table-box" aria-label={w.table} tabIndex={0}>
    <table className="table lesson-table">{children}</table>
  </section>
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
  Callout,
  Example,
  Steps,
  Figure,
  Quiz: QuizPlace,
  table: Table,
  th: Th,
  td: Td,
  a: Anchor,
  pre: Pre,
  input: Box,
  img: Picture,
}

/** Finished HTML of a run of a lesson's top-level pieces. */
export function renderRun(run: ReactNode[], assets: ReadonlyMap<string, AssetInfo>): string {
  return renderToStaticMarkup(<Assets.Provider value={assets}>{run}</Assets.Provider>).trim()
}
