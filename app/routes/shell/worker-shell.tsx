import { useLocation } from '@remix-run/react'
import type { ReactNode } from 'react'
import type { Preferences } from '#app/lib/preferences.ts'
import { Icon } from '#app/ui/icon.tsx'
import { Link } from '#app/ui/link.tsx'
import { useLocale, useWords } from '#app/ui/locale.tsx'
import { ElderSwitch, LanguageSwitch, PreferenceForms } from '#app/ui/preference-forms.tsx'
import { type NavItem, NavMark, PhoneShell } from '#app/ui/shell.tsx'
import type { ShellHandle } from './handle.ts'
import { useRailSoon } from './rail.ts'
import { startPath, type ViewerSummary } from './viewer.ts'
import { words } from './words.ts'

/** The match of the page inside: what the root found at the end of `useMatches()`. */
export interface ShellPage {
  handle: ShellHandle
  data: unknown
  params: Record<string, string | undefined>
}

/** Around public and worker pages: bottom tabs for a worker, a top bar with the public pages for everyone else. */
export function WorkerShell({
  viewer,
  preferences,
  page,
  children,
}: {
  viewer: ViewerSummary | null
  preferences: Preferences
  page: ShellPage
  children: ReactNode
}) {
  const w = useWords(words)
  const locale = useLocale()
  const { pathname } = useLocation()
  const isWorker = viewer?.role === 'worker'
  useRailSoon((viewer !== null && !isWorker) || pathname === '/sign-in')
  const { handle } = page
  return (
    <PhoneShell
      brand={{ to: isWorker ? startPath(viewer) : '/', name: w.product }}
      isWide={handle.isWide}
      top={handle.top?.({ data: page.data, params: page.params, locale })}
      nav={isWorker ? undefined : publicNav(w, pathname)}
      tabs={isWorker && handle.hasTabs !== false ? workerTabs(w, pathname) : undefined}
      actions={
        <>
          <ElderSwitch preferences={preferences} />
          <LanguageSwitch preferences={preferences} isShort />
          {!viewer && pathname !== '/sign-in' && (
            <Link className="iconlink" to="/sign-in">
              {w.signIn}
            </Link>
          )}
          {viewer && isWorker && <Bell unread={viewer.unread} />}
          {viewer && !isWorker && (
            <Link className="iconlink" to={startPath(viewer)}>
              {w.workplace}
            </Link>
          )}
        </>
      }
      footer={isWorker ? <HelpLink /> : <PublicFoot preferences={preferences} />}
    >
      {children}
    </PhoneShell>
  )
}

/** 消息, and how many wait unread. */
function Bell({ unread }: { unread: number | undefined }) {
  const w = useWords(words)
  return (
    <Link className="iconlink" to="/notices">
      <Icon name="bell" />
      <span className="vh">{w.notices}</span>
      {unread && <NavMark count={unread} said={w.unread(unread)} />}
    </Link>
  )
}

/** The manual, from every page. */
function HelpLink() {
  const w = useWords(words)
  return (
    <p>
      <Link className="iconlink" to="/help">
        {w.help}
      </Link>
    </p>
  )
}

function PublicFoot({ preferences }: { preferences: Preferences }) {
  const w = useWords(words)
  return (
    <>
      <PreferenceForms preferences={preferences} />
      <HelpLink />
      <p>
        {w.product} · {w.description}
      </p>
    </>
  )
}

type ShellWords = (typeof words)['zh-CN']

function publicNav(w: ShellWords, path: string): NavItem[] {
  const isClass = isClassPath(path)
  return [
    { to: '/courses', label: w.courses, icon: 'book', isCurrent: path.startsWith('/courses') },
    { to: '/classes', label: w.classes, icon: 'class', isCurrent: isClass },
    { to: '/academies', label: w.academies, icon: 'school', isCurrent: path.startsWith('/academies') && !isClass },
  ]
}

function workerTabs(w: ShellWords, path: string): NavItem[] {
  return [
    { to: '/learn', label: w.learn, icon: 'book', isCurrent: isLearnPath(path) },
    { to: '/learn/classes', label: w.classes, icon: 'class', isCurrent: isClassPath(path) },
    { to: '/learn/certificates', label: w.certificates, icon: 'cert', isCurrent: path === '/learn/certificates' },
    { to: '/me', label: w.me, icon: 'person', isCurrent: path === '/me' },
  ]
}

function isLearnPath(path: string): boolean {
  return /^\/learn(\/notes|\/questions)?$/.test(path) || path.startsWith('/courses')
}

function isClassPath(path: string): boolean {
  return path === '/classes' || path === '/learn/classes' || /^\/academies\/[^/]+\/classes\//.test(path)
}
