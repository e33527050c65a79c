import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { useActionData, useLoaderData, useNavigation } from '@remix-run/react'
import { as } from '#app/features/accounts/as.server.ts'
import { requireViewer } from '#app/features/accounts/guard.server.ts'
import { may } from '#app/features/accounts/roles.ts'
import { closeClass, findClosingPage } from '#app/features/classfile/closing.server.ts'
import { ClosingHistory, ClosingParts, type ClosingRefused } from '#app/features/classfile/closing.tsx'
import { reopenClass } from '#app/features/training/close-class.server.ts'
import { closingWords } from '#app/features/training/closing-words.ts'
import { formText } from '#app/lib/form-rows.ts'
import { notFound } from '#app/lib/http.ts'
import { isId } from '#app/lib/ids.ts'
import { Callout } from '#app/ui/callout.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Crumbs } from '#app/ui/navigation.tsx'
import { PageHead } from '#app/ui/page-head.tsx'
import { pageTitle } from '../shell/title.ts'

export const meta: MetaFunction = (args) => pageTitle(args, closingWords, (w) => w.title)

/** What closing a class (结班) takes, and how it was closed. */
export async function loader(args: LoaderFunctionArgs) {
  const viewer = requireViewer(args, 'classfile.read')
  const { academy: academyCode = '', class: classId = '' } = args.params
  const page = isId(classId) ? await findClosingPage({ viewer, academyCode, classId, now: new Date() }) : null
  if (!page) throw notFound('class')
  const done = new URL(args.request.url).searchParams.get('done')
  const isDesk = may(viewer, 'training.read', academyCode)
  return {
    page,
    done: (['closed', 'reopened'] as const).find((one) => one === done) ?? null,
    back: isDesk
      ? `/academies/${academyCode}/manage/classes/${classId}`
      : `/academies/${academyCode}/classes/${classId}`,
  }
}

/** `intent` close, by the academy, or reopen, by a second person. Statuses: 400 the reason, 409 something speaks against it. */
export async function action(args: ActionFunctionArgs) {
  const viewer = requireViewer(args, 'class.reopen')
  const { academy: academyCode = '', class: classId = '' } = args.params
  const form = await args.request.formData()
  const isClosing = formText(form, 'intent') === 'close'
  if (!isId(classId) || (isClosing && !may(viewer, 'training.manage', academyCode))) throw notFound('class')
  const asked = { viewer, academyCode, classId, reason: formText(form, 'reason'), now: new Date() }
  const request = { ...asked, requestId: args.context.requestId }
  const answer = isClosing ? await closeClass(request) : await as(viewer, (tx) => reopenClass(tx, request))
  if (!answer) throw notFound('class')
  if (!answer.ok)
    return data(
      { reason: answer.reason, written: asked.reason },
      { status: answer.reason.startsWith('reason_') ? 400 : 409 },
    )
  throw redirect(`/academies/${academyCode}/classes/${classId}/closing?done=${isClosing ? 'closed' : 'reopened'}`, 303)
}

/** After a refusal too: what speaks against it by now is shown. */
export { afterRefusals as shouldRevalidate } from '../shell/revalidate.ts'

export default function ClosingRoute() {
  const w = useWords(closingWords)
  const { page, done, back } = useLoaderData<typeof loader>()
  const result = useActionData<ClosingRefused>()
  const refused = (useNavigation().state !== 'loading' && result) || null
  return (
    <>
      <Crumbs items={[{ to: back, label: page.of.name }, { label: w.title }]} />
      <PageHead title={w.title} meta={`${page.of.name} · ${page.of.code}`} />
      <div className="stack">
        {done && !refused && (
          <Callout tone="met" role="status">
            {w[done]}
          </Callout>
        )}
        {refused && (
          <Callout tone="miss" role="alert">
            {w.refused[refused.reason]}
          </Callout>
        )}
        <ClosingParts page={page} refused={refused} />
        <ClosingHistory page={page} />
      </div>
    </>
  )
}
