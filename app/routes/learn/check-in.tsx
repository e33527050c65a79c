import {
  type ActionFunctionArgs,
  data,
  type HeadersFunction,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node'
import { useActionData, useLoaderData, useNavigation, useSearchParams } from '@remix-run/react'
import { requireViewer } from '#app/features/accounts/guard.server.ts'
import type { CheckRefusal } from '#app/features/attendance/check-in.server.ts'
import { CheckIn } from '#app/features/attendance/check-in.tsx'
import { actOnCheckIn, findCheckInPage } from '#app/features/attendance/check-in-page.server.ts'
import { codeWords } from '#app/features/attendance/code-words.ts'
import { formText } from '#app/lib/form-rows.ts'
import { Callout } from '#app/ui/callout.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { PageHead } from '#app/ui/page-head.tsx'
import type { ShellHandle } from '../shell/handle.ts'
import { pageTitle } from '../shell/title.ts'

export const handle: ShellHandle = {
  hasTabs: false,
  top: ({ locale }) => ({ back: '/learn/classes', title: codeWords[locale].own.title }),
}

export const meta: MetaFunction = (args) => pageTitle(args, codeWords, (w) => w.own.title)

const POLICY = 'Permissions-Policy'
const WITH_POSITION = 'camera=(), microphone=(), geolocation=(self), payment=(), usb=()'

/** The one page that may ask for the position, while a class of the worker's asks for it. */
export const headers: HeadersFunction = ({ loaderHeaders }) => {
  const policy = loaderHeaders.get(POLICY)
  return policy ? { [POLICY]: policy } : new Headers()
}

/** The worker's sessions about now; `c`: the code that was scanned. It shows a button and does nothing by itself. */
export async function loader(args: LoaderFunctionArgs) {
  const viewer = requireViewer(args, 'learning.own')
  const { searchParams, origin } = new URL(args.request.url)
  const code = searchParams.get('c') ?? ''
  const page = await findCheckInPage(viewer, { code, origin, now: new Date() })
  const isAsked = page.meetings.some(({ asksLocation }) => asksLocation)
  const headers = isAsked ? { [POLICY]: WITH_POSITION } : undefined
  return data({ page, isConfirmed: viewer.personId !== null }, { headers })
}

/** Checks the worker in or out, by the code that was scanned or by the spoken one. */
export async function action(args: ActionFunctionArgs) {
  const viewer = requireViewer(args, 'learning.own')
  const form = await args.request.formData()
  const answer = await actOnCheckIn(viewer, { form, now: new Date(), requestId: args.context.requestId })
  if (!answer.ok) return data({ ...answer, sessionId: formText(form, 'session') }, { status: 409 })
  throw redirect(`/learn/check-in?${answer.isNew ? 'done' : 'before'}=${answer.act}`, 303)
}

export default function CheckInRoute() {
  const { own: w } = useWords(codeWords)
  const { page, isConfirmed } = useLoaderData<typeof loader>()
  const result = useActionData<CheckRefusal & { sessionId: string }>()
  const [search] = useSearchParams()
  const isLeaving = useNavigation().state === 'loading'
  const [done, before] = [search.get('done'), search.get('before')]
  const isAct = (act: string | null): act is 'in' | 'out' => act === 'in' || act === 'out'
  return (
    <>
      <PageHead title={w.title} />
      {!result && isAct(done) && <Callout tone="met" role="status" title={w.done[done]} />}
      {!result && isAct(before) && <Callout tone="info" role="status" title={w.before[before]} />}
      <CheckIn page={page} isConfirmed={isConfirmed} refusal={(!isLeaving && result) || null} />
    </>
  )
}
