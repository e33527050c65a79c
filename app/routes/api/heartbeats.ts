import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { requireViewer } from '#app/features/accounts/guard.server.ts'
import { takeBeat } from '#app/features/courses/heartbeats.server.ts'
import { learnerOf } from '#app/features/courses/learner.ts'
import { methodNotAllowed, notFound } from '#app/lib/http.ts'

const STATUS = { malformed: 400, foreign: 409, absent: 404, often: 429, busy: 503 } as const

/** Nothing to see here. */
export function loader(args: LoaderFunctionArgs) {
  requireViewer(args, 'learning.own')
  return methodNotAllowed('POST')
}

/**
 * Takes a heartbeat of a lesson's page and answers what is counted so far. 409: the page was opened by somebody else; 429 and
 * 503: the page keeps it and sends it later. Its body is limited by the server (`largestForm` of lesson-time.ts).
 */
export async function action(args: ActionFunctionArgs) {
  const learner = learnerOf(requireViewer(args, 'learning.own'))
  if (!learner) throw notFound()
  const form = new URLSearchParams(await args.request.text())
  const taken = await takeBeat(learner, form, new Date())
  const headers = new Headers({ 'Content-Type': 'application/json', 'Cache-Control': 'no-store' })
  // Whole: nothing so small is worth a stream.
  const answer = (status: number, body: object) =>
    args.context.sendWhole(new TextEncoder().encode(JSON.stringify(body)), { status, headers })
  if (taken.ok) return answer(200, taken.counted)
  if (taken.reason === 'often' || taken.reason === 'busy') headers.set('Retry-After', '15')
  return answer(STATUS[taken.reason], { reason: taken.reason })
}
