import { and, asc, count, countDistinct, eq, sql } from 'drizzle-orm'
import type { Viewer } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { shanghaiDate } from '#app/lib/calendar.ts'
import type { Tx } from '#db/client.server.ts'
import { course, enrolment, lesson, lessonQuestion, trainingClass } from '#db/schema/index.ts'
import { type Counts, type CoursePlace, cutPage, type DeskCourse, narrowed } from './course-desk.ts'
import { isAnswered } from './questions-desk.server.ts'
import { type CourseRatings, findRatings } from './rated.server.ts'
import { findTestRules } from './test-entry.server.ts'
import { findLearners, type ShownLearner } from './watching/learners.server.ts'
import { listQuestionResults } from './watching/quiz-results.server.ts'
import { byDifficulty, type QuestionResult } from './watching/quiz-results.ts'
import { isOfClass, ofClasses, sittingAccounts } from './watching/sitting.server.ts'
import { listStandings } from './watching/standings.server.ts'
import { type AnyResult, findTestReport, listTestResults, type TestReport } from './watching/test-results.server.ts'

/** Questions of a course that wait for an answer; row-level security keeps an instructor to the own classes. */
const openQuestionsOf = (viewer: Viewer) => sql<number>`(select count(*)::int from ${lessonQuestion}
  where ${lessonQuestion.academyId} = ${viewer.academyId}::uuid and ${lessonQuestion.courseSlug} = ${course.slug}
    and not ${isAnswered})`

/** The courses of the academy's online classes, of an instructor's own. `courseSlug`: this one alone. */
export async function listDeskCourses(
  tx: Tx,
  { viewer, courseSlug = null, now }: { viewer: Viewer; courseSlug?: string | null; now: Date },
): Promise<DeskCourse[]> {
  return tx
    .select({
      slug: course.slug,
      title: course.title,
      titleEn: course.titleEn,
      classes: countDistinct(trainingClass.id),
      running: sql<number>`(count(distinct ${trainingClass.id}) filter (where ${trainingClass.endsOn} >= ${shanghaiDate(now)}::date))::int`,
      learners: count(enrolment.id),
      credited: count(enrolment.creditedOn),
      openQuestions: openQuestionsOf(viewer),
    })
    .from(trainingClass)
    .innerJoin(course, eq(course.slug, trainingClass.courseSlug))
    .leftJoin(enrolment, and(isOfClass, eq(enrolment.seat, 'enrolled')))
    .where(ofClasses(tx, { viewer, courseSlug }))
    .groupBy(course.slug)
    .orderBy(asc(course.slug))
}

export type CourseDesk = {
  course: DeskCourse
  lessons: { position: number; title: string; titleEn: string }[]
  classes: { id: string; name: string }[]
  /** The course has a final test. */
  hasTest: boolean
} & (
  | {
      view: 'learners'
      counts: Counts
      learners: ShownLearner[]
      total: number
      /** The `after` of the next page; null: this is the last. */
      next: string | null
    }
  | { view: 'results'; results: QuestionResult[]; test: TestReport }
  | { view: 'ratings'; ratings: CourseRatings }
)

type Asked = { courseSlug: string; place: CoursePlace; now: Date }
const PAGE = 30

/** A course as the viewer's academy sees it: what its address asks for. Null: no online class of the viewer's delivers it. */
export async function findCourseDesk(viewer: Viewer, { courseSlug, place, now }: Asked): Promise<CourseDesk | null> {
  return as(viewer, async (tx) => {
    const found = await findHead(tx, viewer, { courseSlug, now })
    if (!found) return null
    const { rules, ...head } = found
    const of = { viewer, courseSlug, classId: place.classId }
    if (place.view === 'ratings') return { ...head, view: 'ratings', ratings: await findRatings(tx, of) }
    if (place.view === 'results') {
      const [results, test] = await Promise.all([
        listResults(tx, of, place),
        findTestReport(tx, { courseSlug, accounts: sittingAccounts(tx, of) }),
      ])
      return { ...head, view: 'results', results, test }
    }
    const { counts, listed } = narrowed(
      await listStandings(tx, { ...of, now, rules, lessons: head.lessons.length }),
      place.state,
    )
    const { page, next } = cutPage(listed, place.after, PAGE)
    const learners = await findLearners(tx, { ...of, stands: page, now })
    return { ...head, view: 'learners', counts, learners, total: listed.length, next }
  })
}

export type CourseFile = Pick<CourseDesk, 'course' | 'lessons' | 'hasTest'> &
  (
    | { view: 'learners'; rows: AsyncIterable<ShownLearner> }
    | { view: 'results'; rows: AnyResult[] }
    | { view: 'ratings'; rows: CourseRatings['comments'] }
  )
const AT_ONCE = 500

/**
 * What the page shows under the same address, whole, as a file; masked as there.
 * @param make makes the file of the rows as they are read, some at a time.
 * @returns null as {@link findCourseDesk}.
 */
export async function courseFileFor<T>(
  viewer: Viewer,
  { courseSlug, place, now }: Asked,
  make: (file: CourseFile) => Promise<T>,
): Promise<T | null> {
  return as(viewer, async (tx) => {
    const found = await findHead(tx, viewer, { courseSlug, now })
    if (!found) return null
    const { rules, ...head } = found
    const of = { viewer, courseSlug, classId: place.classId }
    if (place.view === 'ratings') return make({ ...head, view: 'ratings', rows: (await findRatings(tx, of)).comments })
    if (place.view === 'results') {
      const [results, test] = await Promise.all([
        listResults(tx, of, place),
        listTestResults(tx, { courseSlug, accounts: sittingAccounts(tx, of) }),
      ])
      return make({ ...head, view: 'results', rows: [...results, ...test] })
    }
    const { listed } = narrowed(
      await listStandings(tx, { ...of, now, rules, lessons: head.lessons.length }),
      place.state,
    )
    async function* rows() {
      for (let start = 0; start < listed.length; start += AT_ONCE)
        yield* await findLearners(tx, { ...of, stands: listed.slice(start, start + AT_ONCE), now })
    }
    return make({ ...head, view: 'learners', rows: rows() })
  })
}

async function listResults(tx: Tx, of: Parameters<typeof listQuestionResults>[1], place: CoursePlace) {
  const results = await listQuestionResults(tx, of)
  return place.isHardestFirst ? results.sort(byDifficulty) : results
}

async function findHead(tx: Tx, viewer: Viewer, { courseSlug, now }: Omit<Asked, 'place'>) {
  const [[found], lessons, classes, [rules = null]] = await Promise.all([
    listDeskCourses(tx, { viewer, courseSlug, now }),
    tx
      .select({ position: lesson.position, title: lesson.title, titleEn: lesson.titleEn })
      .from(lesson)
      .where(and(eq(lesson.courseSlug, courseSlug), sql`${lesson.withdrawnAt} is null`))
      .orderBy(asc(lesson.position)),
    tx
      .select({ id: trainingClass.id, name: trainingClass.name })
      .from(trainingClass)
      .where(ofClasses(tx, { viewer, courseSlug }))
      .orderBy(asc(trainingClass.startsOn), asc(trainingClass.id)),
    findTestRules(tx, { courseSlug }),
  ])
  return found ? { course: found, lessons, classes, hasTest: rules !== null, rules } : null
}
