import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { system } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { optionalViewer, requireViewer } from '#app/features/accounts/guard.server.ts'
import { may } from '#app/features/accounts/roles.ts'
import { PathLink } from '#app/features/catalogue/path-link.tsx'
import { CourseFacts } from '#app/features/courses/course-facts.tsx'
import { CourseOffers } from '#app/features/courses/course-offers.tsx'
import { Outline } from '#app/features/courses/course-outline.tsx'
import { GoOn, useTitle } from '#app/features/courses/course-parts.tsx'
import { findCourse } from '#app/features/courses/courses.server.ts'
import { creditIfComplete } from '#app/features/courses/finish.server.ts'
import { learnerOf } from '#app/features/courses/learner.ts'
import { listOnlineClasses } from '#app/features/courses/offers.server.ts'
import { claimable } from '#app/features/courses/online-class.ts'
import { OpenOffer } from '#app/features/courses/open-offer.tsx'
import { listPrerequisites } from '#app/features/courses/prerequisites.server.ts'
import { coursePath, isComplete, isCourseComplete, isSlug } from '#app/features/courses/progress.ts'
import { RateLink } from '#app/features/courses/rate-parts.tsx'
import { findTestEntry } from '#app/features/courses/test-entry.server.ts'
import { words } from '#app/features/courses/words.ts'
import { findAcademyChoice } from '#app/features/training/academy-choice.server.ts'
import { shanghaiDate } from '#app/lib/calendar.ts'
import { methodNotAllowed, notFound } from '#app/lib/http.ts'
import { head, pageLocale } from '#app/routes/shell/title.ts'
import { Callout } from '#app/ui/callout.tsx'
import { Card, Section } from '#app/ui/card.tsx'
import { useLocale, useWords } from '#app/ui/locale.tsx'
import { PageHead } from '#app/ui/page-head.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'

export const meta: MetaFunction<typeof loader> = (args) => {
  const locale = pageLocale(args)
  const course = args.data?.course
  if (!course) return head(locale, words[locale].course)
  return locale === 'en' ? head(locale, course.titleEn, course.summaryEn) : head(locale, course.title, course.summary)
}

/** Open to everyone. */
export async function loader(args: LoaderFunctionArgs) {
  const courseSlug = args.params.course
  if (!isSlug(courseSlug)) throw notFound('course')
  const learner = learnerOf(args.context.viewer)
  const accountId = learner?.accountId ?? null
  const now = new Date()
  const found = await as(optionalViewer(args), async (tx) => {
    const [course, classes, prerequisites, academy] = await Promise.all([
      findCourse(tx, { courseSlug, accountId }),
      listOnlineClasses(tx, { courseSlug, learner, now }),
      listPrerequisites(tx, { courseSlug, learner }),
      learner ? findAcademyChoice(tx, learner.accountId) : null,
    ])
    if (!course) return null
    const done = { step: course.finalTest, areLessonsDone: isComplete(course.lessons) }
    const entry = await findTestEntry(tx, { courseSlug, accountId, ...done, now })
    return { course, classes, prerequisites, academy, entry }
  })
  if (!found) throw notFound('course')
  const { lessons, finalTest } = found.course
  const isFinished = isCourseComplete(lessons, finalTest)
  const canClaim = isFinished && claimable(found.classes, shanghaiDate(now)).length > 0
  const { viewer } = args.context
  const who = learner ? ('learner' as const) : viewer ? ('staff' as const) : ('visitor' as const)
  const opensAt = viewer && may(viewer, 'training.manage') ? viewer.academyCode : null
  const { course, classes } = found
  const isCredited = classes.some((one) => one.isEnrolled && one.creditedOn !== null)
  const mayRate = learner !== null && (isFinished || isCredited || course.ownScore !== null)
  return { ...found, who, canClaim, opensAt, mayRate }
}

/** A worker who finished the course has the hours recorded in the online classes joined since. 409: not finished. */
export async function action(args: ActionFunctionArgs) {
  if (args.request.method !== 'POST') throw methodNotAllowed('GET', 'POST')
  const viewer = requireViewer(args, 'learning.own')
  const courseSlug = args.params.course
  const learner = learnerOf(viewer)
  if (!isSlug(courseSlug) || !learner) throw notFound('course')
  const isRecorded = await as(system('credit'), (tx) =>
    creditIfComplete(tx, { ...learner, courseSlug, now: new Date() }),
  )
  return data({ isRecorded }, { status: isRecorded ? 200 : 409 })
}

export default function CoursePage() {
  const w = useWords(words)
  const locale = useLocale()
  const titleOf = useTitle()
  const { course, entry, canClaim, opensAt, mayRate, ...offers } = useLoaderData<typeof loader>()
  const isLearner = offers.who === 'learner'
  const claim = useActionData<typeof action>()
  const steps = { course: course.slug, lessons: course.lessons, test: course.finalTest, isLearner }
  return (
    <>
      <PageHead title={titleOf(course)} meta={locale === 'en' ? course.summaryEn : course.summary} />
      {claim && (
        <Callout
          tone={claim.isRecorded ? 'met' : 'warn'}
          role="status"
          title={claim.isRecorded ? w.claimed : w.notClaimed}
        />
      )}
      <Card isLifted>
        <div className="stack">
          {canClaim && (
            <Form method="post" className="form">
              <p className="soft small">{w.claimLead}</p>
              <SubmitButton isWide isTall>
                {w.claim}
              </SubmitButton>
            </Form>
          )}
          <GoOn {...steps} entry={entry} isQuiet={canClaim} />
          {mayRate && <RateLink course={course.slug} ownScore={course.ownScore} />}
        </div>
      </Card>
      <Section title={w.outline}>
        <Card>
          <Outline {...steps} />
        </Card>
      </Section>
      <CourseOffers {...offers} madeBy={course.academyName ?? course.author} path={coursePath(course.slug)} />
      {opensAt && <OpenOffer academyCode={opensAt} courseSlug={course.slug} />}
      <Section title={w.aboutCourse}>
        <Card>
          <CourseFacts course={course} />
        </Card>
        {course.occupationCode && <PathLink occupation={course.occupationCode} name={course.occupationName} />}
      </Section>
    </>
  )
}
