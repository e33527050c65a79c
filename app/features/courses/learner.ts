import type { Viewer } from '#app/features/accounts/actor.ts'
import { may } from '#app/features/accounts/roles.ts'

/** Who learns: the account, and the person behind it once an academy confirmed it. */
export type Learner = { accountId: string; personId: string | null }

/** The viewer as a learner; null for visitors and for staff, who have no learning record. */
export const learnerOf = (viewer: Viewer | null): Learner | null =>
  viewer && may(viewer, 'learning.own') ? { accountId: viewer.accountId, personId: viewer.personId } : null
