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
  if (args.request.method !== 'POST') throw methodNotAllowed('POST')
  const learner = learnerOf(requireViewer(args, 'learning.own'))
  if (!learner) throw notFound()
  const form = new URLSearchParams(await args.request.text())
  const taken = await takeBeat(learner, form, new Date())
  if (taken.ok) return Response.json(taken.counted, { headers: { 'Cache-Control': 'no-store' } })
  const wait = taken.reason === 'often' || taken.reason === 'busy' ? { 'Retry-After': '15' } : undefined
  return Response.json({ reason: taken.reason }, { status: STATUS[taken.reason], headers: wait })
}
