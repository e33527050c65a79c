import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { requireViewer } from '#app/features/accounts/guard.server.ts'
import { findNonePage, sayNone } from '#app/features/classfile/none.server.ts'
import { DECLARED } from '#app/features/classfile/parts.ts'
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

export const meta: MetaFunction = (args) => pageTitle(args, classFileWords, (w) => w.none.title)

/** Of which part of which class. @throws 404 */
function asked(params: LoaderFunctionArgs['params']) {
  const { academy: academyCode = '', class: classId = '' } = params
  const part = DECLARED.find((one) => one === params.part)
  if (!part || !isId(classId)) throw notFound('part')
  return { academyCode, classId, part }
}

/** Asks why a class has none of a part of its file; where that was said, lets it be taken back. */
export async function loader(args: LoaderFunctionArgs) {
  const viewer = requireViewer(args, 'classfile.keep')
  const { part, ...of } = asked(args.params)
  const page = await findNonePage({ viewer, ...of }, part)
  if (!page) throw notFound('class')
  return {
    part,
    name: page.of.name,
    because: page.because,
    back: `/academies/${of.academyCode}/classes/${of.classId}/file`,
  }
}

/** Says so, or takes it back (`intent` back). Status 400: the reason is missing or too long. */
export async function action(args: ActionFunctionArgs) {
  const viewer = requireViewer(args, 'classfile.keep')
  const { part, ...of } = asked(args.params)
  const form = await args.request.formData()
  const [written, isNone] = [formText(form, 'reason'), formText(form, 'intent') !== 'back']
  const about = { viewer, ...of, now: new Date(), requestId: args.context.requestId }
  const answer = await sayNone(about, { part, isNone, written })
  if (!answer) throw notFound('class')
  if (!answer.ok) return data({ fault: answer.reason, written }, { status: 400 })
  throw redirect(`/academies/${of.academyCode}/classes/${of.classId}/file`, 303)
}

export default function SayNone() {
  const { none: w, title, parts } = useWords(classFileWords)
  const { part, name, because, back } = useLoaderData<typeof loader>()
  const refused = useActionData<typeof action>()
  return (
    <>
      <Crumbs items={[{ to: back, label: `${name} · ${title}` }, { label: w.title }]} />
      <PageHead title={w.ask(parts[part])} />
      <Card>
        <PostForm className="form" noValidate>
          {because === null ? (
            <>
              <p>{w.text}</p>
              <TextField
                name="reason"
                label={w.reason}
                hint={w.reasonHint}
                error={refused && w.faults[refused.fault]}
                defaultValue={refused?.written}
                maxLength={200}
                autoComplete="off"
              />
            </>
          ) : (
            <p>{w.backText(because)}</p>
          )}
          <div className="inline">
            {because === null ? (
              <SubmitButton name="intent" value="say">
                {w.yes}
              </SubmitButton>
            ) : (
              <SubmitButton kind="plain" name="intent" value="back">
                {w.back}
              </SubmitButton>
            )}
            <ButtonLink to={back}>{w.no}</ButtonLink>
          </div>
        </PostForm>
      </Card>
    </>
  )
}
