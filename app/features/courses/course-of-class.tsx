import { Card, Section } from '#app/ui/card.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Row, Rows } from '#app/ui/rows.tsx'
import { Attribution } from './attribution.tsx'
import { useTitle } from './course-parts.tsx'
import type { ClassCourse } from './enrol.server.ts'
import { offerWords } from './offer-words.ts'
import { PrerequisiteList } from './prerequisite-list.tsx'
import { coursePath } from './progress.ts'

/** On the page of an online class: the course it delivers, who made it, and what comes before. */
export function CourseOfClass({
  course,
  of,
}: {
  course: ClassCourse
  of: { academyName: string; classHead: string | null }
}) {
  const w = useWords(offerWords)
  const titleOf = useTitle()
  return (
    <Section title={w.course}>
      <div className="stack">
        <Card>
          <Rows>
            <Row to={coursePath(course.slug)} title={titleOf(course)} />
          </Rows>
          <Attribution {...course} {...of} />
        </Card>
        {course.prerequisites.length > 0 && <PrerequisiteList prerequisites={course.prerequisites} />}
      </div>
    </Section>
  )
}
