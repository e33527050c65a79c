import { Badge, Chip } from '#app/ui/badge.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Row, RowMeta, Rows } from '#app/ui/rows.tsx'
import { useTitle } from './course-parts.tsx'
import { ownWords } from './own-words.ts'
import { lessonPath, type OutlineLesson, type TestStep } from './progress.ts'
import { TestRow } from './test-step.tsx'
import { UpdatedBadge, WhatChanged } from './updates.tsx'
import { words } from './words.ts'

/** The lessons of a course and its test; how far one has come is said in words beside the sign. */
export function Outline({
  course,
  lessons,
  test,
  isLearner,
}: {
  course: string
  lessons: OutlineLesson[]
  test: TestStep | null
  isLearner: boolean
}) {
  const w = useWords(words)
  const own = useWords(ownWords)
  const titleOf = useTitle()
  return (
    <Rows>
      {lessons.map((lesson) => (
        <Row
          key={lesson.slug}
          to={lessonPath(course, lesson.slug)}
          title={`${w.lessonNumber(lesson.position)}　${titleOf(lesson)}`}
        >
          <RowMeta>{lesson.summary}</RowMeta>
          <RowMeta>
            {w.minutes(lesson.minutes)} {isLearner && <LessonState lesson={lesson} />}{' '}
            {lesson.isBookmarked && <Chip>{own.bookmarked}</Chip>}
          </RowMeta>
          {lesson.update && (
            <RowMeta>
              <UpdatedBadge /> <WhatChanged update={lesson.update} />
            </RowMeta>
          )}
        </Row>
      ))}
      {test && <TestRow course={course} test={test} isLearner={isLearner} />}
    </Rows>
  )
}

function LessonState({ lesson }: { lesson: OutlineLesson }) {
  const w = useWords(words)
  if (lesson.isDone) return <Badge tone="met">{w.done}</Badge>
  if (!lesson.isRead) return null
  return <Badge tone="warn">{lesson.hasQuiz && !lesson.isPassed ? w.toAnswer : w.toStudy}</Badge>
}
