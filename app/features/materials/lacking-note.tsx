import { Callout } from '#app/ui/callout.tsx'
import { Link } from '#app/ui/link.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { materialDeskWords } from './desk-words.ts'

/** Beside a class's file, in which what workers hand in does not lie: how many lack something, and the way to it. */
export function LackingNote({ lacking, to }: { lacking: number; to: string }) {
  const w = useWords(materialDeskWords)
  return (
    <Callout tone={lacking > 0 ? 'warn' : 'info'}>
      {lacking > 0 ? w.ofFile(lacking) : w.ofFileNone} <Link to={to}>{w.toDesk}</Link>
    </Callout>
  )
}
