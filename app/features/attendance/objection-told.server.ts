import { and, eq, isNull, sql } from 'drizzle-orm'
import { notify } from '#app/features/notices/notices.server.ts'
import type { Tx } from '#db/client.server.ts'
import { academy, account, attendanceSheet } from '#db/schema/index.ts'
import { tookSheet } from './correct.server.ts'
import { type SaidOf, sessionTitle } from './session-title.ts'
import { isSheet } from './sheet-held.server.ts'

type Of = SaidOf & {
  academyId: string
  academyCode: string
  classId: string
  sessionId: string
  /** The objection. */
  subjectId: string
  now: Date
}

/**
 * Tells those who may answer an objection: the academy's administrators who did not take the sheet, and where there is none, the
 * reviewers of its sponsor, else the province's. For the purpose `attendance`.
 */
export async function tellOfObjection(tx: Tx, of: Of): Promise<void> {
  const ofAcademy = await tx
    .select({ id: account.id })
    .from(account)
    .innerJoin(attendanceSheet, isSheet(of))
    .where(
      and(
        eq(account.academyId, of.academyId),
        eq(account.role, 'academy_admin'),
        isNull(account.disabledAt),
        sql`not ${tookSheet(tx, account.id)}`,
      ),
    )
  if (ofAcademy.length > 0) return tell(tx, of, { accounts: ofAcademy, isForSponsor: false })
  const ofSponsor = await tx
    .select({ id: account.id })
    .from(account)
    .innerJoin(academy, eq(academy.sponsorId, account.unionId))
    .where(and(eq(academy.id, of.academyId), eq(account.role, 'sponsor_reviewer'), isNull(account.disabledAt)))
  const accounts = ofSponsor.length > 0 ? ofSponsor : await listProvincial(tx)
  await tell(tx, of, { accounts, isForSponsor: true })
}

/** The province's reviewers, who stand in for a sponsor without one. */
const listProvincial = (tx: Tx) =>
  tx
    .select({ id: account.id })
    .from(account)
    .where(and(eq(account.role, 'provincial_reviewer'), isNull(account.disabledAt)))

async function tell(tx: Tx, of: Of, to: { accounts: { id: string }[]; isForSponsor: boolean }): Promise<void> {
  const accountIds = to.accounts.map(({ id }) => id)
  const detail = { ...detailOf(of), isForSponsor: to.isForSponsor }
  await notify(tx, { ...of, accountIds, kind: 'objection.made', detail })
}

/** Tells the worker what became of it. For the purpose `attendance`. */
export async function tellOfDecision(
  tx: Tx,
  of: Of & { kind: 'objection.accepted' | 'objection.refused'; accountId: string },
): Promise<void> {
  await notify(tx, { ...of, accountIds: [of.accountId], detail: detailOf(of) })
}

const detailOf = (of: Of) => ({
  ...{ academyCode: of.academyCode, classId: of.classId, until: null },
  title: sessionTitle('zh-CN', of),
  titleEn: sessionTitle('en', of),
})
