import { useLocation, useNavigation } from '@remix-run/react'
import { useEffect, useRef, useState } from 'react'
import { useWords } from './locale.tsx'
import { words } from './words.ts'

/** A bar at the top while a navigation or a post lasts longer than 300 ms (the delay is in the stylesheet). */
export function NavigationProgress() {
  const w = useWords(words)
  const navigation = useNavigation()
  if (navigation.state === 'idle') return null
  return <div className="navbar" role="progressbar" aria-label={w.loading} key={navigation.location.key} />
}

/** Tells a screen reader the title of the page after a navigation without a reload. */
export function RouteAnnouncer() {
  const { pathname } = useLocation()
  const [title, setTitle] = useState('')
  const isFirst = useRef(true)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the path is what triggers it
  useEffect(() => {
    if (isFirst.current) {
      isFirst.current = false
      return
    }
    setTitle(document.title)
  }, [pathname])
  return (
    <div className="vh" aria-live="polite" aria-atomic="true">
      {title}
    </div>
  )
}
