import { Chip } from '#app/ui/badge.tsx'
import { Card, Section } from '#app/ui/card.tsx'
import { Link } from '#app/ui/link.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { RowMeta } from '#app/ui/rows.tsx'
import { useTitle } from './course-parts.tsx'
import type { OwnLesson } from './own-list.server.ts'
import { ownWords } from './own-words.ts'
import { lessonPath } from './progress.ts'
import { words } from './words.ts'

/** Lessons with a bookmark or notes of one's own, under their courses; the notes stand there in full. */
export function OwnLessons({ lessons }: { lessons: OwnLesson[] }) {
  const titleOf = useTitle()
  const byCourse = new Map<string, OwnLesson[]>()
  for (const one of lessons) byCourse.set(one.courseSlug, [...(byCourse.get(one.courseSlug) ?? []), one])
  return [...byCourse].map(([slug, own]) => (
    <Section key={slug} title={titleOf({ title: own[0]!.courseTitle, titleEn: own[0]!.courseTitleEn })}>
      <Card>
        <ul className="rows">
          {own.map((one) => (
            <OwnLessonItem key={one.lessonSlug} lesson={one} />
          ))}
        </ul>
      </Card>
    </Section>
  ))
}

/** A withdrawn lesson has no page any more; what was written on it is kept here. */
function OwnLessonItem({ lesson }: { lesson: OwnLesson }) {
  const w = useWords(ownWords)
  const c = useWords(words)
  const titleOf = useTitle()
  const path = lessonPath(lesson.courseSlug, lesson.lessonSlug)
  const title = `${c.lessonNumber(lesson.position)}　${titleOf(lesson)}`
  return (
    <li className="own-lesson">
      <p className="row-title">{lesson.isWithdrawn ? title : <Link to={path}>{title}</Link>}</p>
      {lesson.isWithdrawn && <RowMeta>{w.withdrawn}</RowMeta>}
      {lesson.isBookmarked && (
        <RowMeta>
          <Chip>{w.bookmarked}</Chip>
        </RowMeta>
      )}
      {lesson.notes.map(({ id, text }) => (
        <p key={id} className="written">
          {text}
        </p>
      ))}
      {lesson.notes.length > 0 && !lesson.isWithdrawn && (
        <RowMeta>
          <Link to={`${path}/notes`}>{w.editNotes(lesson.notes.length)}</Link>
        </RowMeta>
      )}
    </li>
  )
}
