import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { system } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { ClaimList } from '#app/features/accounts/claim-list.tsx'
import { useFormErrors } from '#app/features/accounts/form-errors.tsx'
import { documentForm, readForm } from '#app/features/accounts/forms.ts'
import { requireViewer } from '#app/features/accounts/guard.server.ts'
import { confirmIdentity, searchClaims } from '#app/features/accounts/identity.server.ts'
import { DocumentFields } from '#app/features/accounts/register-fields.tsx'
import { words } from '#app/features/accounts/words.ts'
import { shanghaiDate } from '#app/lib/calendar.ts'
import { pageTitle } from '#app/routes/shell/title.ts'
import { Callout } from '#app/ui/callout.tsx'
import { Card } from '#app/ui/card.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { PageHead } from '#app/ui/page-head.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'

export const meta: MetaFunction = (args) => pageTitle(args, words, (w) => w.identity.title)

export function loader(args: LoaderFunctionArgs) {
  requireViewer(args, 'identity.confirm')
  return { isDone: new URL(args.request.url).searchParams.has('done') }
}

/** What a post leads to, beside the redirect after a confirmation. */
const nothing = { errors: {}, typed: {}, seconds: 0, refusal: null, found: null }

/**
 * `proof`: confirms a claim that a search found; otherwise searches by document. The number is posted, never in an
 * address, and does not come back. Statuses: 400 incomplete, 409 refused, 429 too many searches.
 */
export async function action(args: ActionFunctionArgs) {
  const viewer = requireViewer(args, 'identity.confirm')
  const { requestId } = args.context
  const now = new Date()
  const form = await args.request.formData()
  const proof = form.get('proof')
  if (typeof proof === 'string') {
    const input = { proof, viewer, now, requestId }
    const answer = await as(system('identity'), (tx) => confirmIdentity(tx, input))
    if (answer.ok) throw redirect(`${new URL(args.request.url).pathname.replace(/\.data$/, '')}?done`, 303)
    return data({ ...nothing, refusal: answer.reason }, { status: 409 })
  }
  const read = readForm(documentForm(shanghaiDate(now)), form)
  if (!read.ok) return data({ ...nothing, errors: read.errors, typed: read.typed }, { status: 400 })
  const answer = await searchClaims({ viewer, document: read.value, now, requestId })
  if (!answer.ok) return data({ ...nothing, seconds: answer.seconds }, { status: 429 })
  return data({ ...nothing, found: { document: answer.document, claims: answer.claims } })
}

export default function Identity() {
  const w = useWords(words).identity
  const { isDone } = useLoaderData<typeof loader>()
  const result = useActionData<typeof action>()
  const errors = useFormErrors(result?.errors)
  return (
    <>
      <PageHead title={w.title} meta={w.lead} />
      <div className="stack">
        {isDone && !result && (
          <Callout tone="met" role="status">
            <p>{w.done}</p>
          </Callout>
        )}
        {errors.summary}
        {result && (result.seconds > 0 || result.refusal) && (
          <Callout tone="miss" role="alert">
            <p>{result.refusal ? w.reasons[result.refusal] : w.tooMany(result.seconds)}</p>
          </Callout>
        )}
        {result?.found && <ClaimList {...result.found} confirm={(proof) => <ConfirmForm proof={proof} />} />}
        <Card title={result?.found ? w.another : undefined}>
          <Form method="post" className="form" noValidate key={result?.found?.document}>
            <DocumentFields errorOf={errors.of} typed={result?.typed ?? {}} />
            <div>
              <SubmitButton icon="search" kind={result?.found?.claims.length ? 'plain' : 'main'}>
                {w.search}
              </SubmitButton>
            </div>
          </Form>
        </Card>
      </div>
    </>
  )
}

function ConfirmForm({ proof }: { proof: string }) {
  const w = useWords(words).identity
  return (
    <Form method="post">
      <SubmitButton name="proof" value={proof}>
        {w.confirm}
      </SubmitButton>
    </Form>
  )
}
