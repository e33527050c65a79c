import { requirementName, requirementWords } from '#app/features/training/requirement-words.ts'
import { yearOf } from '#app/lib/calendar.ts'
import { words as dateWords } from '#app/lib/date-words.ts'
import { Badge, type Tone } from '#app/ui/badge.tsx'
import { ButtonLink } from '#app/ui/button.tsx'
import { Card, Section } from '#app/ui/card.tsx'
import { useWords } from '#app/ui/locale.tsx'
import type { Item } from './find.server.ts'
import { countLacking, type Standing } from './rules.ts'
import { materialWords } from './words.ts'

const TONES: Record<Standing, Tone> = { missing: 'none', handed_in: 'warn', accepted: 'met', refused: 'miss' }

export function StandingBadge({ standing }: { standing: Standing }) {
  const { standings } = useWords(materialWords)
  return <Badge tone={TONES[standing]}>{standings[standing]}</Badge>
}

/** By when what is lacking is wanted. */
export function WantedBy({ by, today }: { by: string; today: string }) {
  const { own: w } = useWords(materialWords)
  const d = useWords(dateWords)
  const day = d.day(by, yearOf(today))
  return <p>{today > by ? w.overdue(day) : w.by(day)}</p>
}

/** On the class's page: what the class needs of the worker, how each stands, and the way to hand it in. Nothing where it needs nothing. */
export function OwnMaterialsCard({
  items,
  wanted,
  to,
}: {
  items: readonly Pick<Item, 'kind' | 'name' | 'standing'>[]
  wanted: { by: string; today: string }
  to: string
}) {
  const { own: w } = useWords(materialWords)
  const q = useWords(requirementWords)
  if (items.length === 0) return null
  const lacking = countLacking(items)
  return (
    <Section title={w.title}>
      <Card>
        <div className="stack">
          <p>
            <b>{lacking > 0 ? w.lacking(lacking) : w.complete}</b>
          </p>
          {lacking > 0 && <WantedBy {...wanted} />}
          <ul className="stack">
            {items.map((item) => (
              <li key={`${item.kind} ${item.name}`} className="spread">
                {requirementName(q, item)} <StandingBadge standing={item.standing} />
              </li>
            ))}
          </ul>
          <ButtonLink kind={lacking > 0 ? 'main' : 'plain'} isWide isTall to={to}>
            {lacking > 0 ? w.open : w.look}
          </ButtonLink>
        </div>
      </Card>
    </Section>
  )
}
