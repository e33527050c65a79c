import { defineWords } from '#app/lib/i18n.ts'

export const helpWords = defineWords(
  {
    title: '帮助',
    lead: '怎样学、怎样办、怎样看数、怎样写课，一件事一页。',
    readers: { worker: '职工', administrator: '学院管理员和教师', reviewer: '工会审核和经办', author: '编写课程的人' },
    others: '同一栏的其他页',
    all: '全部帮助',
    trial: '试一试',
    trialLead: '这是一个例子，只判对错，不记录。',
    empty: '帮助还没有发布。',
  },
  {
    title: 'Help',
    lead: 'How to learn, how to run classes, how to read the figures, how to write a course: one page a matter.',
    readers: {
      worker: 'Workers',
      administrator: 'Academies: administrators and instructors',
      reviewer: 'Unions: reviewers and handlers',
      author: 'Authors of courses',
    },
    others: 'Other pages for the same readers',
    all: 'All of the help',
    trial: 'Try it',
    trialLead: 'This is an example: it is marked, and nothing is recorded.',
    empty: 'The help is not published yet.',
  },
)
