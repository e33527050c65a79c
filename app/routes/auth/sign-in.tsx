import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { blankDeviceKey } from '#app/features/accounts/device-key.server.ts'
import { useFormErrors } from '#app/features/accounts/form-errors.tsx'
import { readForm, signInForm, typedOf } from '#app/features/accounts/forms.ts'
import { originOf } from '#app/features/accounts/origin.ts'
import { signIn } from '#app/features/accounts/sign-in.server.ts'
import { words } from '#app/features/accounts/words.ts'
import { safeRedirectPath } from '#app/lib/http.ts'
import { pageTitle } from '#app/routes/shell/title.ts'
import { startPath } from '#app/routes/shell/viewer.ts'
import { Callout } from '#app/ui/callout.tsx'
import { Card } from '#app/ui/card.tsx'
import { TextField } from '#app/ui/field.tsx'
import { Link } from '#app/ui/link.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { PageHead } from '#app/ui/page-head.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'

export const meta: MetaFunction = (args) =>
  pageTitle(
    args,
    words,
    (w) => w.signIn.title,
    (w) => w.signIn.about,
  )

/** Open to everyone; whoever is signed in goes where they wanted to go. */
export function loader({ request, context }: LoaderFunctionArgs) {
  const search = new URL(request.url).searchParams
  if (context.viewer) throw redirect(safeRedirectPath(search.get('to'), startPath(context.viewer)))
  return { to: safeRedirectPath(search.get('to'), ''), isRegistered: search.has('registered') }
}

/** Signs in and goes on to `to`, a path of this site. Statuses: 400 wrong or incomplete, 429 too many attempts. */
export async function action(args: ActionFunctionArgs) {
  const form = await args.request.formData()
  const read = readForm(signInForm, form)
  if (!read.ok) return data({ errors: read.errors, typed: read.typed, refusal: null }, { status: 400 })
  const answer = await signIn({ ...read.value, now: new Date(), from: originOf(args) })
  if (!answer.ok) {
    const { reason, seconds } = answer
    const headers: Record<string, string> = seconds > 0 ? { 'Retry-After': String(seconds) } : {}
    const status = reason === 'wait' ? 429 : 400
    return data({ errors: {}, typed: typedOf(form), refusal: { reason, seconds } }, { status, headers })
  }
  // Whoever used this device before may have been somebody else.
  const headers = new Headers({ 'Set-Cookie': answer.setCookie })
  headers.append('Set-Cookie', blankDeviceKey(originOf(args)))
  throw redirect(safeRedirectPath(form.get('to'), startPath(answer)), { status: 303, headers })
}

export default function SignIn() {
  const w = useWords(words)
  const { to, isRegistered } = useLoaderData<typeof loader>()
  const result = useActionData<typeof action>()
  const errors = useFormErrors(result?.errors)
  const onward = to ? `?to=${encodeURIComponent(to)}` : ''
  return (
    <>
      <PageHead title={w.signIn.title} />
      <div className="stack">
        {isRegistered && !result && (
          <Callout tone="met" title={w.signIn.registeredTitle} role="status">
            <p>{w.signIn.registered}</p>
          </Callout>
        )}
        {errors.summary}
        {result?.refusal && (
          <Callout tone="miss" role="alert">
            <p>{refusalSentence(w, result.refusal)}</p>
          </Callout>
        )}
        <Card>
          <Form method="post" className="form" noValidate>
            <input type="hidden" name="to" value={to} />
            <TextField
              name="name"
              label={w.signIn.name}
              error={errors.of('name')}
              defaultValue={result?.typed.name}
              autoComplete="username"
              autoCapitalize="none"
              spellCheck={false}
              maxLength={100}
              required
            />
            <TextField
              name="password"
              type="password"
              label={w.signIn.password}
              error={errors.of('password')}
              autoComplete="current-password"
              required
            />
            <SubmitButton isWide isTall>
              {w.signIn.submit}
            </SubmitButton>
          </Form>
        </Card>
        <p>
          {w.signIn.noAccount} <Link to={`/register${onward}`}>{w.signIn.register}</Link>
        </p>
        <p className="soft small">{w.signIn.forgotten}</p>
      </div>
    </>
  )
}

type SignInWords = (typeof words)['zh-CN']

function refusalSentence(w: SignInWords, { reason, seconds }: { reason: 'wrong' | 'wait'; seconds: number }): string {
  if (reason === 'wait') return w.wait(seconds)
  return seconds > 0 ? w.signIn.wrongThenWait(seconds) : w.signIn.wrong
}
