import { and, eq, inArray, isNull } from 'drizzle-orm'
import { system } from '#app/features/accounts/actor.ts'
import { within } from '#app/features/accounts/as.server.ts'
import { notifyEach } from '#app/features/notices/notices.server.ts'
import { withoutNumbers } from '#app/features/persons/masking.ts'
import { shanghaiInstant } from '#app/lib/calendar.ts'
import { grouped } from '#app/lib/grouped.ts'
import type { Locale } from '#app/lib/i18n.ts'
import { newId } from '#app/lib/ids.ts'
import type { Tx } from '#db/client.server.ts'
import { academy, account, instructor } from '#db/schema/index.ts'
import { briefSitting, movedSitting, saidSitting } from './assessment-say.ts'
import { listSittings, type Sitting } from './assessment-sittings.server.ts'
import { assessmentWords } from './assessment-words.ts'
import { type AssessorNews, newsOfSitting } from './assessor-news.ts'

type Told = {
  /** Who did it and hears nothing of it; null: the system. */
  by: { accountId: string } | null
  academyId: string
  classId: string
  name: string
  reason: string | null
  now: Date
}

/**
 * Tells those of an academy's own who assess at sittings of a published class that they were named, that a sitting of theirs changed, or
 * that they are needed no more. Runs in the transaction of the change, after it. @returns the accounts that were told.
 */
export async function tellAssessors(
  tx: Tx,
  told: Told & {
    news: readonly AssessorNews[]
    /** Accounts that heard of it already. */
    besides?: readonly string[]
  },
): Promise<string[]> {
  const { by, academyId, classId, name, news, besides = [], now } = told
  if (news.length === 0) return []
  const reason = told.reason === null ? {} : { reason: withoutNumbers(told.reason) }
  return within(tx, system('timetable'), async (tx) => {
    const accounts = await listAccounts(tx, {
      academyId,
      instructorIds: news.map(({ instructorId }) => instructorId),
    })
    const [of] = await tx.select({ code: academy.code }).from(academy).where(eq(academy.id, academyId))
    const detailOf = (alike: readonly AssessorNews[]) => {
      const title = (locale: Locale) =>
        `${name} · ${assessmentWords[locale].all(alike.map((one) => saidNews(locale, one)))}`
      const what = (locale: Locale) => saidBriefly(locale, alike)
      return {
        ...{ academyCode: of?.code ?? '', classId, title: title('zh-CN'), titleEn: title('en'), until: null },
        ...{ className: name, what: what('zh-CN'), whatEn: what('en'), ...reason },
      }
    }
    // Who is named at several sittings at once hears of all in one message.
    const together = grouped(news, ({ instructorId, is, rings }) => `${instructorId} ${is} ${rings}`)
    const notices = [...together.values()].flatMap((alike) => {
      const [one] = alike
      const accountId = one && accounts.get(one.instructorId)
      if (!accountId || accountId === by?.accountId || besides.includes(accountId)) return []
      return [{ accountId, subjectId: newId(), detail: detailOf(alike), is: one.is, rings: one.rings }]
    })
    // Each change is told as one of few kinds, and of these some ring: a handful of statements, whoever assesses.
    for (const alike of grouped(notices, ({ is, rings }) => `${is} ${rings}`).values()) {
      const [{ is, rings } = { is: 'named' as const, rings: true }] = alike
      await notifyEach(tx, { notices: alike, kind: `sitting.${is}`, academyId, isInAppOnly: !rings, now })
    }
    return [...new Set(notices.map(({ accountId }) => accountId))]
  })
}

/** Tells those who assess that a class with a plan was published: each of all sittings to come, at once. */
export async function tellNamed(tx: Tx, told: Omit<Told, 'reason'>): Promise<void> {
  const news = (await listToCome(tx, told)).flatMap((sitting) => newsOfSitting(null, sitting))
  await tellAssessors(tx, { ...told, news, reason: null })
}

/** The accounts of those who assess at a sitting to come of a class. */
export async function listAssessing(tx: Tx, of: { academyId: string; classId: string; now: Date }): Promise<string[]> {
  const { academyId } = of
  const instructorIds = (await listToCome(tx, of)).flatMap((sitting) => sitting.instructorIds)
  return [...(await listAccounts(tx, { academyId, instructorIds })).values()]
}

async function listToCome(tx: Tx, of: { academyId: string; classId: string; now: Date }): Promise<Sitting[]> {
  const { academyId, classId, now } = of
  const sittings = await listSittings(tx, { academyId, classId })
  return sittings.filter(({ cancelReason, date, from }) => cancelReason === null && shanghaiInstant(date, from) > now)
}

/** The open accounts of instructors, by instructor. Runs for the purpose `timetable`. */
async function listAccounts(
  tx: Tx,
  { academyId, instructorIds }: { academyId: string; instructorIds: readonly string[] },
): Promise<Map<string, string>> {
  if (instructorIds.length === 0) return new Map()
  const rows = await tx
    .select({ id: instructor.id, accountId: account.id })
    .from(instructor)
    .innerJoin(account, and(eq(account.id, instructor.accountId), isNull(account.disabledAt)))
    .where(and(eq(instructor.academyId, academyId), inArray(instructor.id, [...new Set(instructorIds)])))
  return new Map(rows.map(({ id, accountId }) => [id, accountId]))
}

/** What a title says: the sitting whole, or what is another now. */
function saidNews(locale: Locale, { is, before, after }: AssessorNews): string {
  if (before && after && is === 'changed') return movedSitting(locale, before, after)
  const sitting = is === 'dropped' ? before : after
  return sitting ? saidSitting(locale, sitting) : ''
}

/** What a message says: what, when and where to come, or what not to come to; of several the first. */
function saidBriefly(locale: Locale, alike: readonly AssessorNews[]): string {
  const w = assessmentWords[locale]
  const [first] = alike
  const sitting = first?.is === 'dropped' ? first.before : first?.after
  if (!first || !sitting) return ''
  const brief = briefSitting(locale, sitting)
  const said = first.is === 'dropped' ? brief : w.briefAt(brief, sitting.place)
  return alike.length === 1 ? said : w.andMore(said, alike.length)
}
