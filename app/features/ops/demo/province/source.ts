import { layOut } from '#app/features/ledger/layout.ts'
import type { Piece, Source } from '#app/features/ledger/source.ts'
import { HEADER } from '../ledger-rows.ts'
import type { ProvinceAcademy } from './academies.ts'
import { provinceRows } from './ledger.ts'

/**
 * Rows of a piece: so long (3 ms) whoever else wants the thread waits, be it a page or, between each two of its statements,
 * the ledger before this one, which is being written meanwhile.
 */
const PIECE = 25

export const fileNameOf = ({ code }: ProvinceAcademy): string => `ledger-${code}.csv`

/** About how many rows an academy's ledger has: for a progress bar. */
export function expectedRows({ kind, designatedFrom, cityCode }: ProvinceAcademy): number {
  if (kind === '网上') return 19_300
  if (cityCode === '') return 9_500
  return designatedFrom === null ? 2_000 : ({ 2024: 7_800, 2025: 6_350 }[designatedFrom] ?? 4_900)
}

/**
 * An academy's ledger as the ledger's import reads a file, made while it is read. Nothing of it is checked less for that:
 * header, cells, rules and conflicts are the import's own.
 * @param digest of what the file would hold; asked once all of it was read.
 * @param breathe called between two pieces; throws where somebody asked to stop.
 */
export function ledgerSource(
  academy: ProvinceAcademy,
  { hash, breathe }: { hash: () => { update(text: string): unknown; digest(): Buffer }; breathe: () => Promise<void> },
): Source {
  const head = [{ row: 1, cells: [...HEADER] }]
  let digest: Buffer = Buffer.alloc(0)
  return {
    kind: 'csv',
    fileName: fileNameOf(academy),
    encoding: 'utf-8',
    sheets: [layOut({ name: null, isHidden: false, rows: null, head }, {})],
    get digest() {
      return digest
    },
    async *read(): AsyncGenerator<Piece> {
      const content = hash()
      content.update(`${HEADER.join(',')}\n`)
      let records: Piece['records'] = []
      let row = 1
      for (const cells of provinceRows(academy)) {
        row += 1
        records.push({ row, cells })
        if (records.length < PIECE) continue
        content.update(textOf(records))
        yield { sheet: 0, records, problem: null }
        records = []
        await breathe()
      }
      content.update(textOf(records))
      digest = content.digest()
      yield { sheet: 0, records, problem: null }
    },
  }
}

/** No cell of the demo holds a comma, a quotation mark or a line's end. */
const textOf = (records: Piece['records']): string => records.map(({ cells }) => `${cells.join(',')}\n`).join('')
