import type { Purpose, Role } from '#db/values.ts'

/** A signed-in person, as looked up once per request. Never taken from a form. */
export type Viewer = {
  kind: 'user'
  accountId: string
  role: Role
  /** Name shown in the shell. */
  name: string
  /** The academy of an administrator or instructor. */
  academyId: string | null
  academyCode: string | null
  academyName: string | null
  /** The union of a sponsor's reviewer. */
  unionId: string | null
  unionName: string | null
  /** The natural person behind a worker's account; only once an academy confirmed it. */
  personId: string | null
  /** Notices that wait unread, 99 at most; left out: not asked. */
  unread?: number
}

export type Anonymous = { kind: 'anonymous' }
export type System = { kind: 'system'; purpose: Purpose }

/** Who is acting: anonymous, a user, or the system for a named purpose. */
export type Actor = Anonymous | Viewer | System

export const anonymous: Anonymous = { kind: 'anonymous' }

/** The system acting for one named purpose: sees more than its caller, so a guard comes first. */
export const system = (purpose: Purpose): System => ({ kind: 'system', purpose })
