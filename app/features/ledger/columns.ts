/**
 * The ledger's 28 columns (domain.md, "The ledger"): their headers are the ledger's own words, the same in every language.
 * `required` columns must be in the file; the others may be left out when no row needs them.
 */
export type Column = { header: string; required: boolean; synonyms: readonly string[] }

export const COLUMNS = {
  academyCode: { header: '学院代码', required: true, synonyms: ['学院编码', '学院编号'] },
  classCode: { header: '班次编号', required: true, synonyms: ['班次代码', '班级编号', '培训班编号', '班号'] },
  className: { header: '班次名称', required: true, synonyms: ['班级名称', '培训班名称', '班名'] },
  mode: { header: '培训方式', required: true, synonyms: ['培训形式', '授课方式'] },
  occupationCode: {
    header: '职业编码',
    required: true,
    synonyms: ['职业代码', '职业(工种)编码', '职业工种编码', '工种编码'],
  },
  startsOn: { header: '开始日期', required: true, synonyms: ['开班日期', '培训开始日期', '开始时间', '开班时间'] },
  endsOn: { header: '结束日期', required: true, synonyms: ['结班日期', '培训结束日期', '结束时间', '结班时间'] },
  plannedHours: { header: '计划学时', required: true, synonyms: ['计划课时', '总学时'] },
  plannedPracticalHours: { header: '实操计划学时', required: false, synonyms: ['计划实操学时', '实操计划课时'] },
  name: { header: '姓名', required: true, synonyms: ['学员姓名', '职工姓名'] },
  documentType: { header: '证件类型', required: true, synonyms: ['证件种类', '证件类别'] },
  documentNumber: {
    header: '证件号码',
    required: true,
    synonyms: ['证件号', '身份证号', '身份证号码', '身份证件号码', '公民身份号码', '居民身份证号码', '居民身份证号'],
  },
  phone: {
    header: '手机号',
    required: false,
    synonyms: ['手机号码', '手机', '联系电话', '电话', '联系方式', '电话号码'],
  },
  category: { header: '人员类别', required: false, synonyms: ['人员类型', '职工类别', '学员类别'] },
  employer: {
    header: '工作单位',
    required: false,
    synonyms: ['单位', '单位名称', '所在单位', '工作单位名称', '企业名称'],
  },
  declaredLevel: { header: '原技能等级', required: false, synonyms: ['原等级', '原职业技能等级', '培训前技能等级'] },
  hoursAttended: { header: '实到学时', required: true, synonyms: ['实到课时', '实际学时', '出勤学时'] },
  practicalHoursAttended: { header: '实操实到学时', required: false, synonyms: ['实到实操学时', '实操实到课时'] },
  completedOn: { header: '完成日期', required: false, synonyms: ['完成时间', '学习完成日期'] },
  assessedOn: { header: '考核日期', required: false, synonyms: ['考核时间', '考试日期'] },
  result: { header: '考核结果', required: false, synonyms: ['考试结果'] },
  certificateType: { header: '证书类型', required: false, synonyms: ['证书种类', '证书类别'] },
  certificateNumber: { header: '证书编号', required: false, synonyms: ['证书号', '证书号码'] },
  level: { header: '技能等级', required: false, synonyms: ['职业技能等级', '证书等级', '等级'] },
  workItem: { header: '作业项目', required: false, synonyms: ['作业类别', '操作项目'] },
  issuer: { header: '发证机构', required: false, synonyms: ['发证机关', '发证单位'] },
  issuedOn: { header: '发证日期', required: false, synonyms: ['发证时间', '取证日期'] },
  certificateStatus: { header: '证书状态', required: false, synonyms: [] },
} as const satisfies Record<string, Column>

export type Field = keyof typeof COLUMNS

/** Where each field stands in a row, from 0; -1 where the file has no such column. */
export type ColumnMap = Readonly<Record<Field, number>>

export const FIELDS = Object.keys(COLUMNS) as Field[]

/** The header of a field, as messages and files name it. */
export const headerOf = (field: Field): string => COLUMNS[field].header

/** Headers that say by themselves that every document is a resident identity card, so that 证件类型 may be missing. */
export const RESIDENT_ID_HEADERS: ReadonlySet<string> = new Set([
  '身份证号',
  '身份证号码',
  '公民身份号码',
  '居民身份证号码',
  '居民身份证号',
])
