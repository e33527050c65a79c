import { Chip } from '#app/ui/badge.tsx'
import { ButtonLink } from '#app/ui/button.tsx'
import { Callout } from '#app/ui/callout.tsx'
import { useLocale, useWords } from '#app/ui/locale.tsx'
import { Progress } from '#app/ui/progress.tsx'
import { Row, RowMeta, Rows } from '#app/ui/rows.tsx'
import type { Entry } from './attempts.ts'
import type { CourseCard } from './course-card.ts'
import {
  coursePath,
  doneCount,
  isSettled,
  isUntouched,
  lessonPath,
  nextLesson,
  type OutlineLesson,
  type TestStep,
} from './progress.ts'
import { ToTest } from './test-step.tsx'
import { UpdatedBadge, UpdatedLessons } from './updates.tsx'
import { words } from './words.ts'

/** The text in the reader's language; where there is no English, the Chinese. */
export function useTitle() {
  const locale = useLocale()
  return ({ title, titleEn }: { title: string; titleEn: string }) => (locale === 'en' && titleEn ? titleEn : title)
}

export function CourseRows({ courses }: { courses: CourseCard[] }) {
  const w = useWords(words)
  const locale = useLocale()
  const titleOf = useTitle()
  return (
    <Rows>
      {courses.map((course) => (
        <Row key={course.slug} to={coursePath(course.slug)} title={titleOf(course)}>
          <RowMeta>{locale === 'en' ? course.summaryEn : course.summary}</RowMeta>
          <RowMeta>
            <Chip>{w.lessons(course.lessonCount)}</Chip> {w.hours(course.plannedHours)}
          </RowMeta>
          {course.updatedCount > 0 && (
            <RowMeta>
              <UpdatedBadge count={course.updatedCount} />
            </RowMeta>
          )}
          {course.doneCount > 0 && (
            <Progress
              value={course.doneCount}
              max={course.lessonCount}
              label={w.doneOf(course.doneCount, course.lessonCount)}
            >
              {w.fraction(course.doneCount, course.lessonCount)}
            </Progress>
          )}
        </Row>
      ))}
    </Rows>
  )
}

/** How far one has come in a course, and the one way on: begin, continue, take the test, or read again. */
export function GoOn({
  course,
  lessons,
  test,
  entry,
  isLearner,
  isQuiet = false,
}: {
  course: string
  lessons: OutlineLesson[]
  test: TestStep | null
  /** What the learner may do about the test. */
  entry: Entry | null
  isLearner: boolean
  /** Where something else is the next step. */
  isQuiet?: boolean
}) {
  const w = useWords(words)
  const done = doneCount(lessons)
  const next = nextLesson(lessons)
  const target = next ?? lessons[0]
  if (!target) return null
  const label = next === null ? w.readAgain : isUntouched(lessons) ? w.start : w.continueWith(next.position)
  return (
    <>
      {isLearner && (
        <Progress value={done} max={lessons.length} label={w.doneOf(done, lessons.length)}>
          {w.fraction(done, lessons.length)}
        </Progress>
      )}
      {next === null && isSettled(test) && (
        <Callout tone="met" title={w.allDone}>
          {w.allDoneLead}
        </Callout>
      )}
      {next === null && !isSettled(test) && <ToTest course={course} entry={entry} isQuiet={isQuiet} />}
      <ButtonLink to={lessonPath(course, target.slug)} kind={next && !isQuiet ? 'main' : 'plain'} isWide isTall>
        {label}
      </ButtonLink>
      <UpdatedLessons course={course} lessons={lessons} />
    </>
  )
}
