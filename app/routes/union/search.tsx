import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Form, useActionData } from '@remix-run/react'
import { as } from '#app/features/accounts/as.server.ts'
import { requireViewer } from '#app/features/accounts/guard.server.ts'
import { scopeOf } from '#app/features/accounts/roles.ts'
import { slow } from '#app/features/accounts/slow.server.ts'
import { FoundTable } from '#app/features/persons/found-table.tsx'
import { searchPersons } from '#app/features/persons/search.server.ts'
import { readPersonQuery } from '#app/features/persons/search.ts'
import { searchWords } from '#app/features/persons/words.ts'
import { shanghaiDate } from '#app/lib/calendar.ts'
import { formText } from '#app/lib/form-rows.ts'
import { pageTitle } from '#app/routes/shell/title.ts'
import { Callout } from '#app/ui/callout.tsx'
import { Card } from '#app/ui/card.tsx'
import { TextField } from '#app/ui/field.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { PageHead } from '#app/ui/page-head.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'

export const meta: MetaFunction = (args) => pageTitle(args, searchWords, (w) => w.title)

export function loader(args: LoaderFunctionArgs) {
  requireViewer(args, 'persons.search')
  return null
}

const nothing = { typed: '', error: null, seconds: 0, found: null }

/** What is looked for is posted, never in an address. Statuses: 400 not understood, 429 too many searches. */
export async function action(args: ActionFunctionArgs) {
  const viewer = requireViewer(args, 'persons.search')
  const now = new Date()
  const form = await args.request.formData()
  const typed = formText(form, 'query')
  const read = readPersonQuery(typed, shanghaiDate(now))
  if (!read.ok) return data({ ...nothing, typed, error: read.reason }, { status: 400 })
  const seconds = await slow(viewer, 'search', now)
  if (seconds > 0) return data({ ...nothing, typed, seconds }, { status: 429 })
  const after = formText(form, 'after') || null
  // Whoever works with these people sees more of a document's digits than whoever oversees academies.
  const sight = scopeOf(viewer.role, 'persons.search') === 'academy' ? 'working' : 'elsewhere'
  const about = { by: viewer, query: read.query, after, sight, now, requestId: args.context.requestId } as const
  const found = await as(viewer, (tx) => searchPersons(tx, { ...about, academyId: viewer.academyId ?? undefined }))
  return data({ ...nothing, typed, found })
}

export default function Search() {
  const w = useWords(searchWords)
  const result = useActionData<typeof action>()
  return (
    <>
      <PageHead title={w.title} meta={w.lead} />
      <div className="stack">
        <Card>
          <Form method="post" className="form" noValidate>
            <TextField
              name="query"
              type="search"
              label={w.query}
              hint={w.queryHint}
              error={result?.error && w.errors[result.error]}
              defaultValue={result?.typed}
              autoComplete="off"
              spellCheck={false}
              maxLength={60}
              required
            />
            <div>
              <SubmitButton icon="search">{w.submit}</SubmitButton>
            </div>
          </Form>
        </Card>
        {result && result.seconds > 0 && (
          <Callout tone="miss" role="alert">
            <p>{w.tooMany(result.seconds)}</p>
          </Callout>
        )}
        {result?.found && <FoundTable found={result.found} />}
        {result?.found?.next && (
          <Form method="post">
            <input type="hidden" name="query" value={result.typed} />
            <input type="hidden" name="after" value={result.found.next} />
            <SubmitButton kind="plain">{w.next}</SubmitButton>
          </Form>
        )}
      </div>
    </>
  )
}
