import type {
  Category,
  CertificateStatus,
  CertificateType,
  DeclaredLevel,
  DocumentType,
  Level,
  Mode,
  Result,
} from '#db/values.ts'

/** The words that ledger cells hold, and what they are stored as. The first word of a value is the one that is exported. */
export type Vocabulary<T extends string> = Readonly<Record<T, readonly [string, ...string[]]>>

export const MODE_WORDS: Vocabulary<Mode> = {
  online: ['线上'],
  classroom: ['面授'],
  practical: ['实操'],
  mixed: ['混合'],
}

export const DOCUMENT_TYPE_WORDS: Vocabulary<DocumentType> = {
  resident_id: ['居民身份证', '身份证'],
  hk_mo_residence: ['港澳居民居住证'],
  tw_residence: ['台湾居民居住证'],
  hk_mo_permit: ['港澳居民来往内地通行证'],
  tw_permit: ['台湾居民来往大陆通行证'],
  foreign_pr: ['外国人永久居留身份证'],
  passport: ['护照'],
}

export const CATEGORY_WORDS: Vocabulary<Category> = {
  employed: ['在职职工'],
  flexible: ['灵活就业'],
  new_form: ['新就业形态'],
  laid_off: ['下岗待岗'],
  student: ['在校学生'],
  retired: ['退休'],
  other: ['其他'],
}

export const RESULT_WORDS: Vocabulary<Result> = { passed: ['合格'], failed: ['不合格'], absent: ['缺考'] }

export const CERTIFICATE_TYPE_WORDS: Vocabulary<CertificateType> = {
  skill_level: ['职业技能等级证书'],
  qualification: ['职业资格证书'],
  special_ability: ['专项职业能力证书'],
  special_operation: ['特种作业操作证'],
  special_equipment: ['特种设备作业人员证'],
  training: ['培训合格证书'],
  other: ['其他证书'],
}

export const CERTIFICATE_STATUS_WORDS: Vocabulary<CertificateStatus> = { valid: ['有效'], revoked: ['撤销'] }

/** 五级/初级工 in its spellings: rank and name in either order, either alone, the digit. */
function rank(ordinal: string, name: string, digit: string): readonly [string, ...string[]] {
  const both = [`${ordinal}/${name}`, `${name}/${ordinal}`, `${ordinal}(${name})`, `${name}(${ordinal})`]
  return [`${ordinal}/${name}`, ...both.slice(1), `${ordinal}${name}`, `${name}${ordinal}`, ordinal, name, digit]
}

export const LEVEL_WORDS: Vocabulary<Level> = {
  apprentice: ['学徒工'],
  l5: rank('五级', '初级工', '5'),
  l4: rank('四级', '中级工', '4'),
  l3: rank('三级', '高级工', '3'),
  l2: rank('二级', '技师', '2'),
  l1: rank('一级', '高级技师', '1'),
  special_technician: ['特级技师'],
  chief_technician: ['首席技师'],
}

export const DECLARED_LEVEL_WORDS: Vocabulary<DeclaredLevel> = { none: ['无'], ...LEVEL_WORDS }

/** What column 5 says for a class without an occupation. */
export const NO_OCCUPATION = '无'

/** How the class number and the name of the template's example row begin. */
export const EXAMPLE = '示例'

/** The sheet of the template that explains its columns. */
export const EXPLANATION = '填写说明'

/** Word → value, for looking cells up. */
export function lookup<T extends string>(vocabulary: Vocabulary<T>): ReadonlyMap<string, T> {
  const found = new Map<string, T>()
  for (const value of Object.keys(vocabulary) as T[]) for (const word of vocabulary[value]) found.set(word, value)
  return found
}

/** The words that a message names as what would be right: one per value. */
export function choices<T extends string>(vocabulary: Vocabulary<T>): string {
  return (Object.values(vocabulary) as (readonly [string, ...string[]])[]).map(([first]) => first).join('、')
}
