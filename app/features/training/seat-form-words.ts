import { defineWords } from '#app/lib/i18n.ts'

/** What administrators read where they say how a class gives its seats. */
export const seatFormWords = defineWords(
  {
    title: '名额和报名条件',
    how: '怎样给名额',
    hasWaitlist: '名额报满后可以候补',
    hasWaitlistHint: '有人退班，名额按顺序让给候补的人，系统自动通知。名额不限的班不用候补。',
    needsApproval: '每个报名都由学院审核',
    needsApprovalHint: '在花名册的“报名和候补”里审核；过期没有审核的申请自动失效。',
    whoHint: '下面不填就是谁都能报。填了的，系统请职工报名时如实申报，并自动核对。',
    categories: '面向哪些人员',
    categoriesHint: '不选就是不限',
    level: '已有的技能等级（至少）',
    anyLevel: '不限',
    years: '工作年限（至少几年）',
    employers: '限哪些单位',
    employersHint: '一行一个全称',
    union: '工会会员',
    isForMembers: '只收工会会员',
    errors: {
      years: '工作年限应是1至60的整数',
      employers: '最多50个单位，每个不超过100字',
      level_of_occupation: '限技能等级，要先选职业（工种）',
    },
  },
  {
    title: 'Seats and who can enrol',
    how: 'How seats are given',
    hasWaitlist: 'When the class is full, workers can wait for a seat',
    hasWaitlistHint:
      'A seat that is given back is offered to the next in line, who is told at once. Without a limit nobody has to wait.',
    needsApproval: 'The academy looks at every request',
    needsApprovalHint: 'Under “Requests and waiting list” of the roster; a request that nobody answers lapses.',
    whoHint: 'Left empty, everybody can enrol. What is filled in is asked of the worker, and checked.',
    categories: 'For whom',
    categoriesHint: 'None chosen: for everybody',
    level: 'Skill level held already, at least',
    anyLevel: 'Any',
    years: 'Years of work, at least',
    employers: 'Workers of these employers alone',
    employersHint: 'One full name a line',
    union: 'Union members',
    isForMembers: 'Union members alone',
    errors: {
      years: 'Years are a whole number from 1 to 60',
      employers: '50 employers at most, 100 characters each',
      level_of_occupation: 'A level belongs to an occupation: choose one first',
    },
  },
)
