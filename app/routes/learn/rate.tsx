import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { system } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { requireViewer } from '#app/features/accounts/guard.server.ts'
import { useTitle } from '#app/features/courses/course-parts.tsx'
import { coursePath, isSlug } from '#app/features/courses/progress.ts'
import { findRatePage, rateCourse } from '#app/features/courses/rate.server.ts'
import { RateForm, type ReturnedRating } from '#app/features/courses/rate-parts.tsx'
import { rateWords } from '#app/features/courses/rate-words.ts'
import { ratePath } from '#app/features/courses/ratings.ts'
import { formText } from '#app/lib/form-rows.ts'
import { notFound, redirectTo } from '#app/lib/http.ts'
import { typedText } from '#app/lib/written.ts'
import { pageTitle } from '#app/routes/shell/title.ts'
import { Callout } from '#app/ui/callout.tsx'
import { Card } from '#app/ui/card.tsx'
import { Link } from '#app/ui/link.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { PageHead } from '#app/ui/page-head.tsx'

export const meta: MetaFunction = (args) => pageTitle(args, rateWords, (w) => w.title)

/** One's own rating of a course, to give or to change. */
export async function loader(args: LoaderFunctionArgs) {
  const viewer = requireViewer(args, 'learning.own')
  const courseSlug = readCourse(args)
  const { accountId, personId } = viewer
  const page = await as(viewer, (tx) => findRatePage(tx, { accountId, personId, courseSlug }))
  if (!page) throw notFound('course')
  return { ...page, isSaved: new URL(args.request.url).searchParams.has('saved') }
}

/** Keeps it. 400: refused, with what was chosen and typed. */
export async function action(args: ActionFunctionArgs) {
  const viewer = requireViewer(args, 'learning.own')
  const courseSlug = readCourse(args)
  const form = await args.request.formData()
  const [score, comment] = [formText(form, 'score'), form.get('comment')]
  const { accountId, personId } = viewer
  const said = { accountId, personId, courseSlug, score, comment, now: new Date() }
  const { requestId } = args.context
  const rated = await as(system('credit'), (tx) => rateCourse(tx, { ...said, requestId }))
  if (rated.ok) throw redirectTo(`${ratePath(courseSlug)}?saved`)
  if (rated.reason === 'absent') throw notFound('course')
  const returned: ReturnedRating = { reason: rated.reason, score, comment: typedText(comment) }
  return data(returned, { status: 400 })
}

function readCourse({ params: { course } }: Pick<LoaderFunctionArgs, 'params'>): string {
  if (!isSlug(course)) throw notFound('course')
  return course
}

export default function Rate() {
  const w = useWords(rateWords)
  const titleOf = useTitle()
  const { course, own, mayRate, isSaved } = useLoaderData<typeof loader>()
  const returned = useActionData<typeof action>() ?? null
  return (
    <>
      <PageHead
        title={w.title}
        above={titleOf(course)}
        meta={
          <>
            {w.lead} <Link to={coursePath(course.slug)}>{w.toCourse}</Link>
          </>
        }
      />
      <div className="stack">
        {isSaved && !returned && <Callout tone="met" role="status" title={w.saved} />}
        {mayRate || returned ? (
          <Card>
            <RateForm course={course.slug} own={own} returned={returned} />
          </Card>
        ) : (
          <Callout title={w.notYet} />
        )}
      </div>
    </>
  )
}
