import { and, eq, isNull, ne, notExists, sql } from 'drizzle-orm'
import { system, type Viewer } from '#app/features/accounts/actor.ts'
import { within } from '#app/features/accounts/as.server.ts'
import { notify } from '#app/features/notices/notices.server.ts'
import { shanghaiDate } from '#app/lib/calendar.ts'
import { derivedId } from '#app/lib/ids.ts'
import type { Tx } from '#db/client.server.ts'
import { account, classStaff } from '#db/schema/index.ts'

/**
 * Tells those who may be the second person (confirm.ts) that results of a class wait: the academy's other administrators who do not
 * teach it, each once a class and day, however often somebody enters results on it. Runs as the administrator who entered them.
 */
export async function tellOfWaiting(
  tx: Tx,
  of: { viewer: Viewer; academyId: string; classId: string; className: string; now: Date },
): Promise<void> {
  const { viewer, academyId, classId, className, now } = of
  const isOfClass = tx
    .select({ one: sql`1` })
    .from(classStaff)
    .where(
      and(eq(classStaff.academyId, academyId), eq(classStaff.classId, classId), eq(classStaff.accountId, account.id)),
    )
  const others = await tx
    .select({ id: account.id })
    .from(account)
    .where(
      and(
        eq(account.academyId, academyId),
        eq(account.role, 'academy_admin'),
        isNull(account.disabledAt),
        ne(account.id, viewer.accountId),
        notExists(isOfClass),
      ),
    )
  const subjectId = derivedId(classId, shanghaiDate(now))
  const named = { title: className, titleEn: className, until: null }
  const detail = { academyCode: viewer.academyCode ?? '', classId, ...named }
  const accountIds = others.map(({ id }) => id)
  await within(tx, system('results'), (tx) =>
    notify(tx, { accountIds, kind: 'results.waiting', subjectId, detail, academyId, now }),
  )
}
