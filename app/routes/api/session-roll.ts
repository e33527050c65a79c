import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { as } from '#app/features/accounts/as.server.ts'
import { deviceKeyCookie } from '#app/features/accounts/device-key.server.ts'
import { requireViewer } from '#app/features/accounts/guard.server.ts'
import { findRoll } from '#app/features/attendance/roll.server.ts'
import { takeSent } from '#app/features/attendance/sent.server.ts'
import { readSending } from '#app/features/attendance/sent-form.server.ts'
import { notFound } from '#app/lib/http.ts'
import { isId } from '#app/lib/ids.ts'

type Args = LoaderFunctionArgs | ActionFunctionArgs

/** The roll of a session, to be taken along (attendance/roll.ts), and the key under which the device keeps it. */
export async function loader(args: LoaderFunctionArgs) {
  const viewer = requireViewer(args, 'attendance.take')
  const { academy: academyCode = '', session: sessionId = '' } = args.params
  const asked = { viewer, academyCode, sessionId, now: new Date() }
  const roll = isId(sessionId) ? await as(viewer, (tx) => findRoll(tx, asked)) : null
  if (!roll) throw notFound('session')
  return answer(args, 200, roll, deviceKeyCookie(viewer.accountId, args.request.headers.get('Cookie'), args.context))
}

/**
 * Takes marks that the instructor's page noted, out of reach perhaps, and answers for each of them. 400: no page of ours sends
 * that; 409: somebody else made them, who has to send them. Its body is limited by the server (`largestSending` of sent.ts).
 */
export async function action(args: ActionFunctionArgs) {
  const viewer = requireViewer(args, 'attendance.take')
  const { academy: academyCode = '', session: sessionId = '' } = args.params
  if (!isId(sessionId)) throw notFound('session')
  const sending = readSending(new URLSearchParams(await args.request.text()))
  if (!sending) return answer(args, 400, { reason: 'malformed' })
  if (sending.account !== viewer.accountId) return answer(args, 409, { reason: 'other_account' })
  const { requestId } = args.context
  const asked = { viewer, academyCode, sessionId, marks: sending.marks, now: new Date(), requestId }
  const answers = await as(viewer, (tx) => takeSent(tx, asked))
  if (!answers) throw notFound('session')
  return answer(args, 200, { now: asked.now.getTime(), answers })
}

function answer({ context }: Args, status: number, body: object, setCookie?: string): Response {
  const headers = new Headers({ 'Content-Type': 'application/json', 'Cache-Control': 'no-store' })
  if (setCookie) headers.set('Set-Cookie', setCookie)
  return context.sendWhole(new TextEncoder().encode(JSON.stringify(body)), { status, headers })
}
