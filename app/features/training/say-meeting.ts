import type { words as dateWords } from '#app/lib/date-words.ts'

import type { ShownSession } from './timetable.ts'

type DateWords = (typeof dateWords)['zh-CN']

/** `1月1日 周五 9:00`: when one has to be there. */
export const sayMeeting = (
  { date, from }: Pick<ShownSession, 'date' | 'from'>,
  d: DateWords,
  thisYear: number,
): string => `${d.dayAndWeekday(date, thisYear)} ${d.time(from)}`
