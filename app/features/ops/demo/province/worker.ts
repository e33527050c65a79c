import type { DemoWorker } from '../accounts.server.ts'
import { HEADER } from '../ledger-rows.ts'
import { PROVINCE } from './academies.ts'
import { provinceRows } from './ledger.ts'

const [NAME, DOCUMENT, PHONE, NUMBER, MODE] = (['姓名', '证件号码', '手机号', '证书编号', '培训方式'] as const).map(
  (column) => HEADER.indexOf(column),
) as [number, number, number, number, number]

/** The demo's worker: whoever earned most certificates at the academy of the demo's accounts, with a phone number. */
export function demoWorker(): DemoWorker {
  const academy = PROVINCE.find(({ code }) => code === 'GZQC')!
  const found = new Map<string, { worker: DemoWorker; certificates: number; classes: number }>()
  for (const row of provinceRows(academy)) {
    const [name, document, phone] = [row[NAME]!, row[DOCUMENT]!, row[PHONE]!]
    if (phone === '') continue
    const one = found.get(document) ?? { worker: { name, document, phone }, certificates: 0, classes: 0 }
    one.certificates += row[NUMBER] === '' ? 0 : 1
    one.classes += row[MODE] === '实操' ? 1 : 0
    found.set(document, one)
  }
  const best = [...found.values()].sort((a, b) => b.certificates - a.certificates || b.classes - a.classes)[0]
  return best!.worker
}
