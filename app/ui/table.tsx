import type { ReactNode } from 'react'
import { classes } from './class-names.ts'
import { Icon } from './icon.tsx'
import { Link } from './link.tsx'
import { useWords } from './locale.tsx'
import { words } from './words.ts'

export type SortDirection = 'ascending' | 'descending'

/** The head of a column. */
export interface Head {
  key: string
  head: string
  /** A second line in the header: the unit, the target. */
  note?: ReactNode
  /** Numbers: right-aligned, tabular. */
  isNumeric?: boolean
  /** The address that sorts by this column, and how it is sorted now. */
  sort?: { to: string; direction?: SortDirection }
}

export interface Column<T> extends Head {
  /** A shorter header for where a row becomes a card on a phone: six characters at most. */
  label?: string
  cell: (row: T) => ReactNode
  /** The column that names the row. */
  isRowHead?: boolean
}

/**
 * A table with a sticky header. `isCards`: on phones each row becomes a card with every column labelled, and the ARIA
 * roles that `display: block` would take away are written out. Sorting, filtering and paging are links.
 */
export function Table<T>({
  caption,
  columns,
  rows,
  rowKey,
  isCards = false,
  isEven = false,
  footer,
}: {
  caption: string
  columns: readonly Column<T>[]
  rows: readonly T[]
  rowKey: (row: T) => string
  isCards?: boolean
  /** All columns alike: a calendar. On a phone cells marked `.is-free` are left out. */
  isEven?: boolean
  /** Below the rows, inside the frame: a Pager. */
  footer?: ReactNode
}) {
  const role = (name: string) => (isCards ? name : undefined)
  // What scrolls sideways on a phone must be reachable with the keyboard.
  const scroller = isCards ? {} : { role: 'group', 'aria-label': caption, tabIndex: 0 }
  return (
    <div className={isCards ? 'table-box' : 'table-box table-scroll'} {...scroller}>
      <table className={classes('table', isCards && 'table-cards', isEven && 'table-even')} role={role('table')}>
        <caption className="vh">{caption}</caption>
        <TableHead heads={columns} isCards={isCards} />
        <tbody role={role('rowgroup')}>
          {rows.map((row) => (
            <tr key={rowKey(row)} role={role('row')}>
              {columns.map((column) =>
                column.isRowHead ? (
                  <th key={column.key} scope="row" role={role('rowheader')}>
                    {column.cell(row)}
                  </th>
                ) : (
                  <td
                    key={column.key}
                    role={role('cell')}
                    className={column.isNumeric ? 'r' : undefined}
                    data-label={isCards ? (column.label ?? column.head) : undefined}
                  >
                    {column.cell(row)}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
      {footer}
    </div>
  )
}

/** The header row of a table. `above`: a line over all columns, said again on every sheet of paper. */
export function TableHead({ heads, isCards, above }: { heads: readonly Head[]; isCards: boolean; above?: string }) {
  const role = (name: string) => (isCards ? name : undefined)
  return (
    <thead role={role('rowgroup')}>
      {above && (
        <tr className="table-above">
          <td colSpan={heads.length}>{above}</td>
        </tr>
      )}
      <tr role={role('row')}>
        {heads.map(({ key, head, note, isNumeric, sort }) => (
          <th
            key={key}
            scope="col"
            role={role('columnheader')}
            className={isNumeric ? 'r' : undefined}
            aria-sort={sort?.direction}
          >
            {sort ? <SortLink head={head} {...sort} /> : head}
            {note && <small>{note}</small>}
          </th>
        ))}
      </tr>
    </thead>
  )
}

/** A header that sorts: a link, so that a sorted view can be sent to a colleague. */
export function SortLink({ head, to, direction }: { head: string; to: string; direction?: SortDirection }) {
  const w = useWords(words)
  const icon = direction === 'ascending' ? 'sortUp' : direction === 'descending' ? 'sortDown' : 'sort'
  return (
    <Link to={to} title={w.sortBy(head)} className={classes(direction && 'is-sorted')} preventScrollReset>
      {head}
      <Icon name={icon} isSmall />
    </Link>
  )
}
