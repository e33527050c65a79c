import { defineWords } from '#app/lib/i18n.ts'

export const words = defineWords(
  {
    codeForm: (code: string) => `“${code}”不是职业编码，应按职业分类大典写成6-18-02-04的样子`,
    editionForm: (edition: string) => `“${edition}”不是版本，应为大典的年份，例如2022`,
  },
  {
    codeForm: (code) => `“${code}” is not an occupation code: write it like 6-18-02-04, as in the 职业分类大典`,
    editionForm: (edition) => `“${edition}” is not an edition: write its year, like 2022`,
  },
)
