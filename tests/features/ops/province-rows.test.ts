import { beforeAll, expect, test } from 'vitest'
import { contradictingLevelDigit, isCertificateNumber } from '#app/features/certification/numbers.ts'
import { CERTIFICATE_TYPE_WORDS, LEVEL_WORDS, lookup } from '#app/features/ledger/vocabulary.ts'
import { RUNNING } from '#app/features/ops/demo/classes.ts'
import { HEADER } from '#app/features/ops/demo/ledger-rows.ts'
import { PROVINCE } from '#app/features/ops/demo/province/academies.ts'
import { brandsOf } from '#app/features/ops/demo/province/brands.ts'
import { isClosed, SPRING_FESTIVALS, workingDaysBetween } from '#app/features/ops/demo/province/calendar.ts'
import { provinceRows } from '#app/features/ops/demo/province/ledger.ts'
import { openProvinceClasses } from '#app/features/ops/demo/province/open-classes.ts'
import { LAST_DAY } from '#app/features/ops/demo/province/seed.ts'
import { checkDocument } from '#app/features/persons/documents.ts'
import { addDays } from '#app/lib/calendar.ts'

type Row = Record<(typeof HEADER)[number], string>

/** A sixth of the province: welders, carers, jewellers, an academy that is not provincial. */
const SAMPLE = ['GZKY', 'GZZB', 'FSTC', 'SZDZ', 'DGSK', 'HYMJ', 'QYZS', 'GZCY', 'STNY', 'YFSC', 'ZJHY', 'QYKY']
let rows: Row[]

beforeAll(() => {
  rows = PROVINCE.filter(({ code }) => SAMPLE.includes(code)).flatMap((academy) =>
    [...provinceRows(academy)].map((cells) => Object.fromEntries(HEADER.map((key, at) => [key, cells[at]])) as Row),
  )
}, 60_000)

const share = (some: readonly unknown[], of: readonly unknown[]) => some.length / of.length
const classesOf = (of: readonly Row[]) => [...new Map(of.map((row) => [row.学院代码 + row.班次编号, row])).values()]

test('the province is 1 + 1 + 60 + 12 academies in all 21 cities, designated in three years', () => {
  const designated = PROVINCE.filter(({ designatedFrom }) => designatedFrom !== null)
  const by = (year: number) => designated.filter(({ designatedFrom }) => designatedFrom! <= year).length
  expect([PROVINCE.length, by(2024), by(2025), by(2026)]).toEqual([74, 19, 40, 60])
  expect(PROVINCE.filter(({ kind }) => kind === '综合性' || kind === '网上')).toHaveLength(2)
  const perCity = new Map<string, number>()
  for (const { city } of designated) perCity.set(city, (perCity.get(city) ?? 0) + 1)
  expect(perCity.size).toBe(21)
  expect(['广州', '深圳', '佛山', '东莞'].map((city) => perCity.get(city))).toEqual([7, 7, 5, 5])
})

test('names and codes are unique, and every name says that it is made up', () => {
  expect(new Set(PROVINCE.map(({ name }) => name)).size).toBe(74)
  expect(new Set(PROVINCE.map(({ code }) => code)).size).toBe(74)
  expect(PROVINCE.filter(({ name }) => !name.endsWith('工匠学院（演示）'))).toEqual([])
})

test('most provincial academies have two brands in force; one expired, one waits, some are missing', () => {
  const today = '2026-11-20'
  const inForce = PROVINCE.filter(({ designatedFrom }) => designatedFrom).map(
    (academy) =>
      brandsOf(academy).filter(
        ({ from, until, status }) => status === '已批准' && from <= today && (until === '' || today <= until),
      ).length,
  )
  expect(inForce.filter((count) => count >= 2).length).toBeGreaterThan(50)
  expect(inForce.filter((count) => count < 2)).toHaveLength(5)
})

test('the same seed makes the same rows, whichever academy is asked first', () => {
  const [first, second] = PROVINCE.filter(({ code }) => code === 'ZJHY' || code === 'QYKY')
  const one = [...provinceRows(first!)]
  expect([...provinceRows(second!)]).not.toEqual(one)
  expect([...provinceRows(first!)]).toEqual(one)
})

test('a class has 25 to 45 people, in the year of its name', () => {
  const people = new Map<string, Set<string>>()
  for (const row of rows) {
    const key = row.学院代码 + row.班次编号
    people.set(key, (people.get(key) ?? new Set()).add(row.证件号码))
  }
  const sizes = [...people.values()].map((of) => of.size)
  expect(Math.min(...sizes)).toBeGreaterThanOrEqual(25)
  expect(Math.max(...sizes)).toBeLessThanOrEqual(45)
  for (const row of classesOf(rows)) {
    expect(row.班次名称).toMatch(new RegExp(`^${row.结束日期.slice(0, 4)}年第\\d+期.+班(（线上）|（晚班）)?$`))
    expect(row.开始日期.slice(0, 4)).toBe(row.结束日期.slice(0, 4))
  }
})

test('nothing begins, ends or is examined on holidays, in early October or around Spring Festival', () => {
  const dates = new Set(rows.flatMap((row) => [row.开始日期, row.结束日期, row.考核日期]).filter(Boolean))
  expect([...dates].filter(isClosed)).toEqual([])
  const near = (date: string) => SPRING_FESTIVALS.some((day) => addDays(day, -14) <= date && date <= addDays(day, 13))
  expect([...dates].filter(near)).toEqual([])
  const torn = classesOf(rows).filter((row) => SPRING_FESTIVALS.some((day) => row.开始日期 < day && day < row.结束日期))
  expect(torn).toEqual([])
})

