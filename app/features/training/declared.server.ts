import { and, desc, isNotNull, or } from 'drizzle-orm'
import type { Viewer } from '#app/features/accounts/actor.ts'
import type { Tx } from '#db/client.server.ts'
import { enrolment } from '#db/schema/index.ts'
import type { Declared } from './declared.ts'
import { isOwnEnrolment } from './own-enrolment.server.ts'

/** What the worker said of these things the last time, for another class too: so that nobody types it twice. */
export async function findDeclared(tx: Tx, viewer: Viewer): Promise<Declared> {
  const [row] = await tx
    .select({
      category: enrolment.category,
      employer: enrolment.employer,
      yearsOfWork: enrolment.yearsOfWork,
      isUnionMember: enrolment.isUnionMember,
    })
    .from(enrolment)
    .where(
      and(
        isOwnEnrolment(viewer),
        or(isNotNull(enrolment.category), isNotNull(enrolment.employer), isNotNull(enrolment.yearsOfWork)),
      ),
    )
    .orderBy(desc(enrolment.createdAt))
    .limit(1)
  return Object.fromEntries(Object.entries(row ?? {}).filter(([, value]) => value !== null)) as Declared
}
