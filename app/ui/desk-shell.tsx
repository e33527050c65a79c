import type { ReactNode } from 'react'
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
  return (
    <div className="desk">
      <SkipLink />
      <header className="rail">
        <Brand {...brand} />
        <nav aria-label={w.mainNavigation}>
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
