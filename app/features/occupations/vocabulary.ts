import type { TableColumns } from '#app/lib/table.ts'

/** The table of `occupations:import` (domain.md, "The ledger", last paragraph). */
export const OCCUPATION_COLUMNS = {
  code: { header: '职业编码', required: true, synonyms: ['职业代码', '职业(工种)编码', '职业工种编码', 'code'] },
  name: { header: '职业名称', required: true, synonyms: ['职业(工种)名称', '职业', '名称', 'name'] },
  edition: { header: '版本', required: true, synonyms: ['版次', '大典版本', '年版', 'edition'] },
} as const satisfies TableColumns<string>

export type OccupationField = keyof typeof OCCUPATION_COLUMNS
