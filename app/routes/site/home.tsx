import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { AcademyCards } from '#app/features/academies/academy-cards.tsx'
import { listAcademies } from '#app/features/academies/find.server.ts'
import { words } from '#app/features/academies/public-words.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { optionalViewer } from '#app/features/accounts/guard.server.ts'
import { CourseRows } from '#app/features/courses/course-parts.tsx'
import { listCourses } from '#app/features/courses/courses.server.ts'
import { ClassCards } from '#app/features/training/class-cards.tsx'
import { listClassCards } from '#app/features/training/classes.server.ts'
import { shanghaiDate } from '#app/lib/calendar.ts'
import { ButtonLink } from '#app/ui/button.tsx'
import { Card, Section } from '#app/ui/card.tsx'
import { Link } from '#app/ui/link.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { PageHead } from '#app/ui/page-head.tsx'
import { pageTitle } from '../shell/title.ts'

const [COURSES, CLASSES, ACADEMIES] = [4, 5, 6]

export const meta: MetaFunction = (args) =>
  pageTitle(
    args,
    words,
    (w) => w.home.title,
    (w) => w.home.lead,
  )

/** Open to everyone: what this is, and the first things to do. */
export async function loader({ context }: LoaderFunctionArgs) {
  const now = new Date()
  return as(optionalViewer({ context }), async (tx) => {
    const [courses, { classes }, { academies }] = await Promise.all([
      listCourses(tx, { accountId: null }),
      listClassCards(tx, { filters: {}, after: null, limit: 40, now }),
      listAcademies(tx, { city: null, after: null, limit: ACADEMIES }),
    ])
    const open = classes.filter((card) => card.state.is === 'open').slice(0, CLASSES)
    return {
      courses: courses.slice(0, COURSES),
      classes: open,
      academies,
      today: shanghaiDate(now),
      isVisitor: context.viewer === null,
    }
  })
}

export default function Home() {
  const w = useWords(words).home
  const { courses, classes, academies, today, isVisitor } = useLoaderData<typeof loader>()
  return (
    <>
      <PageHead title={w.title} />
      <div className="stack">
        <p>{w.lead}</p>
        <div className="inline">
          <ButtonLink kind="main" icon="class" to="/classes">
            {w.find}
          </ButtonLink>
          <ButtonLink icon="book" to="/courses">
            {w.learn}
          </ButtonLink>
          {isVisitor && <Link to="/register">{w.register}</Link>}
        </div>
      </div>
      <Section title={w.classes} aside={<Link to="/classes">{w.allClasses}</Link>}>
        {classes.length > 0 ? <ClassCards classes={classes} today={today} /> : <p className="soft">{w.noClasses}</p>}
      </Section>
      {courses.length > 0 && (
        <Section title={w.courses} aside={<Link to="/courses">{w.allCourses}</Link>}>
          <Card>
            <CourseRows courses={courses} />
          </Card>
        </Section>
      )}
      <Section title={w.academies} aside={<Link to="/academies">{w.allAcademies}</Link>}>
        <AcademyCards academies={academies} />
      </Section>
    </>
  )
}
