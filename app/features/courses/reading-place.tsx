import { useEffect, useState } from 'react'
import { useWords } from '#app/ui/locale.tsx'
import { lessonWords } from './lesson-words.ts'
import { PLACES_KEY, placeToReturnTo, readPlaces, withPlace } from './reading-place.ts'

/** How often a place is looked at while somebody scrolls. */
const LOOK_MS = 400
/** What of the window's top the page's own bar covers. */
const BAR_PX = 64

/**
 * Remembers which piece of the text is at the top of the screen, and comes back to it the next time: for a learner on
 * whatever device, for a visitor in this browser. It is told once, when the page is left or put aside, never while
 * scrolling. A page that opens at a place of its own (`#quiz`, back in the history) is left alone.
 * `lesson`: `course/lesson`; `path`: the lesson's.
 */
export function ReadingPlace(props: {
  lesson: string
  path: string
  place: number | null
  isDone: boolean
  isLearner: boolean
}) {
  const { lesson, path, place, isDone, isLearner } = props
  const w = useWords(lessonWords)
  const [isBack, setBack] = useState(false)

  // biome-ignore lint/correctness/useExhaustiveDependencies: what was kept is asked once a lesson, when it opens
  useEffect(() => {
    const kept = isLearner ? place : (readPlaces(stored())[lesson] ?? null)
    const back = placeToReturnTo(kept, { pieces: pieces().length, isDone })
    const isFresh = window.location.hash === '' && window.scrollY === 0
    if (back !== null && isFresh) pieces()[back]?.scrollIntoView()
    setBack(back !== null && isFresh)

    let told = kept ?? 0
    let now = told
    let looking: ReturnType<typeof setTimeout> | undefined
    const look = () => {
      looking ??= setTimeout(() => {
        looking = undefined
        now = pieceAtTop() ?? now
      }, LOOK_MS)
    }
    const tell = () => {
      if (now === told) return
      told = now
      if (isLearner) navigator.sendBeacon(`${path}/place`, new URLSearchParams({ place: String(now) }))
      else store(JSON.stringify(withPlace(readPlaces(stored()), lesson, now)))
    }
    const tellNow = () => {
      now = pieceAtTop() ?? now
      tell()
    }
    const putAside = () => document.visibilityState === 'hidden' && tellNow()
    window.addEventListener('scroll', look, { passive: true })
    document.addEventListener('visibilitychange', putAside)
    window.addEventListener('pagehide', tellNow)
    return () => {
      clearTimeout(looking)
      tell()
      window.removeEventListener('scroll', look)
      document.removeEventListener('visibilitychange', putAside)
      window.removeEventListener('pagehide', tellNow)
    }
  }, [lesson])

  if (!isBack) return null
  return (
    <p className="toast" role="status" key={lesson}>
      {w.resumed}
      <button type="button" className="toast-act" onClick={() => window.scrollTo({ top: 0 })}>
        {w.fromTop}
      </button>
    </p>
  )
}

/** The paragraphs, figures and tables of the lesson's text, in order. */
const pieces = () => document.querySelectorAll('article > .prose > *')

function pieceAtTop(): number | null {
  const index = [...pieces()].findIndex((piece) => piece.getBoundingClientRect().bottom > BAR_PX)
  return index < 0 ? null : index
}

/** A browser may refuse to store anything. */
function stored(): string | null {
  try {
    return window.localStorage.getItem(PLACES_KEY)
  } catch {
    return null
  }
}

function store(places: string): void {
  try {
    window.localStorage.setItem(PLACES_KEY, places)
  } catch {
    // Then this visitor begins at the top.
  }
}
