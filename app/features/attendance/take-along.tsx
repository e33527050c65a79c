import { useEffect, useState } from 'react'
import { useWords } from '#app/ui/locale.tsx'
import { rollWords } from './roll-words.ts'
import type { SessionCount } from './sessions.server.ts'

/**
 * Takes the rolls of an instructor's sessions of today along, so that whoever has looked at the day's page goes down to a
 * workshop without a signal and can call the roll there. What it needs comes after the page.
 */
export function TakeAlong({ sessions, academyCode }: { sessions: readonly SessionCount[]; academyCode: string }) {
  const { today: w } = useWords(rollWords)
  const [isKept, setKept] = useState(false)
  const ids = sessions
    .filter(({ state, cancelReason }) => cancelReason === null && (state === 'ahead' || state === 'open'))
    .map(({ sessionId }) => sessionId)
    .join()
  useEffect(() => {
    if (ids === '') return
    let isShown = true
    import('./roll/rolls.ts')
      .then(({ takeAlong }) => takeAlong(academyCode, ids.split(',')))
      .then((kept) => isShown && setKept(kept))
      // Out of reach: the rolls that lie here already are all there is.
      .catch(() => undefined)
    return () => {
      isShown = false
    }
  }, [academyCode, ids])
  return (
    <p className="small soft" role="status">
      {isKept && w.kept}
    </p>
  )
}
