import { Callout } from '#app/ui/callout.tsx'
import { Link } from '#app/ui/link.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { classFileWords } from './words.ts'

/** Where those above an academy find a class's file, on the page that everybody sees. */
export function ClassFileLink({ lacking, to }: { lacking: number; to: string }) {
  const w = useWords(classFileWords)
  return (
    <Callout tone="info">
      <Link to={to}>{w.title}</Link> {lacking === 0 ? w.allThere : w.missing(lacking)}
    </Callout>
  )
}
