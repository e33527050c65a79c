import { defineWords } from '#app/lib/i18n.ts'

type Summary = { courses: number; lessons: number; pages: number; errors: number; warnings: number; ms: number }

const s = (n: number) => (n === 1 ? '' : 's')

/** What `content:check` says around what it found. */
export const checkWords = defineWords(
  {
    error: '错误：',
    warning: '提醒：',
    suggestion: '建议：',
    summary: ({ courses, lessons, pages, errors, warnings, ms }: Summary) =>
      `查了${courses}门课程、${lessons}课${pages > 0 ? `、${pages}页帮助` : ''}，用时${(ms / 1000).toFixed(1)}秒：${errors}处错误，${warnings}处提醒。` +
      `${errors > 0 ? '有错误的课程不能发布，仍是上一次发布的样子。' : '可以发布。'}\n`,
  },
  {
    error: 'error: ',
    warning: 'warning: ',
    suggestion: 'suggestion: ',
    summary: ({ courses, lessons, pages, errors, warnings, ms }) =>
      `${courses} course${s(courses)}, ${lessons} lesson${s(lessons)}${pages > 0 ? ` and ${pages} pages of help` : ''} checked in ${(ms / 1000).toFixed(1)} s: ` +
      `${errors} error${s(errors)}, ${warnings} warning${s(warnings)}. ` +
      `${errors > 0 ? 'A course with an error is not published and stays as it was.' : 'Ready to be published.'}\n`,
  },
)
