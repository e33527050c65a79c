import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { as } from '#app/features/accounts/as.server.ts'
import { requireViewer } from '#app/features/accounts/guard.server.ts'
import { CourseRows, useTitle } from '#app/features/courses/course-parts.tsx'
import { listCourses, listLessons } from '#app/features/courses/courses.server.ts'
import { learnerOf } from '#app/features/courses/learner.ts'
import { NextSessionCard } from '#app/features/courses/next-session.tsx'
import { findNextSession, listOnlineClasses } from '#app/features/courses/offers.server.ts'
import { OnlineClassRows } from '#app/features/courses/online-classes.tsx'
import { lessonPath, nextLesson } from '#app/features/courses/progress.ts'
import { words } from '#app/features/courses/words.ts'
import { shanghaiDate } from '#app/lib/calendar.ts'
import { words as dates } from '#app/lib/date-words.ts'
import { notFound } from '#app/lib/http.ts'
import { pageTitle } from '#app/routes/shell/title.ts'
import { ButtonLink } from '#app/ui/button.tsx'
import { Card, Empty, Section } from '#app/ui/card.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { PageHead } from '#app/ui/page-head.tsx'
import { Progress } from '#app/ui/progress.tsx'

export const meta: MetaFunction = (args) => pageTitle(args, words, (w) => w.learn)

/** The worker's home: what is next, in the order in which it is due. */
export async function loader(args: LoaderFunctionArgs) {
  const viewer = requireViewer(args, 'learning.own')
  const learner = learnerOf(viewer)
  if (!learner) throw notFound()
  const { accountId } = learner
  const now = new Date()
  return as(viewer, async (tx) => {
    const [courses, classes, session] = await Promise.all([
      listCourses(tx, { accountId }),
      listOnlineClasses(tx, { learner, now }),
      findNextSession(tx, { learner, now }),
    ])
    const own = classes.filter((one) => one.isEnrolled)
    const joined = own.find((one) => one.creditedOn === null)?.courseSlug
    const isOpen = (course: (typeof courses)[number]) => course.doneCount < course.lessonCount
    const current =
      courses.find((course) => course.lastAt !== null && isOpen(course)) ??
      courses.find((course) => course.slug === joined && isOpen(course))
    const next = current ? nextLesson(await listLessons(tx, { courseSlug: current.slug, accountId })) : null
    return {
      name: viewer.name,
      today: shanghaiDate(now),
      courses,
      own,
      session,
      goOn: current && next ? { current, next } : null,
    }
  })
}

export default function Learning() {
  const w = useWords(words)
  const d = useWords(dates)
  const titleOf = useTitle()
  const { name, today, courses, own, session, goOn } = useLoaderData<typeof loader>()
  const others = courses.filter((course) => course.slug !== goOn?.current.slug)
  return (
    <>
      <PageHead title={w.hello(name)} meta={`${d.day(today)} ${d.weekday(today)}`} />
      {session && <NextSessionCard session={session} isMain={shanghaiDate(session.startsAt) === today} />}
      {goOn && (
        <Card title={titleOf(goOn.current)} eyebrow={w.goOn} eyebrowIcon="book" isLifted={!session}>
          <p className="soft small">
            {w.lessonNumber(goOn.next.position)}　{titleOf(goOn.next)} · {w.minutes(goOn.next.minutes)}
          </p>
          <Progress
            value={goOn.current.doneCount}
            max={goOn.current.lessonCount}
            label={w.doneOf(goOn.current.doneCount, goOn.current.lessonCount)}
          >
            {w.fraction(goOn.current.doneCount, goOn.current.lessonCount)}
          </Progress>
          <ButtonLink
            to={lessonPath(goOn.current.slug, goOn.next.slug)}
            kind={session && shanghaiDate(session.startsAt) === today ? 'plain' : 'main'}
            isWide
            isTall
          >
            {goOn.current.doneCount === 0 && goOn.next.position === 1 ? w.start : w.continueWith(goOn.next.position)}
          </ButtonLink>
        </Card>
      )}
      {!goOn && !session && own.length === 0 && (
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
      {own.length > 0 && (
        <Section title={w.myCourses}>
          <Card>
            <OnlineClassRows classes={own} />
          </Card>
        </Section>
      )}
      {others.length > 0 && (
        <Section title={goOn ? w.moreCourses : w.catalogue}>
          <Card>
            <CourseRows courses={others} />
          </Card>
        </Section>
      )}
    </>
  )
}
