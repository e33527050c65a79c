import { percent } from '#app/lib/percent.ts'
import type { CourseDesk } from './course-desk.server.ts'
import type { rateWords } from './rate-words.ts'
import type { CourseRatings } from './rated.server.ts'
import { isFailing, type LearnerLesson, type LearnerTest, minutesEarned } from './standing.ts'
import type { testReportWords } from './test-report-words.ts'
import type { watchWords } from './watch-words.ts'
import type { ShownLearner } from './watching/learners.server.ts'
import type { QuestionResult } from './watching/quiz-results.ts'
import type { AnyResult } from './watching/test-results.server.ts'

type Words = (typeof watchWords)['zh-CN']
type TestReportWords = (typeof testReportWords)['zh-CN']
/** As lib/sheet.server.ts takes it. */
type SheetColumn<T> = { head: string; width?: number; isShare?: boolean; value: (row: T) => string | number | null }

/** What became of a lesson, in a word. */
export function lessonSaid(lesson: LearnerLesson, { lessonStates }: Words): string {
  if (lesson.isDone) return lessonStates.done
  if (isFailing(lesson)) return lessonStates.failing(lesson.fails)
  if (lesson.isRead) return lesson.isPassed ? lessonStates.timeMissing : lessonStates.read
  return lesson.activeMs > 0 ? lessonStates.begun : lessonStates.none
}

/** What became of the final test, in a word; null: the course has none. */
export function testSaid(test: LearnerTest | null, { testStates }: Words): string | null {
  if (test === null) return null
  if (test.isPassed) return testStates.passed
  if (test.isExempt) return testStates.exempt
  return test.fails > 0 ? testStates.failed(test.fails) : testStates.none
}

/** The learners as a sheet: one row each, a column for every lesson and one for the test, masked as on the page. */
export function learnerColumns(
  w: Words,
  { lessons, hasTest }: Pick<CourseDesk, 'lessons' | 'hasTest'>,
  locale: string,
): SheetColumn<ShownLearner>[] {
  return [
    { head: w.name, width: 12, value: (row) => row.name },
    { head: w.document, width: 24, value: (row) => row.document },
    { head: w.class, width: 36, value: (row) => row.className },
    ...lessons.map(({ position, title, titleEn }, index) => ({
      head: `${w.lesson(position)} ${locale === 'en' ? titleEn : title}`,
      width: 20,
      value: (row: ShownLearner) => {
        const lesson = row.lessons[index]
        return lesson ? lessonSaid(lesson, w) : null
      },
    })),
    { head: w.done, value: ({ lessons: own }) => own.filter(({ isDone }) => isDone).length },
    ...(hasTest ? [{ head: w.test, width: 16, value: ({ test }: ShownLearner) => testSaid(test, w) }] : []),
    { head: w.minutesEarned, value: (row) => minutesEarned(row.lessons).earned },
    { head: w.minutesNeeded, value: (row) => minutesEarned(row.lessons).needed },
    { head: w.lastOn, width: 14, value: (row) => row.lastOn },
    { head: w.standing, width: 14, value: (row) => w.standings[row.standing] },
  ]
}

const isOfLesson = (row: AnyResult): row is QuestionResult => 'lessonSlug' in row

/** The questions as a sheet: those of the lessons, then those of the final test. */
export function resultColumns(w: Words, t: TestReportWords): SheetColumn<AnyResult>[] {
  return [
    { head: w.progress, width: 12, value: (row) => (isOfLesson(row) ? w.lesson(row.position) : t.title) },
    { head: '#', value: (row) => (isOfLesson(row) ? row.number : null) },
    { head: w.question, width: 60, value: (row) => row.prompt },
    { head: w.answered, value: (row) => (isOfLesson(row) ? row.answered : row.shown - row.blank) },
    { head: t.shown, value: (row) => (isOfLesson(row) ? null : row.shown) },
    { head: t.blank, value: (row) => (isOfLesson(row) ? null : row.blank) },
    { head: w.right, isShare: true, value: ({ right }) => shareOf(percent(right)) },
    { head: w.mostWrong, width: 44, value: (row) => (isOfLesson(row) ? (row.mostWrong?.text ?? null) : null) },
    { head: w.people, value: (row) => (isOfLesson(row) ? (row.mostWrong?.times ?? null) : null) },
  ]
}

/** A percentage cut to one decimal, as a fraction of one. */
const shareOf = (cut: number | null): number | null => (cut === null ? null : cut / 100)

/** The comments as a sheet, with no more of their writers than the page has. */
export function commentColumns(
  w: Words,
  { scores }: (typeof rateWords)['zh-CN'],
): SheetColumn<CourseRatings['comments'][number]>[] {
  return [
    { head: w.score, value: ({ score }) => score },
    { head: w.ratings, width: 14, value: ({ score }) => scores[score] },
    { head: w.comment, width: 80, value: ({ comment }) => comment },
    { head: w.month, width: 12, value: ({ month }) => month },
  ]
}
