import { Link } from '#app/ui/link.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { pathWords } from './path-words.ts'

export const pathPath = (occupation: string) => `/paths/${occupation}`

/** From a list or a course to the path of its occupation; without one, to all paths. */
export function PathLink({ occupation, name }: { occupation: string | null; name?: string | null }) {
  const w = useWords(pathWords)
  return (
    <p>
      <Link to={occupation ? pathPath(occupation) : '/paths'}>{name ? w.seePathOf(name) : w.seePath}</Link>
    </p>
  )
}
