import { words as dateWords } from '#app/lib/date-words.ts'
import { grouped } from '#app/lib/grouped.ts'
import type { Locale } from '#app/lib/i18n.ts'
import { inEnglish } from '#app/lib/work-calendar.ts'
import type { DayDoubt } from '#db/values.ts'
import { planWords } from './plan-words.ts'

/** As many dates as a title names one by one. */
const MOST_NAMED = 4

/** What a day became: `10月1日 周四放假（国庆节）`. */
export function saidDay(locale: Locale, { is, date, name, meets }: DayDoubt): string {
  const d = dateWords[locale]
  const { days: w } = planWords[locale]
  const said = w[is](d.dayAndWeekday(date), locale === 'en' ? inEnglish(name) : name)
  return meets ? w.sitting(said) : said
}

/** What days became, those that are alike together: `10月1日、10月2日放假（国庆节）`. */
export function saidDays(locale: Locale, doubts: readonly DayDoubt[]): string {
  const d = dateWords[locale]
  const { days: w } = planWords[locale]
  const alike = [...grouped(doubts, ({ is, name, meets }) => `${is} ${name} ${meets}`).values()]
  const said = alike.map((some) => {
    const { is, name, date, meets } = some[0]!
    const dates =
      some.length > MOST_NAMED ? w.more(d.day(date), some.length) : d.list(some.map((one) => d.day(one.date)))
    const said = w[is](dates, locale === 'en' ? inEnglish(name) : name)
    return meets ? w.sitting(said) : said
  })
  return w.joined(said)
}
