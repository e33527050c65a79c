import { createContext, type ReactNode, useContext } from 'react'
import { useLessonWords } from './lesson-context.tsx'

/** The id of the caption above the table that is being rendered. */
const Caption = createContext<string | null>(null)

/** A table scrolls inside its box on a narrow phone; the box takes the keyboard, or it could not be scrolled without a mouse. */
export function Table({ children }: { children?: ReactNode }) {
  const w = useLessonWords()
  const caption = useContext(Caption)
  const named = caption ? { role: 'region', 'aria-labelledby': caption } : { role: 'group', 'aria-label': w.table }
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <div className="table-scroll" {...named} tabIndex={0}>
      <table aria-labelledby={caption ?? undefined}>{children}</table>
    </div>
  )
}

/** `<Table>` of a lesson: what the table says above it, where its numbers come from below. `place`: the how-manieth it is. */
export function CaptionedTable(props: { caption?: string; note?: string; place?: string; children?: ReactNode }) {
  const id = `table-${props.place}`
  return (
    <figure className="captioned">
      <figcaption id={id}>{props.caption}</figcaption>
      <Caption.Provider value={id}>{props.children}</Caption.Provider>
      {props.note && <p className="small muted">{props.note}</p>}
    </figure>
  )
}

type CellProps = { align?: string; children?: ReactNode }
const side = (align?: string) => (align === 'right' ? 'r' : align === 'center' ? 'c' : undefined)

export const Th = ({ align, children }: CellProps) => (
  <th scope="col" className={side(align)}>
    {children}
  </th>
)

export const Td = ({ align, children }: CellProps) => <td className={side(align)}>{children}</td>
