import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { Form, useActionData, useLoaderData, useLocation } from '@remix-run/react'
import { useEffect, useRef } from 'react'
import { as } from '#app/features/accounts/as.server.ts'
import { useFormErrors } from '#app/features/accounts/form-errors.tsx'
import { passwordForm, readForm } from '#app/features/accounts/forms.ts'
import { requireViewer } from '#app/features/accounts/guard.server.ts'
import { originOf } from '#app/features/accounts/origin.ts'
import { PasswordFields } from '#app/features/accounts/password-fields.tsx'
import { changePassword, findProfile } from '#app/features/accounts/profile.server.ts'
import { ProfileFacts } from '#app/features/accounts/profile-facts.tsx'
import { words } from '#app/features/accounts/words.ts'
import { calendarWords } from '#app/features/calendar/calendar-words.ts'
import { choiceWords } from '#app/features/notices/choice-words.ts'
import { findAcademyChoice } from '#app/features/training/academy-choice.server.ts'
import { OwnAcademy } from '#app/features/training/own-academy.tsx'
import { notFound } from '#app/lib/http.ts'
import { parsePreferences } from '#app/lib/preferences.ts'
import { pageTitle } from '#app/routes/shell/title.ts'
import { summariseViewer } from '#app/routes/shell/viewer.ts'
import { ButtonLink } from '#app/ui/button.tsx'
import { Callout } from '#app/ui/callout.tsx'
import { Card } from '#app/ui/card.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { PageHead } from '#app/ui/page-head.tsx'
import { PreferenceForms } from '#app/ui/preference-forms.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'

export const meta: MetaFunction = (args) => pageTitle(args, words, (w) => w.me.title)

export async function loader(args: LoaderFunctionArgs) {
  const viewer = requireViewer(args, 'account.own')
  const profile = await findProfile(viewer)
  if (!profile) throw notFound('account')
  const isWorker = viewer.role === 'worker'
  const academy = isWorker ? await as(viewer, (tx) => findAcademyChoice(tx, viewer.accountId)) : null
  const isChanged = new URL(args.request.url).searchParams.has('changed')
  const preferences = parsePreferences(args.request.headers.get('Cookie'))
  return { viewer: summariseViewer(viewer)!, profile, preferences, isChanged, isWorker, academy }
}

/** Changes the password. Statuses: 400 refused, 429 too many attempts. */
export async function action(args: ActionFunctionArgs) {
  const viewer = requireViewer(args, 'account.own')
  const read = readForm(passwordForm, await args.request.formData())
  if (!read.ok) return data({ errors: read.errors, seconds: 0 }, { status: 400 })
  const { current, next } = read.value
  const answer = await changePassword({ viewer, current, next, now: new Date(), from: originOf(args) })
  if (answer.ok) throw redirect('/me?changed', { status: 303, headers: { 'Set-Cookie': answer.setCookie } })
  if (answer.reason === 'wait') return data({ errors: {}, seconds: answer.seconds }, { status: 429 })
  if (answer.reason === 'wrong')
    return data({ errors: { current: 'current_wrong' as const }, seconds: 0 }, { status: 400 })
  return data({ errors: { next: answer.reason }, seconds: 0 }, { status: 400 })
}

export default function Me() {
  const w = useWords(words)
  const told = useWords(choiceWords)
  const calendar = useWords(calendarWords)
  const { viewer, profile, preferences, isChanged, isWorker, academy } = useLoaderData<typeof loader>()
  const result = useActionData<typeof action>()
  const hasClasses = isWorker || viewer.role === 'instructor'
  const errors = useFormErrors(result?.errors)
  const form = useRef<HTMLFormElement>(null)
  const { key } = useLocation()
  // biome-ignore lint/correctness/useExhaustiveDependencies: two changes in a row differ by the key alone
  useEffect(() => {
    if (isChanged && !result) form.current?.reset()
  }, [isChanged, result, key])
  return (
    <>
      <PageHead title={viewer.name} meta={w.me.title} />
      <div className="stack">
        {isChanged && !result && (
          <Callout tone="met" role="status">
            <p>{w.me.changed}</p>
          </Callout>
        )}
        <Card>
          <ProfileFacts viewer={viewer} profile={profile} />
        </Card>
        {isWorker && <OwnAcademy academy={academy} />}
        <Card title={told.title}>
          <div className="inline">
            <ButtonLink to="/me/notices">{told.change}</ButtonLink>
            {hasClasses && <ButtonLink to="/me/calendar">{calendar.open}</ButtonLink>}
          </div>
        </Card>
        <Card title={w.me.display}>
          <PreferenceForms preferences={preferences} />
        </Card>
        <Card title={w.me.passwordTitle}>
          <Form method="post" className="form" noValidate ref={form}>
            {errors.summary}
            {result && result.seconds > 0 && (
              <Callout tone="miss" role="alert">
                <p>{w.wait(result.seconds)}</p>
              </Callout>
            )}
            <PasswordFields errorOf={errors.of} name={profile.login ?? ''} />
            <SubmitButton kind="plain">{w.me.change}</SubmitButton>
          </Form>
        </Card>
        <Form method="post" action="/sign-out">
          <SubmitButton kind="plain" icon="out">
            {w.me.signOut}
          </SubmitButton>
        </Form>
      </div>
    </>
  )
}
