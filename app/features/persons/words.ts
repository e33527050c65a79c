import { defineWords } from '#app/lib/i18n.ts'
import type { DocumentType } from '#db/values.ts'

const zh: Record<DocumentType, string> = {
  resident_id: '居民身份证',
  hk_mo_residence: '港澳居民居住证',
  tw_residence: '台湾居民居住证',
  hk_mo_permit: '港澳居民来往内地通行证',
  tw_permit: '台湾居民来往大陆通行证',
  foreign_pr: '外国人永久居留身份证',
  passport: '护照',
}

const en: Record<DocumentType, string> = {
  resident_id: 'Resident identity card',
  hk_mo_residence: 'Residence permit, Hong Kong and Macao',
  tw_residence: 'Residence permit, Taiwan',
  hk_mo_permit: 'Mainland travel permit, Hong Kong and Macao',
  tw_permit: 'Mainland travel permit, Taiwan',
  foreign_pr: "Foreigner's permanent resident card",
  passport: 'Passport',
}

/** The types of document as users read them. */
export const words = defineWords({ documentTypes: zh }, { documentTypes: en })

/** Looking for a person, and seeing a full number. */
export const searchWords = defineWords(
  {
    title: '人员查询',
    lead: '按姓名、手机号或证件号码查找。只查您有权查看的学院；结果只显示一部分号码，每次查询都有记录。',
    query: '姓名、手机号或证件号码',
    queryHint: '姓名要写全；号码不会出现在网址里',
    submit: '查询',
    errors: { missing: '请填写姓名、手机号或证件号码', unclear: '看不出是姓名、手机号还是证件号码，请核对后再查' },
    tooMany: (seconds: number) => `查询次数太多，请等${seconds}秒再试。没有查询，也没有改动任何记录。`,
    found: (count: number) => `查到${count}条`,
    foundMore: (count: number) => `先显示${count}条`,
    none: '没有查到。请核对写法；不在您权限内的学院不会出现在这里。',
    caption: '查询结果',
    name: '姓名',
    document: '证件号码',
    academy: '学院',
    classes: '培训班次',
    classCount: (count: number) => `${count}个班`,
    last: '最近结束',
    record: '培训记录',
    open: '看培训记录',
    next: '下一页',
    reveal: {
      title: '查看完整证件号码',
      note: '完整号码只在办理下列事项确有需要时查看。您的账号、时间、用途和理由都会写入操作日志。',
      purpose: '用途',
      choose: '请选择用途',
      purposes: {
        certificate: '办理证书',
        correction: '更正台账',
        identity: '核对身份',
        complaint: '处理投诉或异议',
        inspection: '配合检查审计',
      },
      reason: '理由',
      reasonHint: '写明具体事项，至少4个字；不要写号码',
      submit: '查看完整号码',
      errors: { purpose: '请选择用途', reason: '请写明理由，至少4个字' },
      shown: (type: string) => `${type}号码，已记入操作日志。离开本页后不再显示。`,
      tooMany: (seconds: number) => `查看次数太多，请等${Math.ceil(seconds / 60)}分钟再试。`,
    },
  },
  {
    title: 'Find a person',
    lead: 'By name, phone or document, within the academies that you may see. Numbers are masked; every search is recorded.',
    query: 'Name, phone or document number',
    queryHint: 'The whole name; no number ever stands in an address',
    submit: 'Search',
    errors: {
      missing: 'Please give a name, a phone or a document number',
      unclear: 'This is no name, phone or document number: please check it',
    },
    tooMany: (seconds) => `Too many searches: please wait ${seconds} s. Nothing was searched or changed.`,
    found: (count) => `${count} found`,
    foundMore: (count) => `The first ${count}`,
    none: 'Nobody was found. Please check the spelling; academies that you may not see do not appear here.',
    caption: 'Persons found',
    name: 'Name',
    document: 'Document',
    academy: 'Academy',
    classes: 'Classes',
    classCount: (count) => `${count} ${count === 1 ? 'class' : 'classes'}`,
    last: 'Last ended',
    record: 'Record',
    open: 'Show the record',
    next: 'Next page',
    reveal: {
      title: 'See the full document number',
      note: 'Only where the matter needs it. Your account, the time, the purpose and the reason go into the audit trail.',
      purpose: 'Purpose',
      choose: 'Choose a purpose',
      purposes: {
        certificate: 'Issuing a certificate',
        correction: 'Correcting the ledger',
        identity: 'Checking an identity',
        complaint: 'A complaint or an objection',
        inspection: 'An inspection or audit',
      },
      reason: 'Reason',
      reasonHint: 'The matter in words, 4 characters at least; no numbers',
      submit: 'Show the full number',
      errors: { purpose: 'Please choose a purpose', reason: 'Please give the reason, 4 characters at least' },
      shown: (type) => `${type}: recorded in the audit trail. It is not shown again once you leave this page.`,
      tooMany: (seconds) => `Too many numbers were shown: please wait ${Math.ceil(seconds / 60)} min.`,
    },
  },
)
