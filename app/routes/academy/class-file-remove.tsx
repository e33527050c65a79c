import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { requireViewer } from '#app/features/accounts/guard.server.ts'
import { findDocument, removeWithReason } from '#app/features/classfile/remove.server.ts'
import { StandsOnIt } from '#app/features/classfile/stands-on-it.tsx'
import { classFileWords } from '#app/features/classfile/words.ts'
import { formText } from '#app/lib/form-rows.ts'
import { notFound } from '#app/lib/http.ts'
import { isId } from '#app/lib/ids.ts'
import { ButtonLink } from '#app/ui/button.tsx'
import { Card } from '#app/ui/card.tsx'
import { TextField } from '#app/ui/field.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Crumbs } from '#app/ui/navigation.tsx'
import { PageHead } from '#app/ui/page-head.tsx'
import { PostForm } from '#app/ui/post-form.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import { pageTitle } from '../shell/title.ts'

export const meta: MetaFunction = (args) => pageTitle(args, classFileWords, (w) => w.removing.title)

/** Asks why a document is removed from a class's file, and says what that does; of the evidence of attendance why it stays. */
export async function loader(args: LoaderFunctionArgs) {
  const viewer = requireViewer(args, 'classfile.keep')
  const { academy: academyCode = '', class: classId = '', file = '' } = args.params
  const found = isId(classId) && isId(file) ? await findDocument({ viewer, academyCode, classId }, file) : null
  if (!found) throw notFound('document')
  const { name, part } = found.document
  const back = `/academies/${academyCode}/classes/${classId}/file`
  return { name, part, of: found.held.name, standing: found.standing, back, academyCode }
}

/** Removes it. Statuses: 400 the reason is missing or too long, 409 attendance stands on it. */
export async function action(args: ActionFunctionArgs) {
  const viewer = requireViewer(args, 'classfile.keep')
  const { academy: academyCode = '', class: classId = '', file = '' } = args.params
  if (!isId(classId) || !isId(file)) throw notFound('document')
  const written = formText(await args.request.formData(), 'reason')
  const of = { viewer, academyCode, classId, now: new Date(), requestId: args.context.requestId }
  const answer = await removeWithReason(of, { documentId: file, written })
  if (!answer) throw notFound('document')
  if (!answer.ok) {
    const { reason: fault } = answer
    return data(
      { fault: fault === 'marks_stand' ? null : fault, written },
      { status: fault === 'marks_stand' ? 409 : 400 },
    )
  }
  throw redirect(`/academies/${academyCode}/classes/${classId}/file?saved=removed`, 303)
}

/** After a refusal too: what was ticked off meanwhile is shown. */
export { afterRefusals as shouldRevalidate } from '../shell/revalidate.ts'

export default function RemoveDocument() {
  const { removing: w, title, parts } = useWords(classFileWords)
  const { name, part, of, standing, back, academyCode } = useLoaderData<typeof loader>()
  const refused = useActionData<typeof action>()
  return (
    <>
      <Crumbs items={[{ to: back, label: `${of} · ${title}` }, { label: w.title }]} />
      <PageHead title={w.ask(name)} meta={parts[part]} />
      {standing.length > 0 ? (
        <StandsOnIt standing={standing} academyCode={academyCode} back={back} />
      ) : (
        <Card>
          <PostForm className="form" noValidate>
            <p>{w.text}</p>
            <TextField
              name="reason"
              label={w.reason}
              hint={w.reasonHint}
              error={refused?.fault && w.faults[refused.fault]}
              defaultValue={refused?.written}
              maxLength={200}
              autoComplete="off"
            />
            <div className="inline">
              <SubmitButton kind="danger">{w.yes}</SubmitButton>
              <ButtonLink to={back}>{w.no}</ButtonLink>
            </div>
          </PostForm>
        </Card>
      )}
    </>
  )
}
