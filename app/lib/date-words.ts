import { shanghaiDate, shanghaiTime, weekday } from './calendar.ts'
import { defineWords } from './i18n.ts'

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const WEEKDAYS_ZH = ['周日', '周一', '周二', '周三', '周四', '周五', '周六']
const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']

type Parts = { year: number; month: number; day: number }
const partsOf = (date: string): Parts => ({
  year: Number(date.slice(0, 4)),
  month: Number(date.slice(5, 7)),
  day: Number(date.slice(8, 10)),
})

/** `18:00`, `9:00`. */
const clock = (time: string) => time.replace(/^0/, '')

/**
 * How dates are read in a text (glossary.md, "Dates"); tables and files show `YYYY-MM-DD`. Dates are calendar dates
 * `YYYY-MM-DD`, instants are shown in Shanghai's time. A year is said where it is not `thisYear`.
 */
export const words = defineWords(
  {
    date: (date: string): string => {
      const { year, month, day } = partsOf(date)
      return `${year}年${month}月${day}日`
    },
    day: (date: string, thisYear?: number): string => {
      const { year, month, day } = partsOf(date)
      return `${year === (thisYear ?? year) ? '' : `${year}年`}${month}月${day}日`
    },
    /** First to last day, both inclusive. */
    period: (from: string, to: string, thisYear?: number): string => {
      const [one, other] = [partsOf(from), partsOf(to)]
      const start = `${one.year === (thisYear ?? one.year) && one.year === other.year ? '' : `${one.year}年`}${one.month}月${one.day}日`
      if (from === to) return start
      if (one.year !== other.year) return `${start}—${other.year}年${other.month}月${other.day}日`
      return `${start}—${one.month === other.month ? '' : `${other.month}月`}${other.day}日`
    },
    instant: (instant: Date, thisYear?: number): string => {
      const { year, month, day } = partsOf(shanghaiDate(instant))
      return `${year === (thisYear ?? year) ? '' : `${year}年`}${month}月${day}日${clock(shanghaiTime(instant))}`
    },
    time: (time: string): string => clock(time),
    weekday: (date: string): string => WEEKDAYS_ZH[weekday(date)] ?? '',
    /** `12月16日 周三`, as one says it in either language. */
    dayAndWeekday: (date: string, thisYear?: number): string => {
      const { year, month, day } = partsOf(date)
      return `${year === (thisYear ?? year) ? '' : `${year}年`}${month}月${day}日 ${WEEKDAYS_ZH[weekday(date)] ?? ''}`
    },
    list: (items: readonly string[]): string => items.join('、'),
    /** `21日上午`: in a timetable whose month stands above it. */
    halfDay: (date: string, time: string): string =>
      `${partsOf(date).day}日${time < '12:00' ? '上午' : time < '18:00' ? '下午' : '晚上'}`,
  },
  {
    date: (date) => {
      const { year, month, day } = partsOf(date)
      return `${day} ${MONTHS[month - 1]} ${year}`
    },
    day: (date, thisYear) => {
      const { year, month, day } = partsOf(date)
      return `${day} ${MONTHS[month - 1]}${year === (thisYear ?? year) ? '' : ` ${year}`}`
    },
    period: (from, to, thisYear) => {
      const [one, other] = [partsOf(from), partsOf(to)]
      const year = (said: number) => (said === (thisYear ?? said) && one.year === other.year ? '' : ` ${said}`)
      const end = `${other.day} ${MONTHS[other.month - 1]}${year(other.year)}`
      if (from === to) return end
      if (one.year === other.year && one.month === other.month) return `${one.day}–${end}`
      return `${one.day} ${MONTHS[one.month - 1]}${one.year === other.year ? '' : ` ${one.year}`} – ${end}`
    },
    instant: (instant, thisYear) => {
      const { year, month, day } = partsOf(shanghaiDate(instant))
      const said = year === (thisYear ?? year) ? '' : ` ${year}`
      return `${day} ${MONTHS[month - 1]}${said}, ${clock(shanghaiTime(instant))}`
    },
    time: (time) => clock(time),
    weekday: (date) => WEEKDAYS[weekday(date)] ?? '',
    dayAndWeekday: (date, thisYear) => {
      const { year, month, day } = partsOf(date)
      return `${WEEKDAYS[weekday(date)] ?? ''} ${day} ${MONTHS[month - 1]}${year === (thisYear ?? year) ? '' : ` ${year}`}`
    },
    list: (items) => items.join(', '),
    halfDay: (date, time) =>
      `${partsOf(date).day} ${MONTHS[partsOf(date).month - 1]}, ${time < '12:00' ? 'morning' : time < '18:00' ? 'afternoon' : 'evening'}`,
  },
)
