import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { as } from '#app/features/accounts/as.server.ts'
import { requireViewer } from '#app/features/accounts/guard.server.ts'
import { keepPlace } from '#app/features/courses/marks.server.ts'
import { isSlug } from '#app/features/courses/progress.ts'
import { readPlace } from '#app/features/courses/reading-place.ts'
import { badRequest, methodNotAllowed, notFound } from '#app/lib/http.ts'

/** Nothing to see: the lesson's page has the place in it. */
export function loader(args: LoaderFunctionArgs) {
  requireViewer(args, 'learning.own')
  throw methodNotAllowed('POST')
}

/** Keeps where the learner stopped reading, as the page tells it when it is left: `place`, the piece of the text. 204. */
export async function action(args: ActionFunctionArgs) {
  const viewer = requireViewer(args, 'learning.own')
  const { course: courseSlug, lesson: lessonSlug } = args.params
  if (!isSlug(courseSlug) || !isSlug(lessonSlug)) throw notFound('lesson')
  const place = readPlace((await args.request.formData()).get('place'))
  if (place === null) throw badRequest('place')
  const of = { accountId: viewer.accountId, courseSlug, lessonSlug, place }
  if (!(await as(viewer, (tx) => keepPlace(tx, of)))) throw notFound('lesson')
  return new Response(null, { status: 204 })
}