test('most classes begin in May, June and September to November', () => {
  const months = classesOf(rows)
    .filter((row) => row.开始日期 < '2026')
    .map((row) => Number(row.开始日期.slice(5, 7)))
  const per = (...of: number[]) => months.filter((month) => of.includes(month)).length / of.length
  expect(per(5, 6)).toBeGreaterThan(1.4 * per(1, 2, 3, 4, 7, 8, 12))
  expect(per(9, 10, 11)).toBeGreaterThan(1.2 * per(1, 2, 3, 4, 7, 8, 12))
})

test('weekends, evenings and whole weeks are all there', () => {
  const offline = classesOf(rows).filter((row) => row.培训方式 !== '线上')
  const on = (day: number) => offline.filter((row) => new Date(`${row.开始日期}T00:00:00Z`).getUTCDay() === day)
  expect(share(on(6), offline)).toBeGreaterThan(0.4)
  expect(
    share(
      offline.filter((row) => row.班次名称.endsWith('（晚班）')),
      offline,
    ),
  ).toBeGreaterThan(0.2)
})

test('half of the documents come from other provinces, and every one passes its check digit', () => {
  const documents = [...new Set(rows.map((row) => row.证件号码))]
  const elsewhere = documents.filter((document) => !document.startsWith('44'))
  expect(share(elsewhere, documents)).toBeGreaterThan(0.47)
  expect(share(elsewhere, documents)).toBeLessThan(0.53)
  expect(documents.filter((document) => !checkDocument('resident_id', document, LAST_DAY).ok)).toEqual([])
})

test('a document has one name, in whichever academy it stands', () => {
  const names = new Map<string, string>()
  const other = rows.filter((row) => {
    const known = names.get(row.证件号码)
    names.set(row.证件号码, row.姓名)
    return known !== undefined && known !== row.姓名
  })
  expect(other).toEqual([])
})

test('some workers are known to two academies of their city', () => {
  const at = new Map<string, Set<string>>()
  for (const row of rows) at.set(row.证件号码, (at.get(row.证件号码) ?? new Set()).add(row.学院代码))
  expect([...at.values()].filter((academies) => academies.size > 1).length).toBeGreaterThan(20)
})

test('who sits for the first time passes as in life: welders 80 to 88 %, 高级工 60 to 75 %, carers 95 %', () => {
  const seen = new Set<string>()
  const firsts = rows.filter((row) => {
    const key = row.学院代码 + row.班次编号 + row.证件号码
    const isFirst = row.考核日期 !== '' && !seen.has(key)
    seen.add(key)
    return isFirst && row.考核结果 !== '缺考'
  })
  const passing = (of: (row: Row) => boolean) => {
    const sat = firsts.filter(of)
    return share(
      sat.filter((row) => row.考核结果 === '合格'),
      sat,
    )
  }
  const usual = ['6-18-01-07', '6-18-02-04', '6-18-01-01', '6-20-01-01', '6-31-07-03']
  const welding = passing((row) => /焊工（[五四]级/.test(row.班次名称))
  const third = passing((row) => usual.includes(row.职业编码) && row.班次名称.includes('（三级）'))
  const caring = passing((row) => row.职业编码.startsWith('4-10-01') || row.职业编码.startsWith('4-14'))
  expect([welding > 0.8, welding < 0.88, third > 0.6, third < 0.75, caring > 0.92]).toEqual(Array(5).fill(true))
})

test('certificates come 20 to 45 working days after the assessment, and none after the end of October', () => {
  const certified = rows.filter((row) => row.证书编号)
  const days = certified.map((row) => workingDaysBetween(row.考核日期, row.发证日期))
  expect(Math.min(...days)).toBeGreaterThanOrEqual(20)
  expect(Math.max(...days)).toBeLessThanOrEqual(45)
  expect(certified.filter((row) => row.发证日期 > LAST_DAY)).toEqual([])
  expect(rows.filter((row) => row.考核日期 > LAST_DAY || row.结束日期 > LAST_DAY)).toEqual([])
  expect(
    rows.filter((row) => row.考核结果 === '合格' && !row.证书编号 && row.考核日期 > '2026-08').length,
  ).toBeGreaterThan(100)
})

test('certificate numbers have the shape of their type, the digit of their level, and are given once', () => {
  const types = lookup(CERTIFICATE_TYPE_WORDS)
  const levels = lookup(LEVEL_WORDS)
  const numbers = new Set<string>()
  for (const row of rows.filter(({ 证书编号 }) => 证书编号)) {
    const level = levels.get(row.技能等级) ?? null
    expect(isCertificateNumber(types.get(row.证书类型)!, row.证书编号, level)).toBe(true)
    if (level) expect(contradictingLevelDigit(row.证书编号, level)).toBeNull()
    expect(numbers.has(row.证书编号 + row.作业项目)).toBe(false)
    numbers.add(row.证书编号 + row.作业项目)
  }
})

test('classes are open for enrolment at most academies, on weekends to come, one has begun and two are over', () => {
  const open = openProvinceClasses('2026-11-20')
  expect(new Set(open.map(({ academy }) => academy)).size).toBeGreaterThan(50)
  expect(new Set(open.map(({ academy, form }) => academy + form.code)).size).toBe(open.length)
  const begun = open.filter(({ form }) => form.startsOn < '2026-11-20')
  expect(begun.filter(({ form }) => form.endsOn >= '2026-11-20').map(({ form }) => form.code)).toEqual([RUNNING])
  expect(begun.length).toBe(3)
})
