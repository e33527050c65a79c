import { defineWords } from '#app/lib/i18n.ts'

/** What the roles are called: in the shell of every page, so apart from the other words of accounts. */
export const roleWords = defineWords(
  {
    worker: '职工',
    instructor: '教师',
    academy_admin: '学院管理员',
    enterprise_union: '企业工会',
    sponsor_reviewer: '推荐工会审核员',
    provincial_handler: '省总工会经办人',
    provincial_reviewer: '省总工会复核人',
    operator: '系统管理员',
  },
  {
    worker: 'Worker',
    instructor: 'Instructor',
    academy_admin: 'Academy administrator',
    enterprise_union: 'Enterprise union',
    sponsor_reviewer: "Sponsor's reviewer",
    provincial_handler: 'Provincial handler',
    provincial_reviewer: 'Provincial reviewer',
    operator: 'Operator',
  },
)
