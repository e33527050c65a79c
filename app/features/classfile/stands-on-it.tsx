import type { StandsOn } from '#app/features/attendance/stands-on.server.ts'
import { words as dateWords } from '#app/lib/date-words.ts'
import { ButtonLink } from '#app/ui/button.tsx'
import { Callout } from '#app/ui/callout.tsx'
import { Link } from '#app/ui/link.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { classFileWords } from './words.ts'

/** Why a photograph of a signed sheet is not removed: whose attendance stands on it, and the way to each sheet. */
export function StandsOnIt({
  standing,
  academyCode,
  back,
}: {
  standing: readonly StandsOn[]
  academyCode: string
  back: string
}) {
  const { removing: w } = useWords(classFileWords)
  const d = useWords(dateWords)
  const all = standing.reduce((sum, { workers }) => sum + workers, 0)
  return (
    <div className="stack">
      <Callout tone="warn" title={w.stands}>
        <p>{w.standsWhy(all)}</p>
        <ul>
          {standing.map(({ sessionId, startsAt, workers }) => (
            <li key={sessionId}>
              <Link to={`/academies/${academyCode}/manage/sessions/${sessionId}`}>
                {w.standsOf(d.instant(startsAt), workers)}
              </Link>
            </li>
          ))}
        </ul>
        <p>{w.standsHow}</p>
      </Callout>
      <div>
        <ButtonLink kind="main" to={back}>
          {w.toFile}
        </ButtonLink>
      </div>
    </div>
  )
}
