import { useTitle } from '#app/features/courses/course-parts.tsx'
import { coursePath, lessonPath } from '#app/features/courses/progress.ts'
import { words as courseWords } from '#app/features/courses/words.ts'
import { StateText } from '#app/features/training/class-cards.tsx'
import { classPath } from '#app/features/training/class-path.ts'
import { words as classWords } from '#app/features/training/words.ts'
import { yearOf } from '#app/lib/calendar.ts'
import { words as dateWords } from '#app/lib/date-words.ts'
import { Chip } from '#app/ui/badge.tsx'
import { Card } from '#app/ui/card.tsx'
import { Link } from '#app/ui/link.tsx'
import { useLocale, useWords } from '#app/ui/locale.tsx'
import { Progress } from '#app/ui/progress.tsx'
import { Row, RowMeta, Rows } from '#app/ui/rows.tsx'
import { highlight } from './highlight.ts'
import type { CataloguePage, ClassItem, CourseItem } from './page.server.ts'
import { words } from './words.ts'

/** Courses and classes in one list, with the words that were looked for marked. */
export function CatalogueList({ items, terms, today }: Pick<CataloguePage, 'items' | 'terms'> & { today: string }) {
  return (
    <Card>
      <Rows>
        {items.map((item) =>
          item.kind === 'course' ? (
            <CourseRow key={item.slug} course={item} terms={terms} />
          ) : (
            <ClassRow key={item.id} card={item} terms={terms} today={today} />
          ),
        )}
      </Rows>
    </Card>
  )
}

function CourseRow({ course, terms }: { course: CourseItem; terms: string[] }) {
  const w = useWords(words)
  const c = useWords(courseWords)
  const d = useWords(dateWords)
  const locale = useLocale()
  const titleOf = useTitle()
  const { lesson, offeredBy } = course
  return (
    <Row
      to={coursePath(course.slug)}
      title={<Marked text={titleOf(course)} terms={terms} />}
      below={
        lesson && (
          <Link className="row-hit" to={lessonPath(course.slug, lesson.slug)}>
            <span>
              <Marked text={w.inLesson(lesson.position, titleOf(lesson))} terms={terms} />
            </span>
            {lesson.excerpt && (
              <span className="small soft" lang={locale === 'en' ? 'zh-CN' : undefined}>
                <Marked text={lesson.excerpt} terms={terms} />
              </span>
            )}
          </Link>
        )
      }
    >
      <RowMeta>
        <Chip>{w.modes.online}</Chip> {c.lessons(course.lessonCount)} · {c.hours(course.plannedHours)} ·{' '}
        <Marked text={w.madeBy(course.madeBy)} terms={terms} />
      </RowMeta>
      <RowMeta>
        <Marked text={locale === 'en' ? course.summaryEn : course.summary} terms={terms} />
      </RowMeta>
      {offeredBy.length > 0 && <RowMeta>{w.offeredBy(d.list(offeredBy.slice(0, 2)), offeredBy.length)}</RowMeta>}
      {course.doneCount > 0 && (
        <Progress
          value={course.doneCount}
          max={course.lessonCount}
          label={c.doneOf(course.doneCount, course.lessonCount)}
        >
          {c.fraction(course.doneCount, course.lessonCount)}
        </Progress>
      )}
    </Row>
  )
}

function ClassRow({ card, terms, today }: { card: ClassItem; terms: string[]; today: string }) {
  const w = useWords(words)
  const k = useWords(classWords)
  const d = useWords(dateWords)
  const locale = useLocale()
  const thisYear = yearOf(today)
  const { academyName, cityName, cityNameEn } = card
  // Most academies carry their city in their name.
  const city = locale === 'en' ? cityNameEn : cityName && academyName.startsWith(cityName) ? null : cityName
  return (
    <Row to={classPath(card.academyCode, card.id)} title={<Marked text={card.name} terms={terms} />}>
      <RowMeta>
        <Chip>{w.modes[card.mode]}</Chip> {d.period(card.startsOn, card.endsOn, thisYear)} ·{' '}
        {k.hours(card.plannedHours)}
      </RowMeta>
      <RowMeta>
        <Marked text={city ? `${academyName} · ${city}` : academyName} terms={terms} />
      </RowMeta>
      <RowMeta>
        <b>
          <StateText state={card.state} thisYear={thisYear} />
        </b>
      </RowMeta>
    </Row>
  )
}

/** A text in which the words that were looked for are marked. */
function Marked({ text, terms }: { text: string; terms: readonly string[] }) {
  if (terms.length === 0) return <>{text}</>
  let at = 0
  return (
    <>
      {highlight(text, terms).map((piece) => {
        const key = at
        at += piece.text.length
        return piece.isHit ? <mark key={key}>{piece.text}</mark> : piece.text
      })}
    </>
  )
}
