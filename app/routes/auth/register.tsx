import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { useFormErrors } from '#app/features/accounts/form-errors.tsx'
import { readForm, registerForm, typedOf } from '#app/features/accounts/forms.ts'
import { originOf } from '#app/features/accounts/origin.ts'
import { register } from '#app/features/accounts/register.server.ts'
import { RegisterFields } from '#app/features/accounts/register-fields.tsx'
import { words } from '#app/features/accounts/words.ts'
import { shanghaiDate } from '#app/lib/calendar.ts'
import { safeRedirectPath } from '#app/lib/http.ts'
import { pageTitle } from '#app/routes/shell/title.ts'
import { startPath } from '#app/routes/shell/viewer.ts'
import { Callout } from '#app/ui/callout.tsx'
import { Card } from '#app/ui/card.tsx'
import { Link } from '#app/ui/link.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { PageHead } from '#app/ui/page-head.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'

export const meta: MetaFunction = (args) =>
  pageTitle(
    args,
    words,
    (w) => w.register.title,
    (w) => w.register.lead,
  )

/** Open to everyone; whoever is signed in has an account. */
export function loader({ request, context }: LoaderFunctionArgs) {
  if (context.viewer) throw redirect(startPath(context.viewer))
  return { to: safeRedirectPath(new URL(request.url).searchParams.get('to'), '') }
}

/**
 * Registers a worker and leads to sign-in: the same answer, whoever the document belongs to and whether or not the phone
 * has an account (see {@link register}). Nobody is signed in by registering, since that would tell the cases apart.
 */
export async function action(args: ActionFunctionArgs) {
  const form = await args.request.formData()
  const now = new Date()
  const read = readForm(registerForm(shanghaiDate(now)), form)
  if (!read.ok) return data({ errors: read.errors, typed: read.typed, seconds: 0 }, { status: 400 })
  const answer = await register({ registration: read.value, now, from: originOf(args) })
  if (!answer.ok) {
    const headers = { 'Retry-After': String(answer.seconds) }
    return data({ errors: {}, typed: typedOf(form), seconds: answer.seconds }, { status: 429, headers })
  }
  const to = safeRedirectPath(form.get('to'), '')
  throw redirect(`/sign-in?registered${to && `&to=${encodeURIComponent(to)}`}`, { status: 303 })
}

export default function Register() {
  const w = useWords(words).register
  const { to } = useLoaderData<typeof loader>()
  const result = useActionData<typeof action>()
  const errors = useFormErrors(result?.errors)
  const onward = to ? `?to=${encodeURIComponent(to)}` : ''
  return (
    <>
      <PageHead title={w.title} meta={w.lead} />
      <div className="stack">
        {errors.summary}
        {result && result.seconds > 0 && (
          <Callout tone="miss" role="alert">
            <p>{w.tooMany(result.seconds)}</p>
          </Callout>
        )}
        <Card>
          <Form method="post" className="form" noValidate>
            <input type="hidden" name="to" value={to} />
            <RegisterFields errorOf={errors.of} typed={result?.typed ?? {}} />
            <SubmitButton isWide isTall>
              {w.submit}
            </SubmitButton>
          </Form>
        </Card>
        <p>
          {w.haveAccount} <Link to={`/sign-in${onward}`}>{w.signIn}</Link>
        </p>
      </div>
    </>
  )
}
