import { and, eq, isNull } from 'drizzle-orm'
import { system } from '#app/features/accounts/actor.ts'
import { within } from '#app/features/accounts/as.server.ts'
import { notify, settleNotices } from '#app/features/notices/notices.server.ts'
import type { Tx } from '#db/client.server.ts'
import { academy, account } from '#db/schema/index.ts'
import type { Role } from '#db/values.ts'

type Of = { academyId: string; classId: string; subjectId: string; name: string; now: Date }

/** Tells the reviewers of the union that recommends the academy, else the province's, who stand in for one without. */
export async function tellReviewers(tx: Tx, of: Of): Promise<void> {
  await within(tx, system('timetable'), async (tx) => {
    const ofSponsor = await tx
      .select({ id: account.id })
      .from(account)
      .innerJoin(academy, eq(academy.sponsorId, account.unionId))
      .where(and(eq(academy.id, of.academyId), isActive('sponsor_reviewer')))
    const reviewers = ofSponsor.length > 0 ? ofSponsor : await listProvincial(tx)
    await tell(tx, of, { kind: 'opening.asked', accountIds: reviewers.map(({ id }) => id) })
  })
}

const isActive = (role: Role) => and(eq(account.role, role), isNull(account.disabledAt))
const listProvincial = (tx: Tx) => tx.select({ id: account.id }).from(account).where(isActive('provincial_reviewer'))

/** Nobody is asked any more: it was answered, or taken back. */
export const settleAsked = (tx: Tx, { openingId, now }: { openingId: string; now: Date }): Promise<void> =>
  within(tx, system('timetable'), (tx) => settleNotices(tx, { kind: 'opening.asked', subjectId: openingId, now }))

/** Tells who asked what became of it. */
export async function tellAsker(
  tx: Tx,
  of: Of & { kind: 'opening.approved' | 'opening.returned'; askedBy: string },
): Promise<void> {
  await within(tx, system('timetable'), (tx) => tell(tx, of, { kind: of.kind, accountIds: [of.askedBy] }))
}

async function tell(
  tx: Tx,
  { academyId, classId, subjectId, name, now }: Of,
  to: { kind: 'opening.asked' | 'opening.approved' | 'opening.returned'; accountIds: string[] },
): Promise<void> {
  const [of] = await tx.select({ code: academy.code }).from(academy).where(eq(academy.id, academyId))
  const detail = { academyCode: of?.code ?? '', classId, title: name, titleEn: name, until: null }
  await notify(tx, { ...to, subjectId, detail, now })
}
