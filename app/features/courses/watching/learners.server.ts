import { and, asc, eq, inArray, isNull, sql } from 'drizzle-orm'
import { maskDocument, maskName } from '#app/features/persons/masking.ts'
import { open } from '#app/features/persons/vault.server.ts'
import type { Tx } from '#db/client.server.ts'
import { enrolment, lesson, lessonProgress, lessonTime, person, quizAttempt, trainingClass } from '#db/schema/index.ts'
import type { LearnerLesson } from '../standing.ts'
import { neededMs } from '../time/needed.ts'
import { timeRules } from '../time/rules.server.ts'
import { isOfClass, ofClasses, type Watched } from './sitting.server.ts'
import type { Stand } from './standings.server.ts'

/** Who sits in an online class of a course, masked, with how far this learner has come lesson by lesson. */
export type ShownLearner = Stand & {
  className: string
  name: string
  document: string
  /** One per lesson of the course, in order. */
  lessons: LearnerLesson[]
}

/** These seats, in their order. One that is no longer the viewer's to see is left out. */
export async function findLearners(
  tx: Tx,
  { stands, now, ...of }: Watched & { stands: readonly Stand[]; now: Date },
): Promise<ShownLearner[]> {
  if (stands.length === 0) return []
  const seats = await tx
    .select({
      enrolmentId: enrolment.id,
      accountId: enrolment.accountId,
      name: enrolment.name,
      personId: person.id,
      documentSealed: person.documentSealed,
      className: trainingClass.name,
    })
    .from(enrolment)
    .innerJoin(trainingClass, isOfClass)
    .innerJoin(person, eq(person.id, enrolment.personId))
    .where(
      and(
        ofClasses(tx, of),
        inArray(
          enrolment.id,
          stands.map(({ enrolmentId }) => enrolmentId),
        ),
      ),
    )
  const accounts = seats.flatMap(({ accountId }) => accountId ?? [])
  const lessonsOf = await readLessons(tx, { courseSlug: of.courseSlug, accounts, now })
  const found = new Map(seats.map((seat) => [seat.enrolmentId, seat]))
  return stands.flatMap((stand) => {
    const seat = found.get(stand.enrolmentId)
    if (!seat) return []
    const { accountId, name, personId, documentSealed, className } = seat
    const document = maskDocument(open('person.document', personId, documentSealed), 'working')
    return [{ ...stand, className, name: maskName(name), document, lessons: lessonsOf(accountId) }]
  })
}

/** The lessons of a course as each of some accounts has them. */
async function readLessons(
  tx: Tx,
  { courseSlug, accounts, now }: { courseSlug: string; accounts: string[]; now: Date },
): Promise<(accountId: string | null) => LearnerLesson[]> {
  const theirs = sql`any(${sql.param(accounts)}::uuid[])`
  const [rules, lessons, progress, attempts, times] = await Promise.all([
    timeRules(tx, now),
    tx
      .select({
        slug: lesson.slug,
        position: lesson.position,
        minutes: lesson.minutes,
        activeMinutes: lesson.activeMinutes,
      })
      .from(lesson)
      .where(and(eq(lesson.courseSlug, courseSlug), isNull(lesson.withdrawnAt)))
      .orderBy(asc(lesson.position)),
    tx
      .select({
        accountId: lessonProgress.accountId,
        lessonSlug: lessonProgress.lessonSlug,
        isPassed: sql<boolean>`${lessonProgress.passedAt} is not null`,
        isDone: sql<boolean>`${lessonProgress.doneAt} is not null`,
      })
      .from(lessonProgress)
      .where(and(eq(lessonProgress.courseSlug, courseSlug), sql`${lessonProgress.accountId} = ${theirs}`)),
    tx
      .select({
        accountId: quizAttempt.accountId,
        lessonSlug: quizAttempt.lessonSlug,
        fails: sql<number>`(count(*) filter (where not ${quizAttempt.isPassed}))::int`,
      })
      .from(quizAttempt)
      .where(and(eq(quizAttempt.courseSlug, courseSlug), sql`${quizAttempt.accountId} = ${theirs}`))
      .groupBy(quizAttempt.accountId, quizAttempt.lessonSlug),
    tx
      .select({
        accountId: lessonTime.accountId,
        lessonSlug: lessonTime.lessonSlug,
        activeMs: lessonTime.activeMs,
      })
      .from(lessonTime)
      .where(and(eq(lessonTime.courseSlug, courseSlug), sql`${lessonTime.accountId} = ${theirs}`)),
  ])
  const [read, tried, timed] = [byLesson(progress), byLesson(attempts), byLesson(times)]
  return (accountId) =>
    lessons.map(({ slug, position, ...asked }) => {
      const key = `${accountId} ${slug}`
      const [progressed, attempt, time] = [read.get(key), tried.get(key), timed.get(key)]
      return {
        position,
        isRead: progressed !== undefined,
        isPassed: progressed?.isPassed ?? false,
        isDone: progressed?.isDone ?? false,
        fails: attempt?.fails ?? 0,
        activeMs: time?.activeMs ?? 0,
        neededMs: neededMs(asked, rules),
      }
    })
}

const byLesson = <R extends { accountId: string; lessonSlug: string }>(rows: R[]): Map<string, R> =>
  new Map(rows.map((row) => [`${row.accountId} ${row.lessonSlug}`, row]))
