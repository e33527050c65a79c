import { eq, or, type SQL, sql } from 'drizzle-orm'
import type { Viewer } from '#app/features/accounts/actor.ts'
import { enrolment } from '#db/schema/index.ts'

/** The enrolments that are the viewer's own: made by the account, or of the person whom an academy confirmed. */
export function isOwnEnrolment(viewer: Pick<Viewer, 'accountId' | 'personId'>): SQL | undefined {
  const byAccount = eq(enrolment.accountId, viewer.accountId)
  return viewer.personId ? or(byAccount, eq(enrolment.personId, viewer.personId)) : byAccount
}

/** The same in a statement that is given `accountId` and `personId`; null, of whoever has none, equals nothing. */
export const isOwnEnrolmentNamed = or(
  eq(enrolment.accountId, sql.placeholder('accountId')),
  eq(enrolment.personId, sql.placeholder('personId')),
)
