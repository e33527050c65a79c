import type { Field } from './columns.ts'

/** What office files call a column beyond the ledger's own synonyms; the first that fits is taken. Names are normalised. */
export const HEADER_KEYWORDS: readonly (readonly [RegExp, Field])[] = [
  [/身份证|证件.*号|公民身份/, 'documentNumber'],
  [/证件.*(类|种)/, 'documentType'],
  [/手机|电话|联系方式|联系号码/, 'phone'],
  [/(学员|职工|员工|学生|人员)?(姓名|名字)$/, 'name'],
  [/实操.*(实|到|参加|完成|出勤)/, 'practicalHoursAttended'],
  [/实操.*(学时|课时)/, 'plannedPracticalHours'],
  [/(实际|实到|出勤|参加|完成|已修|到课|获得).*(学时|课时)/, 'hoursAttended'],
  [/(计划|应修|规定|培训|总|课程).*(学时|课时)/, 'plannedHours'],
  [/(原|前|已有|现有|持有|入学).*等级/, 'declaredLevel'],
  [/(证书|证件).*(编号|号码|号)/, 'certificateNumber'],
  [/证书.*(类|种|名称)/, 'certificateType'],
  [/证书.*(状态|效)/, 'certificateStatus'],
  [/(发证|取证|颁证|领证|获证).*(日|时间)/, 'issuedOn'],
  [/(发证|颁证|评价|鉴定|颁发).*(机构|机关|单位|部门)/, 'issuer'],
  [/(考核|考试|鉴定|评价|测试).*(日|时间)/, 'assessedOn'],
  [/(考核|考试|鉴定|评价|测试)?(结果|是否合格|结论)/, 'result'],
  [/等级|级别/, 'level'],
  [/(完成|结业|毕业|学完).*(日|时间)/, 'completedOn'],
  [/(开|起|始).*(日|时间)/, 'startsOn'],
  [/(结|止|终|完).*(日|时间)/, 'endsOn'],
  [/(职业|工种).*(码|代号|编号)/, 'occupationCode'],
  [/(班|期).*(编|代|号)/, 'classCode'],
  [/(班|培训|项目|课程).*(名|称)/, 'className'],
  [/(培训|授课|教学|上课|学习).*(方|形|模)式?/, 'mode'],
  [/学院.*(编|代|号)/, 'academyCode'],
  [/(作业|操作).*(项|类)/, 'workItem'],
  [/(人员|职工|学员|身份|用工).*(类|性质)/, 'category'],
  [/公司|企业|单位|工会$/, 'employer'],
]

/** Columns of office files that a ledger has no use for. */
export const IGNORED_KEYWORDS =
  /^(序号?|编号|no|序列|性别|年龄|民族|籍贯|学历|文化程度|政治面貌|出生.*|户籍.*|户口.*|住址|家庭.*|通讯地址|地址|邮箱|电子邮箱|email|微信.*|qq.*|备注.*|说明|签名|签字|领取.*|照片|银行.*|开户.*|金额|费用|补贴.*|职务|职位|岗位|部门|班组|车间|班主任|教师|授课教师|培训地点|地点|成绩|理论.*成绩|实操.*成绩|总分)$/i

/** What a column of sexes holds. */
export const SEX_WORDS: ReadonlySet<string> = new Set(['男', '女', '男性', '女性', 'M', 'F'])
