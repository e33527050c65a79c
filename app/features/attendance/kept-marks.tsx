import { useEffect, useState } from 'react'
import { LinkButton } from '#app/ui/button.tsx'
import { Callout } from '#app/ui/callout.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { rollPage } from './roll.ts'
import { rollWords } from './roll-words.ts'
import type { SessionCount } from './sessions.server.ts'

/**
 * On the day's page: marks that were made without a network and lie on this phone are in none of its numbers, until the roll is
 * opened and sends them. What it needs comes after the page.
 */
export function KeptMarks({ sessions, academyCode }: { sessions: readonly SessionCount[]; academyCode: string }) {
  const { today: w, open } = useWords(rollWords)
  const [kept, setKept] = useState<readonly string[]>([])
  const ids = sessions.map(({ sessionId }) => sessionId).join()
  useEffect(() => {
    let isShown = true
    import('./roll/store.ts')
      .then(({ openStore }) => openStore())
      .then((store) => store?.marks())
      .then((marks = []) => {
        const waiting = marks.filter(({ refusal, sessionId }) => refusal === null && ids.includes(sessionId))
        if (isShown) setKept(waiting.map(({ sessionId }) => sessionId))
      })
      // A browser that keeps nothing has nothing to send.
      .catch(() => undefined)
    return () => {
      isShown = false
    }
  }, [ids])
  const [first] = kept
  if (!first) return null
  return (
    <Callout tone="warn" role="status" title={w.waiting(kept.length)}>
      <p>{w.waitingText}</p>
      <LinkButton icon="person" href={rollPage(academyCode, first)}>
        {open}
      </LinkButton>
    </Callout>
  )
}
