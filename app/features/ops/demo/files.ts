import { HEADER, type LedgerRow, ledgerRows } from './ledger-rows.ts'
import { peopleFactory } from './people.ts'
import { seeded } from './random.ts'
import { type DemoAcademy, TRADES } from './vocabulary.ts'

/** The demo as the files that an office would send: what goes in through the product's own imports. */
export type DemoFile = { name: string; lines: Iterable<string> }

const SEED = 20_261_031

/** 学院: the academies of a demo. */
export function academiesFile(academies: readonly DemoAcademy[]): DemoFile {
  return {
    name: 'academies.csv',
    lines: [
      '学院代码,学院名称,学院类型,城市代码,推荐工会,省级认定起,省级认定止',
      ...academies.map(({ code, name, kind, cityCode, sponsor, designatedFrom }) =>
        csvLine([code, name, kind, cityCode, sponsor, designatedFrom ?? '', designatedFrom ? designatedFrom + 4 : '']),
      ),
    ],
  }
}

/** 特色工种品牌: their brands. */
export function brandsFile(academies: readonly DemoAcademy[]): DemoFile {
  return {
    name: 'brands.csv',
    lines: [
      '学院代码,品牌名称,职业编码,有效期起,有效期止,状态',
      ...academies.flatMap(({ code, brands }) =>
        brands.map((brand) =>
          csvLine([code, brand.name, TRADES[brand.trade].code, brand.from, brand.until, brand.status]),
        ),
      ),
    ],
  }
}

/** 台账: one ledger per academy, from the fixed seed. Lines are made while they are read: read the
 * files in order. `seen` is told every row. */
export function ledgerFiles(academies: readonly DemoAcademy[], seen: (row: LedgerRow) => void = () => {}): DemoFile[] {
  const random = seeded(SEED)
  const newPerson = peopleFactory(random)
  return academies.map((academy) => ({
    name: `ledger-${academy.code}.csv`,
    lines: (function* () {
      yield csvLine(HEADER)
      for (const row of ledgerRows(academy, random, newPerson)) {
        seen(row)
        yield csvLine(HEADER.map((column) => row[column] ?? ''))
      }
    })(),
  }))
}

export function csvLine(cells: readonly (string | number)[]): string {
  return cells.map((cell) => (/[",\n]/.test(String(cell)) ? `"${String(cell).replaceAll('"', '""')}"` : cell)).join(',')
}
