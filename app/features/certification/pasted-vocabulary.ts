import { levelWords } from '#app/features/training/level-words.ts'
import type { CertificateType, Level, Result } from '#db/values.ts'
import { words } from './words.ts'

/** How people write what a table pasted from Excel holds: Chinese by nature, English beside it. */
export type ResultColumn = 'name' | 'document' | 'theory' | 'practical' | 'result'

const NAME_HEADS = ['姓名', '学员', '学员姓名', '职工姓名', '考生姓名', 'name']
const DOCUMENT_HEADS = [
  ...['证件号码', '证件号', '身份证号', '身份证号码', '身份证', '证件尾号', '证件后四位', '证件号码后四位'],
  ...['身份证后四位', '身份证尾号', '身份证号后四位', 'document', 'document number', 'id', 'id number'],
]

/** What academies write above these columns. */
export const RESULT_HEADS: Record<ResultColumn, readonly string[]> = {
  name: NAME_HEADS,
  document: DOCUMENT_HEADS,
  theory: ['理论', '理论成绩', '理论分', '理论分数', '理论得分', '理论考试', '理论考核', '应知', 'theory'],
  practical: [
    ...['实操', '实操成绩', '实操分', '实操分数', '实操得分', '实操考试', '实操考核', '实际操作', '应会'],
    ...['技能', '技能成绩', '技能分', '技能考核', '操作技能', 'practice', 'practical'],
  ],
  result: ['结果', '考核结果', '考试结果', '考核结论', '结论', '评定', '是否合格', 'result'],
}

/** What they write for a result, or in place of a score. */
export const RESULT_WORDS: Record<string, Result> = {
  ...{ 合格: 'passed', 通过: 'passed', 及格: 'passed', 是: 'passed', passed: 'passed', pass: 'passed' },
  ...{
    不合格: 'failed',
    未通过: 'failed',
    不及格: 'failed',
    未合格: 'failed',
    否: 'failed',
    failed: 'failed',
    fail: 'failed',
  },
  ...{ 缺考: 'absent', 缺: 'absent', 未考: 'absent', 未参加: 'absent', absent: 'absent' },
}

export type CertificateColumn = 'name' | 'document' | 'number' | 'issuedOn' | 'type' | 'level' | 'workItem' | 'issuer'

export const CERTIFICATE_HEADS: Record<CertificateColumn, readonly string[]> = {
  name: NAME_HEADS,
  document: DOCUMENT_HEADS,
  number: ['证书编号', '证书号', '证书号码', '证号', '编号', 'certificate number', 'number'],
  issuedOn: ['发证日期', '颁发日期', '发证时间', '日期', 'issued on', 'date'],
  type: ['证书类型', '证书种类', '证书名称', '类型', 'type'],
  level: ['技能等级', '等级', '级别', 'level'],
  workItem: ['作业项目', '作业类别', 'work item'],
  issuer: ['发证机构', '发证单位', '发证机关', '评价机构', 'issuer'],
}

const entries = <V extends string>(values: Record<V, string>) => Object.entries(values) as [V, string][]

/** A type by either of its names. */
export const TYPE_WORDS: ReadonlyMap<string, CertificateType> = new Map(
  [...entries(words['zh-CN'].types), ...entries(words.en.types)].map(([type, word]) => [word.toLowerCase(), type]),
)

/** A level by its name, whole or in part (四级/中级工, 四级, 中级工), and 5 to 1 by the digit. */
export const LEVEL_WORDS: ReadonlyMap<string, Level> = new Map([
  ...entries(levelWords['zh-CN']).flatMap(([level, word]): [string, Level][] =>
    [word, ...word.split('/'), word.replace('/', '')].map((one) => [one, level]),
  ),
  ...entries(levelWords.en).map(([level, word]): [string, Level] => [word.toLowerCase(), level]),
  ...(['l5', 'l4', 'l3', 'l2', 'l1'] as const).map((level): [string, Level] => [level.slice(1), level]),
])
