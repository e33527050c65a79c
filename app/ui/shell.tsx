import type { ReactNode } from 'react'
import { Brand } from './brand.tsx'
import { classes } from './class-names.ts'
import { Icon, type IconName } from './icon.tsx'
import { InPageLink } from './in-page-link.tsx'
import { Link } from './link.tsx'
import { useWords } from './locale.tsx'
import { Progress } from './progress.tsx'
import { words } from './words.ts'

export interface NavItem {
  to: string
  label: string
  icon: IconName
  isCurrent?: boolean
  /** How many things wait there: a number beside the label, and in words for those who hear it. */
  mark?: { count: number; said: string }
}

/** The number on a place where something waits. */
export function NavMark({ count, said }: { count: number; said: string }) {
  return (
    <>
      <span className="nav-mark" aria-hidden="true">
        {count}
      </span>
      <span className="vh">（{said}）</span>
    </>
  )
}

/** Replaces the top bar on a page one level down: a way back, what it belongs to, how far along. */
export interface TopBar {
  back: string
  title: string
  note?: string
  progress?: { value: number; max: number; label: string }
}

export function SkipLink() {
  const w = useWords(words)
  return (
    <InPageLink className="skip" id="main">
      {w.skip}
    </InPageLink>
  )
}

/** Bottom tabs of the phone: four at most. */
export function TabBar({ items }: { items: readonly NavItem[] }) {
  const w = useWords(words)
  return (
    <nav className="tabs" aria-label={w.mainNavigation}>
      {items.map((item) => (
        <Link key={item.to} to={item.to} aria-current={item.isCurrent ? 'page' : undefined}>
          <Icon name={item.icon} />
          {item.label}
        </Link>
      ))}
    </nav>
  )
}

/**
 * The shell of public and worker pages, 375 px first. `nav`: links under the top bar for visitors; `tabs`: bottom tabs
 * for those signed in; `actions`: at the right end of the top bar; `top` replaces the bar; `isWide` for lists that
 * gain from a wide screen.
 */
export function PhoneShell({
  brand,
  actions,
  top,
  nav,
  tabs,
  isWide,
  footer,
  children,
}: {
  brand: { to: string; name: string }
  actions?: ReactNode
  top?: TopBar
  nav?: readonly NavItem[]
  tabs?: readonly NavItem[]
  isWide?: boolean
  footer?: ReactNode
  children: ReactNode
}) {
  const w = useWords(words)
  return (
    <div className={classes('phone', isWide && 'phone-wide', tabs && 'phone-tabs')}>
      <SkipLink />
      {top ? (
        <BackBar top={top} />
      ) : (
        <header className="topbar">
          <Brand {...brand} />
          {nav && (
            <nav className="topnav" aria-label={w.mainNavigation}>
              {nav.map((item) => (
                <Link key={item.to} to={item.to} aria-current={item.isCurrent ? 'page' : undefined}>
                  {item.label}
                </Link>
              ))}
            </nav>
          )}
          <div className="topbar-acts">{actions}</div>
        </header>
      )}
      <main id="main" tabIndex={-1}>
        {children}
      </main>
      {footer && <footer className="foot">{footer}</footer>}
      {tabs && <TabBar items={tabs} />}
    </div>
  )
}

function BackBar({ top }: { top: TopBar }) {
  const w = useWords(words)
  return (
    <header className="topbar topbar-line">
      <Link className="iconlink iconlink-start" to={top.back}>
        <Icon name="left" />
        <span className="vh">{w.back}</span>
      </Link>
      <span className="topbar-title">{top.title}</span>
      {top.note && <span className="topbar-note num">{top.note}</span>}
      {top.progress && (
        <div className="topprogress">
          <Progress {...top.progress} />
        </div>
      )}
    </header>
  )
}

/** The one act of a phone page, fixed at its bottom; the shell then shows no tabs. */
export function ActionBar({ children }: { children: ReactNode }) {
  return (
    <div className="actionbar">
      <div>{children}</div>
    </div>
  )
}
