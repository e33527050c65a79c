import type { Role } from '#db/values.ts'
import type { Viewer } from './actor.ts'

/**
 * What each role may do, on one page. Scope says on whose records: `self`, `class` (the classes one teaches or heads), `headed` (those one heads), `academy`
 * (one's own), `enterprise` (the workers of one's own), `sponsored` (those one's union recommends), `province` (all), `system` (no one's). A role that is not named may not.
 * Row-level security (db/schema/rls.ts) says the same a second time.
 */
export type Scope = 'self' | 'class' | 'headed' | 'academy' | 'enterprise' | 'sponsored' | 'province' | 'system'

export const PERMISSIONS = {
  /** Learn, take a quiz, book and leave classes, see one's own record. */
  'learning.own': { worker: 'self' },
  /** See the roster of a class. */
  'training.read': { instructor: 'class', academy_admin: 'academy' },
  /** Take the attendance of one's sessions. */
  'attendance.take': { instructor: 'class', academy_admin: 'academy' },
  /** Read a class's file (一班一档), and take it out whole. */
  'classfile.read': {
    instructor: 'class',
    academy_admin: 'academy',
    sponsor_reviewer: 'sponsored',
    provincial_handler: 'province',
    provincial_reviewer: 'province',
  },
  /** Add documents to a class's file and remove them. */
  'classfile.keep': { instructor: 'class', academy_admin: 'academy' },
  /** Look through what workers handed in for a class, and accept or refuse it. */
  'materials.check': { instructor: 'headed', academy_admin: 'academy' },
  /** Act for a worker on the phone: take a seat that is offered, give one back. */
  'seats.phone': { instructor: 'headed', academy_admin: 'academy' },
  /**
   * Correct the attendance of an academy that one's union recommends, as a second person; of those that the province itself recommends, or
   * whose union has no reviewer, the province's reviewer does.
   */
  'attendance.correct': { sponsor_reviewer: 'sponsored', provincial_reviewer: 'sponsored' },
  /** See how the workers of one's online classes get on in their course, answer its questions, are satisfied with it. */
  'learning.watch': { instructor: 'class', academy_admin: 'academy' },
  /** Read what workers of one's classes ask about the lessons, and answer. */
  'questions.answer': { instructor: 'class', academy_admin: 'academy' },
  /** Open classes; record hours, results and certificates. */
  'training.manage': { academy_admin: 'academy' },
  /**
   * Approve classes before they are published, or send them back: of the academies that one's union recommends; the province's reviewer stands in
   * as for attendance.
   */
  'opening.review': { sponsor_reviewer: 'sponsored', provincial_reviewer: 'sponsored' },
  /** Open a closed class again, as another person than who closed it; those above as for attendance. */
  'class.reopen': { academy_admin: 'academy', sponsor_reviewer: 'sponsored', provincial_reviewer: 'sponsored' },
  /** Say how many workers the places of one's academy take. */
  'sites.keep': { academy_admin: 'academy' },
  /** Keep the list of one's academy's instructors: who they are, what they bear and may teach. */
  'instructors.keep': { academy_admin: 'academy' },
  /**
   * Enrol and withdraw a group of one's own workers, and see their attendance and results. One's own are those whom the union put on its
   * roll with the whole document; what it sees are the places that it took itself (db/schema/training-roll.ts).
   */
  'group.enrol': { enterprise_union: 'enterprise' },
  /** Mend a class's name, mode, occupation, dates and hours, with a reason: what a ledger must not. */
  'training.mend': { academy_admin: 'academy', provincial_handler: 'province' },
  /** Mend the date of an assessment, with a reason. */
  'certification.mend': { provincial_handler: 'province' },
  /** Mend a person's document or name, and merge two records of one person, with a reason. */
  'persons.mend': { provincial_handler: 'province' },
  /** Bring in and take back the ledger of one's academy. */
  'ledger.manage': { academy_admin: 'academy' },
  /** Take the ledger out, with full documents, phones and certificate numbers: recorded each time. */
  'ledger.export': { academy_admin: 'academy', provincial_handler: 'province', provincial_reviewer: 'province' },
  /** Confirm that an account belongs to the person with the document on the table. */
  'identity.confirm': { academy_admin: 'academy' },
  /** The same of a worker in a class that one runs, found in the class and by the document on the table. */
  'identity.compare': { instructor: 'class', academy_admin: 'academy' },
  /** See the figures of an academy and the (masked) persons behind each. */
  'figures.read': {
    academy_admin: 'academy',
    sponsor_reviewer: 'sponsored',
    provincial_handler: 'province',
    provincial_reviewer: 'province',
  },
  /** See many academies side by side. */
  'figures.compare': { sponsor_reviewer: 'sponsored', provincial_handler: 'province', provincial_reviewer: 'province' },
  /** Find a person by name, phone or document, among the records one oversees; what is shown is masked. */
  'persons.search': {
    academy_admin: 'academy',
    sponsor_reviewer: 'sponsored',
    provincial_handler: 'province',
    provincial_reviewer: 'province',
  },
  /** See a full document number, with purpose and reason, recorded. A sponsor compares; it does not work with the people. */
  'persons.reveal': { academy_admin: 'academy', provincial_handler: 'province', provincial_reviewer: 'province' },
  /** Enter the public holidays and worked weekend days of a year. */
  'calendar.keep': { provincial_handler: 'province' },
  /** See the state of the system; no personal data. */
  'system.operate': { operator: 'system' },
  /** One's own account: anyone signed in. */
  'account.own': {
    worker: 'self',
    instructor: 'self',
    academy_admin: 'self',
    enterprise_union: 'self',
    sponsor_reviewer: 'self',
    provincial_handler: 'self',
    provincial_reviewer: 'self',
    operator: 'self',
  },
} as const satisfies Record<string, Partial<Record<Role, Scope>>>

export type Permission = keyof typeof PERMISSIONS

/** The scope in which a role holds a permission; null where it does not. */
export function scopeOf(role: Role, permission: Permission): Scope | null {
  const granted: Partial<Record<Role, Scope>> = PERMISSIONS[permission]
  return granted[role] ?? null
}

/**
 * May this viewer use the permission on this academy's pages? Without an academy in the URL the permission alone decides.
 * A sponsor's scope needs the database (which academies its union recommends): row-level security decides there.
 */
export function may(viewer: Viewer, permission: Permission, academyCode?: string): boolean {
  const scope = scopeOf(viewer.role, permission)
  if (scope === null) return false
  const isOfOneAcademy = scope === 'academy' || scope === 'class' || scope === 'headed'
  return academyCode === undefined || !isOfOneAcademy || viewer.academyCode === academyCode
}
