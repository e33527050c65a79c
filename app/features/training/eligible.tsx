import { words as dateWords } from '#app/lib/date-words.ts'
import { Card, Section } from '#app/ui/card.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { type Eligibility, type EligibilityRule, rulesOf } from './eligibility.ts'
import { levelWords } from './level-words.ts'
import { seatWords } from './seat-words.ts'

/** Who can enrol, rule by rule; nothing where everybody can. */
export function Eligible({ of }: { of: Eligibility }) {
  const w = useWords(seatWords).eligible
  const sentences = useEligibleWords(of)
  if (sentences.length === 0) return null
  return (
    <Section title={w.title}>
      <Card>
        <ul>
          {sentences.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      </Card>
    </Section>
  )
}

/** The rules of a class as sentences. */
export function useEligibleWords(of: Eligibility): string[] {
  const { eligible: w, categories } = useWords(seatWords)
  const levels = useWords(levelWords)
  const { list } = useWords(dateWords)
  const sentence: Record<EligibilityRule, () => string> = {
    category: () => w.categories(list((of.eligibleCategories ?? []).map((one) => categories[one]))),
    employer: () => w.employers(list(of.eligibleEmployers ?? [])),
    level: () => (of.eligibleLevel ? w.level(levels[of.eligibleLevel]) : ''),
    years: () => w.years(of.eligibleYears ?? 0),
    member: () => w.members,
  }
  return rulesOf(of).map((rule) => sentence[rule]())
}
