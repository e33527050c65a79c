import { Callout } from '#app/ui/callout.tsx'
import { Link } from '#app/ui/link.tsx'
import { useLocale, useWords } from '#app/ui/locale.tsx'
import type { MendAnswer } from './mend.server.ts'
import { mendWords } from './mend-words.ts'
import { isObstacle, saidObstacle } from './session-say.ts'
import { sessionWords } from './session-words.ts'

/** What was just done on the page, as its address says it; null: nothing. */
export const readDone = (search: URLSearchParams) => DONE.find((one) => one === search.get('done')) ?? null
const DONE = ['saved', 'already'] as const

/** What was saved, or why nothing was; `path`: of the page, to open it again. */
export function MendNotes({
  done,
  answer,
  path,
}: {
  done: ReturnType<typeof readDone>
  answer: MendAnswer | undefined
  path: string
}) {
  const w = useWords(mendWords)
  const s = useWords(sessionWords)
  const locale = useLocale()
  const said = { saved: w.saved, already: w.already }
  if (!answer)
    return (
      done && (
        <Callout tone="met" role="status">
          {said[done]}
        </Callout>
      )
    )
  if (answer.ok || answer.reason === 'faults') return null
  if (isObstacle(answer) || answer.reason === 'instructor_unknown')
    return (
      <Callout tone="miss" role="alert">
        {s.notSaved(isObstacle(answer) ? saidObstacle(locale, answer) : s.refused[answer.reason])}
      </Callout>
    )
  return (
    <Callout tone="miss" role="alert">
      <p>{w.refused[answer.reason]}</p>
      {answer.reason === 'changed_meanwhile' && (
        <p>
          <Link to={path}>{w.reload}</Link>
        </p>
      )}
    </Callout>
  )
}
