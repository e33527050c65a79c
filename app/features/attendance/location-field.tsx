import { useEffect, useState } from 'react'
import { Button } from '#app/ui/button.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { type Location, roughly } from './location.ts'
import { locationWords } from './location-words.ts'

const PATIENCE_MS = 15_000
const FRESH_MS = 60_000

/**
 * For a class that asks for it: adds the worker's rough position to the form around it, when the worker presses the button and at no other
 * time. Made rough before it leaves the phone; whatever goes wrong, the form can be sent.
 */
export function LocationField() {
  const { ask: w } = useWords(locationWords)
  const [isLive, setLive] = useState(false)
  useEffect(() => setLive('geolocation' in navigator), [])
  const [found, setFound] = useState<Location | 'asking' | 'failed' | null>(null)
  if (!isLive) return null
  const press = () => {
    setFound('asking')
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => setFound(roughly(coords) ?? 'failed'),
      () => setFound('failed'),
      { timeout: PATIENCE_MS, maximumAge: FRESH_MS },
    )
  }
  const isTaken = typeof found === 'object' && found !== null
  return (
    <div className="stack">
      <p className="soft small">{w.what}</p>
      <div role="status">{isTaken ? w.taken : found && w[found]}</div>
      {isTaken ? (
        Object.entries(found).map(([name, value]) => <input key={name} type="hidden" name={name} value={value} />)
      ) : (
        <div>
          <Button kind="quiet" onClick={press} disabled={found === 'asking'}>
            {w.button}
          </Button>
        </div>
      )}
    </div>
  )
}
