import { words as dateWords } from '#app/lib/date-words.ts'
import { useWords } from '#app/ui/locale.tsx'
import { type Eligibility, type EligibilityRule, rulesOf } from './eligibility.ts'
import { levelWords } from './level-words.ts'
import { seatWords } from './seat-words.ts'
import type { LineRow } from './seats-desk.server.ts'
import { seatsDeskWords } from './seats-desk-words.ts'

/** What a worker declared of what the class asks for, in one line. */
export function DeclaredText({ row, of }: { row: LineRow; of: Eligibility }) {
  const w = useWords(seatsDeskWords)
  const { categories } = useWords(seatWords)
  const levels = useWords(levelWords)
  const { list } = useWords(dateWords)
  const { category, employer, declaredLevel, yearsOfWork, isUnionMember } = row
  const said: Record<EligibilityRule, string | null> = {
    category: category && categories[category],
    employer,
    level: declaredLevel && (declaredLevel === 'none' ? w.noLevel : levels[declaredLevel]),
    years: yearsOfWork === null ? null : w.years(yearsOfWork),
    member: isUnionMember === null ? null : isUnionMember ? w.member : w.notMember,
  }
  const rules = rulesOf(of)
  if (rules.length === 0) return <span className="muted">{w.nothingDeclared}</span>
  return list(rules.map((rule) => said[rule]).filter((text) => text !== null))
}
