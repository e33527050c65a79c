import type { Viewer } from '#app/features/accounts/actor.ts'

/** As much of the signed-in person as the shell shows; it travels to the browser with every page. */
export type ViewerSummary = Pick<Viewer, 'name' | 'role' | 'academyCode' | 'academyName' | 'unionName' | 'unread'>

export function summariseViewer(viewer: Viewer | null): ViewerSummary | null {
  if (!viewer) return null
  const { name, role, academyCode, academyName, unionName, unread } = viewer
  return { name, role, academyCode, academyName, unionName, ...(unread ? { unread } : {}) }
}

export type ShellKind = 'phone' | 'desk'

const DESK_FOLDERS = /^routes\/(academy|enterprise|union|operate)\//
/** Pages of everybody's own account take the shell of the person's world. */
const OWN_PAGES = /^routes\/auth\/(me|my-calendar|my-notices|notices)$/

/**
 * Which of the two worlds a page belongs to, by the folder of its route: a phone's, or a desk's with the rail. Without
 * a signed-in member of staff there is no rail to show (their pages then answer with sign-in or 404).
 */
export function shellKind(routeId: string | undefined, viewer: Pick<ViewerSummary, 'role'> | null): ShellKind {
  if (!viewer || viewer.role === 'worker' || !routeId) return 'phone'
  return DESK_FOLDERS.test(routeId) || OWN_PAGES.test(routeId) ? 'desk' : 'phone'
}

/** Where a person starts: the brand mark and 工作台 lead there. */
export function startPath(viewer: Pick<ViewerSummary, 'role' | 'academyCode'> | null): string {
  switch (viewer?.role) {
    case undefined:
      return '/'
    case 'worker':
      return '/learn'
    case 'academy_admin':
      return viewer.academyCode ? `/academies/${viewer.academyCode}/manage` : '/'
    case 'instructor':
      return viewer.academyCode ? `/academies/${viewer.academyCode}/manage/today` : '/'
    case 'enterprise_union':
      return '/enterprise'
    case 'operator':
      return '/operate'
    default:
      return '/province'
  }
}
