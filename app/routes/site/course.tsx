import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { system } from '#app/features/accounts/actor.ts'
import { as, asReader } from '#app/features/accounts/as.server.ts'
import { optionalViewer, requireViewer } from '#app/features/accounts/guard.server.ts'
import { may } from '#app/features/accounts/roles.ts'
import { PathLink } from '#app/features/catalogue/path-link.tsx'
import { ClaimForm, ClaimNotice } from '#app/features/courses/claim-form.tsx'
import { creditIfComplete } from '#app/features/courses/course-credit.server.ts'
import { CourseFacts } from '#app/features/courses/course-facts.tsx'
import { CourseOffers } from '#app/features/courses/course-offers.tsx'
import { Outline } from '#app/features/courses/course-outline.tsx'
import { findCoursePage } from '#app/features/courses/course-page.server.ts'
import { GoOn, useTitle } from '#app/features/courses/course-parts.tsx'
import { learnerOf } from '#app/features/courses/learner.ts'
import { OpenOffer } from '#app/features/courses/open-offer.tsx'
import { coursePath, isSlug } from '#app/features/courses/progress.ts'
import { RateLink } from '#app/features/courses/rate-parts.tsx'
import { words } from '#app/features/courses/words.ts'
import { notFound } from '#app/lib/http.ts'
import { head, pageLocale } from '#app/routes/shell/title.ts'
import { Card, Section } from '#app/ui/card.tsx'
import { useLocale, useWords } from '#app/ui/locale.tsx'
import { PageHead } from '#app/ui/page-head.tsx'

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
  const { viewer } = args.context
  const learner = learnerOf(viewer)
  const page = await asReader(optionalViewer(args), (tx) =>
    findCoursePage(tx, { courseSlug, learner, now: new Date() }),
  )
  if (!page) throw notFound('course')
  const who = learner ? ('learner' as const) : viewer ? ('staff' as const) : ('visitor' as const)
  const opensAt = viewer && may(viewer, 'training.manage') ? viewer.academyCode : null
  return { ...page, who, opensAt }
}

/** A worker who finished the course has the hours recorded in the online classes joined since. 409: not finished. */
export async function action(args: ActionFunctionArgs) {
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
      {claim && <ClaimNotice {...claim} />}
      <Card isLifted>
        <div className="stack">
          {canClaim && <ClaimForm />}
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
