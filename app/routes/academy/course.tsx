import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { requireViewer } from '#app/features/accounts/guard.server.ts'
import { findCourseDesk } from '#app/features/courses/course-desk.server.ts'
import { COURSE_VIEWS, courseAddress, readCoursePlace } from '#app/features/courses/course-desk.ts'
import { useTitle } from '#app/features/courses/course-parts.tsx'
import { RatingReport, ResultTable } from '#app/features/courses/course-results.tsx'
import { LearnerFilters, LearnerTable } from '#app/features/courses/learner-table.tsx'
import { coursePath, isSlug } from '#app/features/courses/progress.ts'
import { FAILS, IDLE_DAYS, TEST_FAILS } from '#app/features/courses/standing.ts'
import { TestReport } from '#app/features/courses/test-report.tsx'
import { watchWords } from '#app/features/courses/watch-words.ts'
import { notFound } from '#app/lib/http.ts'
import { ButtonLink, LinkButton } from '#app/ui/button.tsx'
import { Empty } from '#app/ui/card.tsx'
import { Link } from '#app/ui/link.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Crumbs, Pager, Seg } from '#app/ui/navigation.tsx'
import { PageHead } from '#app/ui/page-head.tsx'
import { pageTitle } from '../shell/title.ts'

export const meta: MetaFunction = (args) => pageTitle(args, watchWords, (w) => w.courses.title)

/** A course as the academy that delivers it sees it: who is where, how questions are answered, what people think of it. */
export async function loader(args: LoaderFunctionArgs) {
  const viewer = requireViewer(args, 'learning.watch')
  const { course: courseSlug } = args.params
  const place = readCoursePlace(new URL(args.request.url).searchParams)
  const desk = isSlug(courseSlug) ? await findCourseDesk(viewer, { courseSlug, place, now: new Date() }) : null
  if (!desk) throw notFound('course')
  return { desk, place, base: `/academies/${viewer.academyCode}/manage/courses` }
}

export default function DeskCourse() {
  const w = useWords(watchWords)
  const titleOf = useTitle()
  const { desk, place, base } = useLoaderData<typeof loader>()
  const path = `${base}/${desk.course.slug}`
  return (
    <>
      <Crumbs items={[{ to: base, label: w.courses.title }, { label: titleOf(desk.course) }]} />
      <PageHead title={titleOf(desk.course)} meta={<Link to={coursePath(desk.course.slug)}>{w.publicPage}</Link>}>
        <Seg
          label={w.views}
          items={COURSE_VIEWS.map((view) => ({
            to: `${path}${courseAddress({ view })}`,
            label: w[view],
            isCurrent: view === desk.view,
          }))}
        />
        {(['xlsx', 'csv'] as const).map((format) => (
          <LinkButton
            key={format}
            href={`${path}/export${courseAddress({ ...place, after: null, format })}`}
            icon="download"
          >
            {w[format]}
          </LinkButton>
        ))}
      </PageHead>
      <div className="stack">
        <View />
      </div>
    </>
  )
}

function View() {
  const w = useWords(watchWords)
  const { desk, place } = useLoaderData<typeof loader>()
  if (desk.view === 'ratings') return <RatingReport ratings={desk.ratings} />
  if (desk.view === 'results') {
    const at = (isHardestFirst: boolean) => courseAddress({ view: 'results', isHardestFirst })
    const orders = [
      { to: at(false), label: w.inOrder, isCurrent: !place.isHardestFirst },
      { to: at(true), label: w.hardestFirst, isCurrent: place.isHardestFirst },
    ]
    return (
      <>
        <p className="soft small">{w.resultsLead}</p>
        <div className="inline">
          <Seg label={w.order} items={orders} />
        </div>
        <ResultTable results={desk.results} />
        <TestReport report={desk.test} />
      </>
    )
  }
  const { learners, total, next, classes, counts } = desk
  const at = (after: string | null) => courseAddress({ ...place, after }) || '?'
  return (
    <>
      <p className="soft small">
        {w.stuckLead(IDLE_DAYS, FAILS)} {desk.hasTest && w.testStuckLead(TEST_FAILS)} {w.timeLead} {w.signs}
      </p>
      <LearnerFilters place={place} classes={classes} counts={counts} />
      {learners.length === 0 ? (
        <Empty icon="person" action={place.state || place.classId ? <ButtonLink to="?">{w.reset}</ButtonLink> : null}>
          {place.state || place.classId ? w.noneMatch : w.noLearners}
        </Empty>
      ) : (
        <LearnerTable
          learners={learners}
          footer={
            <Pager
              summary={w.shown(learners.length, total)}
              previous={place.after ? at(null) : null}
              next={next && at(next)}
            />
          }
        />
      )}
    </>
  )
}
