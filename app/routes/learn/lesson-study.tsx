import { useRevalidator } from '@remix-run/react'
import type { ReactNode } from 'react'
import { type LessonTimeView, OPENING_FIELD } from '#app/features/courses/lesson-time.ts'
import { isAnswered, type LessonStep } from '#app/features/courses/progress.ts'
import { StudyTime } from '#app/features/courses/study-time.tsx'

type Page = { time: LessonTimeView | null; lesson: LessonStep }

/** The lesson and, for whoever has a record, its time around it. */
export function LessonStudy({ course, lesson, time, children }: Page & { course: string; children: ReactNode }) {
  const { revalidate } = useRevalidator()
  if (!time) return children
  return (
    <StudyTime
      key={`${course}/${lesson.slug}`}
      course={course}
      lesson={lesson.slug}
      time={time}
      isWaiting={isAnswered(lesson)}
      onDone={revalidate}
    >
      {children}
    </StudyTime>
  )
}

/** Says in a form when its page was opened: all that is known of time where no script runs. */
export function OpeningField({ time }: { time: LessonTimeView | null }) {
  return time && <input type="hidden" name={OPENING_FIELD} value={time.opening} />
}
