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
