import { Callout } from '#app/ui/callout.tsx'
import { useWords } from '#app/ui/locale.tsx'
import type { TroubleDone as Done } from './trouble.ts'
import { troubleWords } from './trouble-words.ts'

/** Says what became of the messages that somebody acted on. */
export function TroubleDone({ done }: { done: Done | null }) {
  const w = useWords(troubleWords)
  if (!done) return null
  return (
    <Callout tone="info" role="status">
      <p>{(done.act === 'retry' ? w.retried : w.stopped)(done.messages)}</p>
    </Callout>
  )
}
