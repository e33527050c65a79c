import type { TableColumns } from '#app/lib/table.ts'
import type { SpecialDayKind } from '#db/values.ts'

/** The table of `calendar:import`, and what the page takes by paste: a row a day, or a stretch of days. */
export const CALENDAR_COLUMNS = {
  year: { header: '年份', required: true, synonyms: ['年度', '年', 'year'] },
  day: { header: '日期', required: true, synonyms: ['开始日期', '从', 'day', 'date', 'from'] },
  until: { header: '至', required: false, synonyms: ['结束日期', '到', 'until', 'to'] },
  kind: { header: '类型', required: true, synonyms: ['放假或上班', '安排', 'kind'] },
  name: { header: '节日', required: true, synonyms: ['名称', '节假日', '节日名称', 'name'] },
  source: { header: '文件', required: true, synonyms: ['来源', '依据', '通知', 'source', 'source document'] },
} as const satisfies TableColumns<string>

export type CalendarField = keyof typeof CALENDAR_COLUMNS

/** What people call a day of rest, and one that is worked in return. */
export const CALENDAR_KINDS: ReadonlyMap<string, SpecialDayKind> = new Map([
  ...['放假', '休', '假', 'holiday'].map((word) => [word, 'holiday'] as const),
  ...['上班', '调休上班', '班', 'made_up', 'workday'].map((word) => [word, 'made_up'] as const),
])
export const KINDS_SHOWN = '放假、上班'
