import { and, eq, isNull, sql } from 'drizzle-orm'
import { notify } from '#app/features/notices/notices.server.ts'
import type { Locale } from '#app/lib/i18n.ts'
import type { Tx } from '#db/client.server.ts'
import { account, classStaff } from '#db/schema/index.ts'
import { leaveWords } from './leave-words.ts'
import { sessionSaid } from './session-title.ts'

export type LeaveOutcome = 'leave.granted' | 'leave.refused' | 'leave.revoked'

type Times = { startsAt: Date; endsAt: Date }
type Of = {
  academyId: string
  academyCode: string
  classId: string
  className: string
  sessions: readonly Times[]
  /** The leave that it is about; of several the first. */
  subjectId: string
  now: Date
}

/** Tells the class head that leave is asked for; where none has an account those who teach the class, else the academy's administrators. */
export async function tellOfAsked(tx: Tx, of: Of): Promise<void> {
  const accountIds = await listAnswerers(tx, of)
  await notify(tx, { ...of, accountIds, kind: 'leave.asked', detail: detailOf(of) })
}

/** Tells the same that granted leave was given back: the worker will come. */
export async function tellOfReturn(tx: Tx, of: Of): Promise<void> {
  const accountIds = await listAnswerers(tx, of)
  await notify(tx, { ...of, accountIds, kind: 'leave.withdrawn', detail: detailOf(of) })
}

/** Tells the worker what became of it. */
export async function tellOfAnswer(tx: Tx, of: Of & { kind: LeaveOutcome; accountId: string }) {
  await notify(tx, { ...of, accountIds: [of.accountId], detail: detailOf(of) })
}

const detailOf = (of: Of) => ({
  ...{ academyCode: of.academyCode, classId: of.classId, until: null },
  title: titleOf('zh-CN', of),
  titleEn: titleOf('en', of),
})

/** `低压电工实操班 · 12月5日周六9:00—12:00等3节课`: which sessions, never why. */
function titleOf(locale: Locale, { className, sessions }: Of): string {
  const [first] = [...sessions].sort((one, other) => one.startsAt.getTime() - other.startsAt.getTime())
  if (!first) return className
  const said = sessionSaid(locale, first)
  return `${className} · ${sessions.length === 1 ? said : leaveWords[locale].several(said, sessions.length)}`
}

async function listAnswerers(tx: Tx, { academyId, classId }: Of): Promise<string[]> {
  const rows = await tx
    .select({ id: account.id, staffRole: classStaff.role })
    .from(account)
    .leftJoin(
      classStaff,
      and(
        eq(classStaff.academyId, account.academyId),
        eq(classStaff.classId, classId),
        eq(classStaff.accountId, account.id),
      ),
    )
    .where(
      and(
        eq(account.academyId, academyId),
        isNull(account.disabledAt),
        sql`(${classStaff.accountId} is not null or ${account.role} = 'academy_admin')`,
      ),
    )
  const of = (role: string | null) => rows.filter(({ staffRole }) => staffRole === role).map(({ id }) => id)
  return [of('head'), of('instructor'), of(null)].find((ids) => ids.length > 0) ?? []
}
