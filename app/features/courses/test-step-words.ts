import { defineWords } from '#app/lib/i18n.ts'

/** The final test as a step of a course. */
export const words = defineWords(
  {
    toTest: '参加结业考试',
    open: '还没有通过',
    passed: '已通过',
    exempt: '不要求您参加',
    lessonsDone: '每一课都学完了',
    lessonsDoneLead: '通过结业考试，本课程就全部完成；报名了线上班的，学时随即记入。',
    lead: '学完每一课后参加',
  },
  {
    toTest: 'Take the final test',
    open: 'Not passed yet',
    passed: 'Passed',
    exempt: 'Not asked of you',
    lessonsDone: 'Every lesson is done',
    lessonsDoneLead:
      'Pass the final test and the course is complete; if you joined an online class, your hours are then recorded.',
    lead: 'After every lesson is done',
  },
)
