import type { TableColumns } from '#app/lib/table.ts'
import type { AcademyKind, BrandStatus } from '#db/values.ts'

/** The tables of `academies:import` and `brands:import`, and the words of their cells (domain.md, "The ledger"). */
export const ACADEMY_COLUMNS = {
  code: { header: '学院代码', required: true, synonyms: ['学院编码', '学院编号'] },
  name: { header: '学院名称', required: true, synonyms: ['工匠学院名称', '名称'] },
  kind: { header: '学院类型', required: true, synonyms: ['学院类别', '类型'] },
  cityCode: { header: '城市代码', required: false, synonyms: ['城市编码', '地市代码', '所在城市', '城市', '地市'] },
  sponsor: { header: '推荐工会', required: true, synonyms: ['推荐单位', '推荐工会名称'] },
  fromYear: { header: '省级认定起', required: false, synonyms: ['省级认定起始年', '省级认定起始年份', '认定起'] },
  untilYear: { header: '省级认定止', required: false, synonyms: ['省级认定截止年', '省级认定截止年份', '认定止'] },
} as const satisfies TableColumns<string>

export type AcademyField = keyof typeof ACADEMY_COLUMNS

export const BRAND_COLUMNS = {
  academyCode: { header: '学院代码', required: true, synonyms: ['学院编码', '学院编号'] },
  name: { header: '品牌名称', required: true, synonyms: ['特色工种品牌', '品牌', '特色工种品牌名称'] },
  occupations: { header: '职业编码', required: true, synonyms: ['职业代码', '职业(工种)编码', '工种编码'] },
  validFrom: { header: '有效期起', required: true, synonyms: ['有效期起始', '生效日期'] },
  validUntil: { header: '有效期止', required: false, synonyms: ['有效期截止', '失效日期'] },
  status: { header: '状态', required: true, synonyms: ['品牌状态', '批准状态'] },
} as const satisfies TableColumns<string>

export type BrandField = keyof typeof BRAND_COLUMNS

/** The first word of a value is the one that messages name. */
export const KIND_WORDS: Record<AcademyKind, readonly [string, ...string[]]> = {
  comprehensive: ['综合性', '综合'],
  online: ['网上', '线上'],
  local: ['地方'],
  industry: ['产业', '行业'],
  enterprise: ['企业'],
}

export const BRAND_STATUS_WORDS: Record<BrandStatus, readonly [string, ...string[]]> = {
  approved: ['已批准'],
  pending: ['待批准'],
}

/** What may stand behind a kind: 地方工匠学院, 地方学院, 地方型. */
const KIND_ENDINGS = ['', '工匠学院', '学院', '型', '类']

export const kinds: ReadonlyMap<string, AcademyKind> = new Map(
  (Object.keys(KIND_WORDS) as AcademyKind[]).flatMap((kind) =>
    KIND_WORDS[kind].flatMap((word) => KIND_ENDINGS.map((ending) => [word + ending, kind] as const)),
  ),
)

export const statuses: ReadonlyMap<string, BrandStatus> = new Map(
  (Object.keys(BRAND_STATUS_WORDS) as BrandStatus[]).flatMap((status) =>
    BRAND_STATUS_WORDS[status].map((word) => [word, status] as const),
  ),
)

/** The words that a message names as what would be right. */
export const choices = (words: Record<string, readonly [string, ...string[]]>): string =>
  Object.values(words)
    .map(([first]) => first)
    .join('、')

/** How a city's union is called after its city, and the province's after the province. */
export const UNION_ENDING = '总工会'
export const CITY_ENDING = '市'
export const PROVINCE_ENDING = '省'
