import { type ReactNode, useEffect, useRef } from 'react'
import { Brand } from './brand.tsx'
import { Icon } from './icon.tsx'
import { Link } from './link.tsx'
import { useWords } from './locale.tsx'
import { type NavItem, NavMark, SkipLink } from './shell.tsx'
import { words } from './words.ts'

/** The shell of those who work at a desk: a rail by task at the left; on a phone the rail lies on top. */
export function DeskShell({
  brand,
  items,
  foot,
  children,
}: {
  brand: { to: string; name: string }
  items: readonly NavItem[]
  /** Who is signed in, display settings, sign out. */
  foot: ReactNode
  children: ReactNode
}) {
  const w = useWords(words)
  const nav = useRef<HTMLElement>(null)
  const current = items.find(({ isCurrent }) => isCurrent)?.to
  // On a phone the strip is wider than the screen: where one is must not lie beyond its edge.
  useEffect(() => {
    const link = current && nav.current?.querySelector<HTMLElement>('[aria-current]')
    if (nav.current && link) nav.current.scrollLeft = link.offsetLeft - (nav.current.clientWidth - link.offsetWidth) / 2
  }, [current])
  return (
    <div className="desk">
      <SkipLink />
      <header className="rail">
        <Brand {...brand} />
        <nav ref={nav} aria-label={w.mainNavigation}>
          <ul>
            {items.map((item) => (
              <li key={item.to}>
                <Link to={item.to} aria-current={item.isCurrent ? 'page' : undefined}>
                  <Icon name={item.icon} />
                  {item.label}
                  {item.mark && <NavMark {...item.mark} />}
                </Link>
              </li>
            ))}
          </ul>
        </nav>
        <div className="rail-foot">{foot}</div>
      </header>
      <main id="main" tabIndex={-1}>
        {children}
      </main>
    </div>
  )
}
