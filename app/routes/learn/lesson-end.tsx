import { Form } from '@remix-run/react'
import { useTitle } from '#app/features/courses/course-parts.tsx'
import type { LessonTimeView } from '#app/features/courses/lesson-time.ts'
import { type LessonStep, lessonPath, testPath } from '#app/features/courses/progress.ts'
import { words } from '#app/features/courses/words.ts'
import { ButtonLink } from '#app/ui/button.tsx'
import { Icon } from '#app/ui/icon.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import { OpeningField } from './lesson-study.tsx'

/** A lesson without a quiz is finished by saying so. */
export function FinishLesson({
  lesson,
  time,
  following,
}: {
  lesson: LessonStep
  time: LessonTimeView | null
  following: LessonStep | null
}) {
  const w = useWords(words)
  if (lesson.isRead) return null
  return (
    <Form method="post" className="form">
      <input type="hidden" name="intent" value="finish" />
      <OpeningField time={time} />
      {following && <input type="hidden" name="next" value={following.slug} />}
      <SubmitButton isWide isTall>
        {following ? w.finishNext : w.finish}
      </SubmitButton>
    </Form>
  )
}

/** The lessons before and after this one, whether done or not; after the last comes the test. */
export function LessonNeighbours({
  course,
  lesson,
  lessons,
  test,
}: {
  course: string
  lesson: LessonStep
  lessons: LessonStep[]
  test: { title: string; titleEn: string } | null
}) {
  const w = useWords(words)
  const titleOf = useTitle()
  const index = lessons.findIndex((one) => one.slug === lesson.slug)
  const [before, after] = [lessons[index - 1], lessons[index + 1]]
  return (
    <nav className="prevnext" aria-label={w.previousNext}>
      {before ? (
        <ButtonLink to={lessonPath(course, before.slug)}>
          <Icon name="left" />
          <span>
            <small>{w.lessonNumber(before.position)}</small>
            {titleOf(before)}
          </span>
        </ButtonLink>
      ) : (
        <span />
      )}
      {after ? (
        <ButtonLink to={lessonPath(course, after.slug)}>
          <span>
            <small>{w.lessonNumber(after.position)}</small>
            {titleOf(after)}
          </span>
          <Icon name="right" />
        </ButtonLink>
      ) : test ? (
        <ButtonLink to={testPath(course)}>
          <span>{titleOf(test)}</span>
          <Icon name="right" />
        </ButtonLink>
      ) : (
        <span />
      )}
    </nav>
  )
}
