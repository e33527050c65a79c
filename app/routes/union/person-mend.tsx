import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { useActionData, useLoaderData, useNavigation } from '@remix-run/react'
import { requireViewer } from '#app/features/accounts/guard.server.ts'
import { PersonLicences } from '#app/features/certification/licence-mend-form.tsx'
import { findPersonFile } from '#app/features/certification/person-file.server.ts'
import { actOnPerson, type PersonMendAnswer } from '#app/features/certification/person-mend-acts.server.ts'
import {
  DocumentMendForm,
  NameMendForm,
  PersonEnrolments,
  PersonFacts,
  PersonHistory,
  PersonRefused,
} from '#app/features/certification/person-mend-form.tsx'
import { personMendWords } from '#app/features/certification/person-words.ts'
import { typedTexts } from '#app/lib/form-rows.ts'
import { notFound } from '#app/lib/http.ts'
import { isId } from '#app/lib/ids.ts'
import { ButtonLink } from '#app/ui/button.tsx'
import { Callout } from '#app/ui/callout.tsx'
import { Card, Section } from '#app/ui/card.tsx'
import { Link } from '#app/ui/link.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { PageHead } from '#app/ui/page-head.tsx'
import { pageTitle } from '../shell/title.ts'

export const meta: MetaFunction = (args) => pageTitle(args, personMendWords, (w) => w.title)

const DONE = ['document', 'name', 'licences', 'already', 'merged'] as const

/** A person's record with what can be mended and what was, for the province's handler; the person is an opaque id. */
export async function loader(args: LoaderFunctionArgs) {
  const viewer = requireViewer(args, 'persons.mend')
  const personId = args.params.person ?? ''
  const file = isId(personId) ? await findPersonFile(viewer, personId) : null
  if (!file) throw notFound('person')
  const said = new URL(args.request.url).searchParams.get('done')
  return { file, done: DONE.find((one) => one === said) ?? null }
}

/** `intent` document, name or licences. Numbers are posted and never come back. Statuses: 400 what was typed, 409 refused. */
export async function action(args: ActionFunctionArgs) {
  const viewer = requireViewer(args, 'persons.mend')
  const personId = args.params.person ?? ''
  if (!isId(personId)) throw notFound('person')
  const form = await args.request.formData()
  const { requestId } = args.context
  const answer = await actOnPerson(viewer, { personId, form, now: new Date(), requestId })
  if (!answer) throw notFound('person')
  if (answer.ok) throw redirect(`/persons/${personId}/mend?done=${answer.done}`, 303)
  const { documentNumber: _, ...typed } = typedTexts(form)
  return data({ answer, typed }, { status: answer.refusal.reason === 'faults' ? 400 : 409 })
}

/** After a refusal too: what changed meanwhile is shown, so that trying again can succeed. */
export { afterConflicts as shouldRevalidate } from '../shell/revalidate.ts'

export default function PersonMend() {
  const w = useWords(personMendWords)
  const { file, done } = useLoaderData<typeof loader>()
  const result = useActionData<{ answer: Extract<PersonMendAnswer, { ok: false }>; typed: Record<string, string> }>()
  const isLeaving = useNavigation().state === 'loading'
  const refused = (!isLeaving && result?.answer) || null
  const typed = (refused && result?.typed) || {}
  const { person } = file
  return (
    <>
      <PageHead title={w.title} meta={w.lead}>
        {!person.mergedInto && <ButtonLink to={`/persons/${person.id}/merge`}>{w.merge}</ButtonLink>}
      </PageHead>
      <div className="stack">
        {!refused && done && (
          <Callout tone="met" role="status">
            <p>{w.done[done]}</p>
          </Callout>
        )}
        {refused && <PersonRefused refused={refused} personId={person.id} />}
        {person.mergedInto && (
          <Callout tone="warn">
            <p>{w.mergedNote}</p>
            <p>
              <Link to={`/persons/${person.mergedInto}/mend`}>{w.toKept}</Link>
            </p>
          </Callout>
        )}
        <Card title={w.about}>
          <PersonFacts person={person} />
        </Card>
      </div>
      <Section title={w.records}>
        <PersonEnrolments enrolments={file.enrolments} />
      </Section>
      {!person.mergedInto && (
        <Section title={w.forms}>
          <div className="grid">
            <DocumentMendForm key={file.documentMark} file={file} refused={refused} typed={typed} />
            {person.enrolments > 0 && <NameMendForm key={file.namesMark} file={file} refused={refused} typed={typed} />}
          </div>
        </Section>
      )}
      {!person.mergedInto && <PersonLicences licences={file.licences} refused={refused} typed={typed} />}
      <PersonHistory history={file.history} />
    </>
  )
}
