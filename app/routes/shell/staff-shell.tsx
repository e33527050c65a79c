import { Form, useLocation } from '@remix-run/react'
import type { ReactNode } from 'react'
import { roleWords } from '#app/features/accounts/role-words.ts'
import type { Preferences } from '#app/lib/preferences.ts'
import { DeskShell } from '#app/ui/desk-shell.tsx'
import { Link } from '#app/ui/link.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { PreferenceForms } from '#app/ui/preference-forms.tsx'
import type { NavItem } from '#app/ui/shell.tsx'
import { words as uiWords } from '#app/ui/words.ts'
import { staffWords } from './staff-words.ts'
import { startPath, type ViewerSummary } from './viewer.ts'
import { words } from './words.ts'

/** Around the pages of staff: a rail by task, according to the role. */
export function StaffShell({
  viewer,
  preferences,
  children,
}: {
  viewer: ViewerSummary
  preferences: Preferences
  children: ReactNode
}) {
  const w = useRailWords()
  const { pathname } = useLocation()
  return (
    <DeskShell
      brand={{ to: startPath(viewer), name: w.product }}
      items={staffNav(w, viewer, pathname)}
      foot={<RailFoot viewer={viewer} preferences={preferences} />}
    >
      {children}
    </DeskShell>
  )
}

function RailFoot({ viewer, preferences }: { viewer: ViewerSummary; preferences: Preferences }) {
  const w = useRailWords()
  const display = useWords(uiWords).display
  const roles = useWords(roleWords)
  const body = viewer.academyName ?? viewer.unionName
  return (
    <>
      <div>
        <Link className="rail-name" to="/me" title={w.account}>
          {viewer.name}
        </Link>
        <p className="rail-role">
          {body ? `${body} · ` : ''}
          {roles[viewer.role]}
        </p>
      </div>
      <Link className="rail-help" to="/help">
        {w.help}
      </Link>
      <Form method="post" action="/sign-out">
        <button className="linklike" type="submit">
          {w.signOut}
        </button>
      </Form>
      <details>
        <summary>{display.title}</summary>
        <PreferenceForms preferences={preferences} />
      </details>
    </>
  )
}

export type RailWords = (typeof words & typeof staffWords)['zh-CN']

const useRailWords = (): RailWords => ({ ...useWords(words), ...useWords(staffWords) })

/** The sheet of a session, as a sponsor's reviewer corrects it. */
const isSheet = (path: string) => /^\/academies\/[^/]+\/sessions\//.test(path)

/** The rail by role; each address is one its role may open (app/features/accounts/roles.ts). */
export function staffNav(w: RailWords, viewer: ViewerSummary, path: string): NavItem[] {
  const academy = `/academies/${viewer.academyCode}`
  const manage = `${academy}/manage`
  const classes: NavItem = {
    to: `${manage}/classes`,
    label: w.runs,
    icon: 'class',
    isCurrent:
      path.startsWith(`${manage}/classes`) ||
      path.startsWith(`${academy}/classes/`) ||
      ['calendar', 'sites', 'templates'].some((one) => path === `${manage}/${one}`),
  }
  const today: NavItem = {
    to: `${manage}/today`,
    label: w.today,
    icon: 'clock',
    isCurrent:
      path === `${manage}/today` ||
      path.startsWith(`${manage}/sessions/`) ||
      path === `${manage}/leave` ||
      path === `${manage}/objections`,
  }
  const persons: NavItem = { to: '/persons', label: w.persons, icon: 'search', isCurrent: path.startsWith('/persons') }
  const courses: NavItem = {
    to: `${manage}/courses`,
    label: w.courses,
    icon: 'book',
    isCurrent: path.startsWith(`${manage}/courses`),
  }
  const questions: NavItem = {
    to: `${manage}/questions`,
    label: w.questions,
    icon: 'ask',
    isCurrent: path.startsWith(`${manage}/questions`),
  }
  const { unread } = viewer
  const notices: NavItem = {
    to: '/notices',
    label: w.notices,
    icon: 'bell',
    isCurrent: path === '/notices',
    mark: unread ? { count: unread, said: w.unread(unread) } : undefined,
  }
  const overview: NavItem = {
    to: '/province',
    label: w.overview,
    icon: 'chart',
    isCurrent: path.startsWith('/province') || (path.startsWith('/academies/') && !isSheet(path)),
  }
  const openings: NavItem = { to: '/openings', label: w.openings, icon: 'check', isCurrent: path === '/openings' }
  switch (viewer.role) {
    case 'academy_admin':
      return [
        {
          to: manage,
          label: w.overview,
          icon: 'chart',
          isCurrent: path === manage || path.startsWith(`${academy}/figures`),
        },
        courses,
        classes,
        {
          to: `${manage}/instructors`,
          label: w.instructors,
          icon: 'school',
          isCurrent: path.startsWith(`${manage}/instructors`),
        },
        today,
        questions,
        {
          to: `${manage}/certification`,
          label: w.certification,
          icon: 'cert',
          isCurrent: path === `${manage}/certification`,
        },
        {
          to: `${manage}/ledger`,
          label: w.ledger,
          icon: 'list',
          isCurrent: path.startsWith(`${manage}/ledger`),
        },
        { to: `${manage}/identity`, label: w.identity, icon: 'person', isCurrent: path === `${manage}/identity` },
        persons,
        notices,
        { to: academy, label: w.publicPage, icon: 'home' },
      ]
    case 'instructor':
      return [today, classes, courses, questions, notices]
    case 'enterprise_union':
      return [
        {
          to: '/enterprise',
          label: w.runs,
          icon: 'class',
          isCurrent: path === '/enterprise' || path.startsWith('/enterprise/classes'),
        },
        { to: '/enterprise/workers', label: w.roll, icon: 'person', isCurrent: path === '/enterprise/workers' },
        notices,
      ]
    case 'operator':
      return [
        { to: '/operate', label: w.system, icon: 'gear', isCurrent: path === '/operate' },
        { to: '/operate/messages', label: w.sending, icon: 'bell', isCurrent: path === '/operate/messages' },
      ]
    case 'worker':
      return []
    case 'sponsor_reviewer':
    case 'provincial_reviewer':
      return [
        overview,
        persons,
        { to: '/objections', label: w.objections, icon: 'pen', isCurrent: path === '/objections' || isSheet(path) },
        openings,
        notices,
      ]
    case 'provincial_handler':
      return [
        overview,
        persons,
        { to: '/work-calendar', label: w.workCalendar, icon: 'clock', isCurrent: path === '/work-calendar' },
      ]
    default:
      return [overview, persons]
  }
}
