import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { as } from '#app/features/accounts/as.server.ts'
import { requireViewer } from '#app/features/accounts/guard.server.ts'
import { listWays } from '#app/features/certification/way.server.ts'
import { WaysToCertificates } from '#app/features/certification/way-card.tsx'
import { currentCourse } from '#app/features/courses/course-card.ts'
import { CourseRows, GoOn, useTitle } from '#app/features/courses/course-parts.tsx'
import { listCourses, listLessons } from '#app/features/courses/courses.server.ts'
import { learnerOf } from '#app/features/courses/learner.ts'
import { NextSessionCard } from '#app/features/courses/next-session.tsx'
import { findNextSession, listOnlineClasses } from '#app/features/courses/offers.server.ts'
import { OnlineClassRows } from '#app/features/courses/online-classes.tsx'
import { OwnLinks } from '#app/features/courses/own-links.tsx'
import { isComplete, nextLesson } from '#app/features/courses/progress.ts'
import { findTestEntry } from '#app/features/courses/test-entry.server.ts'
import { findTestStep } from '#app/features/courses/test-step.server.ts'
import { words } from '#app/features/courses/words.ts'
import { shanghaiDate } from '#app/lib/calendar.ts'
import { words as dates } from '#app/lib/date-words.ts'
import { notFound } from '#app/lib/http.ts'
import { pageTitle } from '#app/routes/shell/title.ts'
import { ButtonLink } from '#app/ui/button.tsx'
import { Card, Empty, Section } from '#app/ui/card.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { PageHead } from '#app/ui/page-head.tsx'

export const meta: MetaFunction = (args) => pageTitle(args, words, (w) => w.learn)

/** The worker's home: what is next, in the order in which it is due. */
export async function loader(args: LoaderFunctionArgs) {
  const viewer = requireViewer(args, 'learning.own')
  const learner = learnerOf(viewer)
  if (!learner) throw notFound()
  const { accountId } = learner
  const now = new Date()
  return as(viewer, async (tx) => {
    const [courses, classes, session, ways] = await Promise.all([
      listCourses(tx, { accountId }),
      listOnlineClasses(tx, { learner, now }),
      findNextSession(tx, { learner, now }),
      listWays(tx, { viewer, now }),
    ])
    const own = classes.filter((one) => one.isEnrolled)
    const joined = own.find((one) => one.creditedOn === null)?.courseSlug
    const current = currentCourse(courses, joined)
    const asked = { courseSlug: current?.slug ?? '', accountId }
    const [lessons, [test = null]] = current
      ? await Promise.all([listLessons(tx, asked), findTestStep(tx, asked)])
      : [[], []]
    const entry = await findTestEntry(tx, { ...asked, step: test, areLessonsDone: isComplete(lessons), now })
    const today = shanghaiDate(now)
    return { name: viewer.name, today, courses, own, session, ways, current, lessons, test, entry }
  })
}

export default function Learning() {
  const w = useWords(words)
  const d = useWords(dates)
  const titleOf = useTitle()
  const { name, today, courses, own, session, ways, current, lessons, test, entry } = useLoaderData<typeof loader>()
  const isToday = session !== null && shanghaiDate(session.startsAt) === today
  const next = nextLesson(lessons)
  const others = courses.filter((course) => course.slug !== current?.slug)
  return (
    <>
      <PageHead title={w.hello(name)} meta={d.dayAndWeekday(today)} />
      {session && <NextSessionCard session={session} isMain={isToday} />}
      {current && (
        <Card title={titleOf(current)} eyebrow={w.goOn} eyebrowIcon="book" isLifted={!isToday}>
          <div className="stack">
            {next && (
              <p className="soft small">
                {w.lessonNumber(next.position)}　{titleOf(next)} ·{' '}
                <span className="nowrap">{w.minutes(next.minutes)}</span>
              </p>
            )}
            <GoOn course={current.slug} lessons={lessons} test={test} entry={entry} isLearner isQuiet={isToday} />
          </div>
        </Card>
      )}
      {!current && !session && own.length === 0 && (
        <Empty
          icon="book"
          action={
            <ButtonLink to="/courses" kind="main">
              {w.seeCourses}
            </ButtonLink>
          }
        >
          {w.beginLead}
        </Empty>
      )}
      <WaysToCertificates ways={ways} today={today} />
      {own.length > 0 && (
        <Section title={w.myCourses}>
          <Card>
            <OnlineClassRows classes={own} />
          </Card>
        </Section>
      )}
      {others.length > 0 && (
        <Section title={current ? w.moreCourses : w.catalogue}>
          <Card>
            <CourseRows courses={others} />
          </Card>
        </Section>
      )}
      <OwnLinks />
    </>
  )
}
