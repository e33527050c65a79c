import { defineWords } from '#app/lib/i18n.ts'

/** What administrators read where they plan the meetings of a class. */
export const sessionWords = defineWords(
  {
    day: {
      holiday: (name: string) => `${name}放假`,
      madeUp: (name: string) => `${name}调休，上班`,
      unknown: (year: number) => `${year}年的放假安排尚未录入`,
    },
  },
  {
    day: {
      holiday: (name) => `${name}: public holiday`,
      madeUp: (name) => `worked in return for ${name}`,
      unknown: (year) => `holidays of ${year} are not entered yet`,
    },
  },
)
