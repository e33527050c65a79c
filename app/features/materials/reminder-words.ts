import { defineWords } from '#app/lib/i18n.ts'

/** What a worker is told who has not handed in everything before a class starts. */
export const reminderWords = defineWords(
  {
    /** Of the class whose name stands before it. */
    title: (day: string, names: string) => `${day}开课，还差${names}`,
    what: (day: string, n: number) => `${day}开课，您还差${n}样材料没有交`,
  },
  {
    title: (day, names) => `begins on ${day}; still to be handed in: ${names}`,
    what: (day, n) => `begins on ${day}, and ${n === 1 ? '1 thing is' : `${n} things are`} still to be handed in`,
  },
)
