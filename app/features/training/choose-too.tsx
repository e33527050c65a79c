import { Choice } from '#app/ui/choice.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { choiceWords } from './choice-words.ts'

/** Beside the button that enrols, while no academy is chosen: this one is, unless the worker unticks it. */
export function ChooseToo({ academy }: { academy: string }) {
  const w = useWords(choiceWords)
  return <Choice type="checkbox" name="choose" defaultChecked label={w.remember(academy)} note={w.rememberNote} />
}
