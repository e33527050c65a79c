import { ButtonLink } from '#app/ui/button.tsx'
import { Card } from '#app/ui/card.tsx'
import { useWords } from '#app/ui/locale.tsx'
import type { ChosenAcademy } from './academy-choice.server.ts'
import { choiceWords } from './choice-words.ts'

/** The academy that online courses count for first, and the way to change it. */
export function OwnAcademy({ academy }: { academy: ChosenAcademy | null }) {
  const w = useWords(choiceWords)
  return (
    <Card title={w.title}>
      <div className="stack">
        <p>{academy ? w.chosen(academy.name) : w.notChosen}</p>
        <ButtonLink to="/me/academy">{academy ? w.change : w.choose}</ButtonLink>
      </div>
    </Card>
  )
}
