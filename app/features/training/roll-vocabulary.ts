import { words as personWords } from '#app/features/persons/words.ts'
import type { DocumentType } from '#db/values.ts'

export type RollColumn = 'name' | 'documentType' | 'document' | 'phone'

/** What unions write above the columns of their lists: Chinese by nature, English beside it. */
export const ROLL_HEADS: Record<RollColumn, readonly string[]> = {
  name: ['姓名', '职工姓名', '员工姓名', '学员姓名', 'name'],
  documentType: ['证件类型', '证件种类', 'document type'],
  document: ['证件号码', '证件号', '身份证号', '身份证号码', '身份证', 'document', 'document number', 'id number'],
  phone: ['手机号', '手机号码', '手机', '电话', '联系电话', '联系方式', 'phone', 'mobile'],
}

const entries = Object.entries as <V extends string>(of: Record<V, string>) => [V, string][]
const named = [
  ...entries<DocumentType>(personWords['zh-CN'].documentTypes),
  ...entries<DocumentType>(personWords.en.documentTypes),
]

/** A document's type by either of its names, spaces aside. */
export const DOCUMENT_TYPE_WORDS: ReadonlyMap<string, DocumentType> = new Map([
  ...named.map(([type, word]): [string, DocumentType] => [word.replace(/\s+/g, '').toLowerCase(), type]),
  ['身份证', 'resident_id'],
])
