import { defineWords } from '#app/lib/i18n.ts'

/** Words that are compiled into the text of a lesson. Lessons are Chinese; the other language is there for the day they are not. */
export const lessonWords = defineWords(
  {
    kinds: { info: '说明', tip: '提示', warn: '注意', danger: '危险' },
    example: '例',
    footnotes: '注释',
    footnoteBack: (n: string) => `回到正文的注${n}`,
    table: '表',
  },
  {
    kinds: { info: 'Note', tip: 'Tip', warn: 'Caution', danger: 'Danger' },
    example: 'Example',
    footnotes: 'Notes',
    footnoteBack: (n: string) => `Back to note ${n} in the text`,
    table: 'Table',
  },
)
