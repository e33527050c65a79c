import { defineWords } from '#app/lib/i18n.ts'

/** Words that are compiled into the text of a lesson. Lessons are Chinese; the manual is in both languages. */
export const lessonWords = defineWords(
  {
    kinds: { info: '说明', tip: '提示', warn: '注意', danger: '危险' },
    example: '例',
    footnotes: '注释',
    footnoteBack: (n: string) => `回到正文的注${n}`,
    table: '表',
    verdicts: { right: '对', wrong: '错' },
    formula: (n: string) => `式${n}`,
    formulaNumber: (n: string) => `（${n}）`,
    where: '式中：',
    terms: '本课术语',
    alsoCalled: (names: readonly string[]) => `也叫${names.join('、')}`,
    backToText: '回到正文',
  },
  {
    kinds: { info: 'Note', tip: 'Tip', warn: 'Caution', danger: 'Danger' },
    example: 'Example',
    footnotes: 'Notes',
    footnoteBack: (n: string) => `Back to note ${n} in the text`,
    table: 'Table',
    verdicts: { right: 'Right', wrong: 'Wrong' },
    formula: (n: string) => `Formula ${n}`,
    formulaNumber: (n: string) => `(${n})`,
    where: 'where',
    terms: 'Words of this lesson',
    alsoCalled: (names: readonly string[]) => `Also called ${names.join(', ')}`,
    backToText: 'Back to the text',
  },
)
