import { Button } from './button.tsx'
import { type Column, TableHead } from './table.tsx'

/** Prints the page as it stands; what the browser's own command does, for those who look for a button. */
export function PrintButton({ children }: { children: string }) {
  return (
    <Button icon="print" onClick={() => window.print()}>
      {children}
    </Button>
  )
}

/** The lines at the foot of a printed sheet that somebody fills in by hand; shown on paper alone. */
export function SignFoot({ lines }: { lines: readonly string[] }) {
  return (
    <div className="sign-foot">
      {lines.map((line) => (
        <p key={line}>{line}</p>
      ))}
    </div>
  )
}

export interface PaperColumn<T> extends Column<T> {
  isToSign?: boolean
}

/**
 * A table that goes on over several sheets of paper: what it is of (`above`) and its columns stand at the top of each. Its outermost
 * element has the class sheet-a4, which numbers the sheets. A column `isToSign` is as wide as a signature, and its rows as high.
 */
export function PaperTable<T>({
  caption,
  above,
  columns,
  rows,
  rowKey,
}: {
  caption: string
  above: string
  columns: readonly PaperColumn<T>[]
  rows: readonly T[]
  rowKey: (row: T) => string
}) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways on a phone must be reachable with the keyboard
    // biome-ignore lint/a11y/useSemanticElements: no fieldset, nothing is filled in
    <div className="table-box table-scroll" role="group" aria-label={caption} tabIndex={0}>
      <table className="table table-paper">
        <caption className="vh">{caption}</caption>
        <colgroup>
          {columns.map(({ key, isToSign }) => (
            <col key={key} className={isToSign ? 'to-sign' : undefined} />
          ))}
        </colgroup>
        <TableHead heads={columns} isCards={false} above={above} />
        <tbody>
          {rows.map((row) => (
            <tr key={rowKey(row)}>
              {columns.map(({ key, isRowHead, isNumeric, cell }) =>
                isRowHead ? (
                  <th key={key} scope="row">
                    {cell(row)}
                  </th>
                ) : (
                  <td key={key} className={isNumeric ? 'r' : undefined}>
                    {cell(row)}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
