import { Callout } from '#app/ui/callout.tsx'
import { Link } from '#app/ui/link.tsx'
import { useWords } from '#app/ui/locale.tsx'
import type { Mended } from './mend.server.ts'
import { mendWords } from './mend-words.ts'

/** What was just done on the page, as its address says it; null: nothing. */
export const readDone = (search: URLSearchParams) => DONE.find((one) => one === search.get('done')) ?? null
const DONE = ['saved', 'already', 'seats'] as const

/** What was saved, or why nothing was; `path`: of the page, to open it again. */
export function MendNotes({
  done,
  answer,
  path,
}: {
  done: ReturnType<typeof readDone>
  answer: Mended | undefined
  path: string
}) {
  const w = useWords(mendWords)
  const said = { saved: w.saved, already: w.already, seats: w.seats.saved }
  if (!answer)
    return (
      done && (
        <Callout tone="met" role="status">
          {said[done]}
        </Callout>
      )
    )
  if (answer.ok || answer.reason === 'faults') return null
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
