import type { MouseEvent, ReactNode } from 'react'

const FIELDS = 'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex]'

/**
 * A link to a place of the same page, by its id. Without a script the browser follows it. With one it is a press that leads the
 * eye and the focus there: for the router the browser's own way would be a navigation, with which what an action answered goes
 * away, errors and all.
 */
export function InPageLink({ id, className, children }: { id: string; className?: string; children: ReactNode }) {
  const follow = (event: MouseEvent) => {
    const place = document.getElementById(id)
    if (!place || event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    for (let hidden = place.closest('details'); hidden; hidden = hidden.parentElement?.closest('details') ?? null)
      hidden.open = true
    place.scrollIntoView({ block: place.clientHeight > innerHeight / 2 ? 'start' : 'center' })
    const field = place.matches(FIELDS) ? place : place.querySelector<HTMLElement>(FIELDS)
    ;(field ?? place).focus({ preventScroll: true })
  }
  return (
    <a className={className} href={`#${id}`} onClick={follow}>
      {children}
    </a>
  )
}
