import { defineWords } from '#app/lib/i18n.ts'

/** What an academy reads of its learners' final tests. */
export const testReportWords = defineWords(
  {
    title: '结业考试',
    totals: (learners: number, attempts: number, passed: number) =>
      `${learners}人考了${attempts}次，其中${passed}人通过。每次抽的题不同，下面按答对的比例从低到高排；没有作答的算没答对。`,
    question: '题目',
    shown: '出现次数',
    right: '答对',
    blank: '没有作答',
  },
  {
    title: 'Final test',
    totals: (learners: number, attempts: number, passed: number) =>
      `Workers who sat it: ${learners}; attempts: ${attempts}; passed: ${passed}. Every attempt has questions of its own; the hardest stands first, and one left open is not right.`,
    question: 'Question',
    shown: 'Asked',
    right: 'Right',
    blank: 'Left open',
  },
)
