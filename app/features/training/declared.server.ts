import { and, desc, isNotNull, or } from 'drizzle-orm'
import type { Viewer } from '#app/features/accounts/actor.ts'
import { statement, type Tx } from '#db/client.server.ts'
import { enrolment } from '#db/schema/index.ts'
import type { Declared } from './declared.ts'
import { isOwnEnrolmentNamed } from './own-enrolment.server.ts'

const lastDeclared = statement((db) =>
  db
    .select({
      category: enrolment.category,
      employer: enrolment.employer,
      yearsOfWork: enrolment.yearsOfWork,
      isUnionMember: enrolment.isUnionMember,
    })
    .from(enrolment)
    .where(
      and(
        isOwnEnrolmentNamed,
        or(isNotNull(enrolment.category), isNotNull(enrolment.employer), isNotNull(enrolment.yearsOfWork)),
      ),
    )
    .orderBy(desc(enrolment.createdAt))
    .limit(1),
)

/** What the worker said of these things the last time, for another class too: so that nobody types it twice. */
export async function findDeclared(tx: Tx, { accountId, personId }: Viewer): Promise<Declared> {
  const [row] = await lastDeclared(tx, { accountId, personId })
  return Object.fromEntries(Object.entries(row ?? {}).filter(([, value]) => value !== null)) as Declared
}
