import { defineWords } from '#app/lib/i18n.ts'

/** The final test as a step of a course. */
export const words = defineWords(
  {
    toTest: '参加结业考试',
    goOnTest: '接着答结业考试',
    seeTest: '看结业考试成绩',
    testAhead: '最后是结业考试',
    left: (n: number) => (n === 0 ? '这次没通过，要隔一段时间再考。' : `这次没通过，还可以马上再考${n}次。`),
    pause: (when: string) => `结业考试没有通过，${when}以后可以再考。`,
    running: '结业考试还没有交卷。',
    open: '还没有通过',
    missing: '还差结业考试',
    passed: '已通过',
    exempt: '不要求您参加',
    lessonsDone: '每一课都学完了',
    lessonsDoneLead: '通过结业考试，本课程就全部完成；报名了线上班的，学时随即记入。',
    lead: '学完每一课后参加',
  },
  {
    toTest: 'Take the final test',
    goOnTest: 'Go on with the final test',
    seeTest: 'See how the final test went',
    testAhead: 'Then the final test',
    left: (n: number) =>
      n === 0 ? 'Should you fail this time, there will be a pause.' : `Should you fail, ${n} more can follow at once.`,
    pause: (when: string) => `The final test was not passed; you can take it again from ${when}.`,
    running: 'The final test has not been handed in yet.',
    open: 'Not passed yet',
    missing: 'Final test to pass',
    passed: 'Passed',
    exempt: 'Not asked of you',
    lessonsDone: 'Every lesson is done',
    lessonsDoneLead:
      'Pass the final test and the course is complete; if you joined an online class, your hours are then recorded.',
    lead: 'After every lesson is done',
  },
)
