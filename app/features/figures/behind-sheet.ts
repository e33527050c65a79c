import type { words as certificationWords } from '../certification/words.ts'
import { type FactBehind, isAboutTraining, type RowBehind } from './behind.ts'
import type { behindWords } from './behind-words.ts'
import { assessmentInWords, creditInWords } from './fact-say.ts'
import type { Figure } from './figures.ts'

type Words = { w: (typeof behindWords)['zh-CN']; c: (typeof certificationWords)['zh-CN'] }
type SheetColumn = { head: string; width?: number; value: (row: RowBehind) => string | number | null }

/** The list behind a figure as a sheet: one row a person (or enrolment), masked as on the page. */
export function behindColumns({ w, c }: Words, figure: Figure): SheetColumn[] {
  const of = (say: (fact: FactBehind) => string) => (row: RowBehind) => row.facts.map(say).join('\n')
  const say = (fact: FactBehind) =>
    (fact.kind === 'credit' ? creditInWords(w, fact) : assessmentInWords(w, c, fact)).join(' · ')
  return [
    { head: w.behind.name, width: 12, value: (row) => row.name },
    { head: w.behind.document, width: 24, value: (row) => row.document },
    {
      head: w.behind.category,
      width: 14,
      value: (row) => (row.category ? w.categories[row.category] : w.behind.uncategorised),
    },
    { head: w.narrow.classCode, width: 16, value: of((fact) => fact.classCode) },
    { head: w.behind.className, width: 36, value: of((fact) => fact.className) },
    { head: w.narrow.mode, value: of((fact) => w.modes[fact.mode]) },
    { head: w.behind.facts[isAboutTraining(figure) ? 'credit' : 'assessment'], width: 44, value: of(say) },
  ]
}
