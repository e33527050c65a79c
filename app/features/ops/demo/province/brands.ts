import { PROVINCE, type ProvinceAcademy } from './academies.ts'
import { PROVINCE_TRADES, type ProvinceTradeKey } from './trades.ts'

/** A row of the table of brands. */
export type ProvinceBrand = {
  code: string
  name: string
  occupation: string
  from: string
  until: string
  status: '已批准' | '待批准'
}

/** The brands of an academy that count, and those that do not: expired, waiting. Provincial ones mostly have two. */
export function brandsOf(academy: ProvinceAcademy): ProvinceBrand[] {
  const { code, designatedFrom, story, trades } = academy
  const place = PROVINCE.indexOf(academy)
  const since = (designatedFrom ?? 2025) - (place % 2)
  const brand = (trade: ProvinceTradeKey, said: Partial<ProvinceBrand> = {}): ProvinceBrand => {
    const { code: occupation, name } = PROVINCE_TRADES[trade]
    const from = `${since}-0${1 + ((place * 5 + name.length) % 9)}-01`
    const until = place % 3 === 0 ? `${since + 4}-12-31` : ''
    return { code, occupation, from, until, name: nameOf(name), status: '已批准', ...said }
  }
  const [first, second, third] = trades as [ProvinceTradeKey, ProvinceTradeKey, ProvinceTradeKey?]
  if (designatedFrom === null && academy.cityCode !== '') return place % 3 === 0 ? [] : [brand(first)]
  if (story.brand === 'none') return [brand(first)]
  if (story.brand === 'expired') return [brand(first), brand(second, { from: '2023-07-01', until: '2026-06-30' })]
  if (story.brand === 'pending')
    return [brand(first), brand(second, { from: '2026-09-01', status: '待批准', until: '' })]
  if (story.brand === 'third' && third) return [brand(first), brand(second), brand(third, { from: '2025-11-01' })]
  return [brand(first), brand(second)]
}

/** 养老护理员 → 养老护理; short ones stay: 电工, 模具工. */
const nameOf = (trade: string): string => (/^.{3,}[^加][员工师]$/.test(trade) ? trade.slice(0, -1) : trade)
