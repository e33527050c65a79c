import { Section } from '#app/ui/card.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Sittings } from './assessment-list.tsx'
import { assessmentWords } from './assessment-words.ts'
import type { ClassPage } from './class-page-data.ts'

/** When, where and by whom a class is assessed, and how often one may sit again; nothing where no plan says so. */
export function ClassAssessment({ of }: { of: ClassPage['assessment'] }) {
  const w = useWords(assessmentWords)
  const { sittings, resits, isLater } = of
  const isPlanned = sittings.some(({ cancelReason }) => cancelReason === null)
  if (sittings.length === 0 && !isLater) return null
  return (
    <Section title={w.title}>
      {sittings.length > 0 && <Sittings sittings={sittings} />}
      {isLater && <p>{isPlanned ? w.restLater : w.later}</p>}
      <p className="small soft">
        {w.passing} {w.resits(resits)}
      </p>
    </Section>
  )
}
