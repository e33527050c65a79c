import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { as } from '#app/features/accounts/as.server.ts'
import { requireViewer } from '#app/features/accounts/guard.server.ts'
import { may } from '#app/features/accounts/roles.ts'
import { slow } from '#app/features/accounts/slow.server.ts'
import { personMendWords } from '#app/features/certification/person-words.ts'
import { academyPath } from '#app/features/figures/indicator-say.ts'
import { personPageFor } from '#app/features/figures/person-page.server.ts'
import { PersonFigures, PersonTable } from '#app/features/figures/person-table.tsx'
import { personWords } from '#app/features/figures/person-words.ts'
import { RevealFields } from '#app/features/persons/reveal-form.tsx'
import { revealDocument } from '#app/features/persons/search.server.ts'
import { readReveal } from '#app/features/persons/search.ts'
import { words as documentWords, searchWords } from '#app/features/persons/words.ts'
import { formText, typedTexts } from '#app/lib/form-rows.ts'
import { notFound } from '#app/lib/http.ts'
import { isId } from '#app/lib/ids.ts'
import { pageTitle } from '#app/routes/shell/title.ts'
import { ButtonLink } from '#app/ui/button.tsx'
import { Callout } from '#app/ui/callout.tsx'
import { Card, Section } from '#app/ui/card.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Crumbs, Seg } from '#app/ui/navigation.tsx'
import { PageHead } from '#app/ui/page-head.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'

export const meta: MetaFunction = (args) => pageTitle(args, personWords, (w) => w.title)

/** One person's record at one academy, for those who oversee it; the person is an opaque id. */
export async function loader(args: LoaderFunctionArgs) {
  const viewer = requireViewer(args, 'figures.read')
  const { academy: academyCode = '', person: personId = '' } = args.params
  const search = new URL(args.request.url).searchParams
  const record = await personPageFor(viewer, { academyCode, personId, search, now: new Date() })
  if (!record) throw notFound('person')
  return {
    record,
    personId,
    mayReveal: may(viewer, 'persons.reveal', academyCode),
    mayMend: may(viewer, 'persons.mend'),
  }
}

const nothing = { typed: {} as Record<string, string>, error: null, seconds: 0, shown: null }

/** Shows the full number once, in the answer itself. Statuses: 400 no purpose or reason, 429 too many. */
export async function action(args: ActionFunctionArgs) {
  const viewer = requireViewer(args, 'persons.reveal')
  const { academy: academyCode = '', person: personId = '' } = args.params
  if (!isId(personId)) throw notFound('person')
  const now = new Date()
  const form = await args.request.formData()
  const read = readReveal(formText(form, 'purpose'), formText(form, 'reason'))
  if (!read.ok) return data({ ...nothing, typed: typedTexts(form), error: read.field }, { status: 400 })
  const seconds = await slow(viewer, 'reveal', now)
  if (seconds > 0) return data({ ...nothing, typed: typedTexts(form), seconds }, { status: 429 })
  const { purpose, reason } = read
  const about = { by: viewer, academyCode, personId, purpose, reason, now, requestId: args.context.requestId }
  const shown = await as(viewer, (tx) => revealDocument(tx, about))
  if (!shown) throw notFound('person')
  return data({ ...nothing, shown }, { headers: { 'Cache-Control': 'no-store' } })
}

export default function Person() {
  const w = useWords(personWords)
  const m = useWords(personMendWords)
  const types = useWords(documentWords).documentTypes
  const s = useWords(searchWords)
  const { record, personId, mayReveal, mayMend } = useLoaderData<typeof loader>()
  const result = useActionData<typeof action>()
  const { academy, year, years, name, document, documentType } = record
  return (
    <>
      <Crumbs items={[{ to: academyPath(academy.code, year), label: `${academy.name} ${year}` }, { label: name }]} />
      <PageHead title={`${name} ${w.title}`} meta={w.meta(academy.name)}>
        {mayMend && (
          <ButtonLink kind="quiet" to={`/persons/${personId}/mend`}>
            {m.link}
          </ButtonLink>
        )}
        <Seg
          label={w.year}
          items={years.map((one) => ({ to: `?year=${one}`, label: String(one), isCurrent: one === year }))}
        />
      </PageHead>
      <div className="stack">
        <p>
          {types[documentType]} <span className="num">{document}</span>
        </p>
        <PersonFigures record={record} />
      </div>
      <Section title={w.records}>
        <PersonTable record={record} />
      </Section>
      {mayReveal && (
        <Section title={s.reveal.title}>
          <Card>
            {result && result.seconds > 0 && (
              <Callout tone="miss" role="alert">
                <p>{s.reveal.tooMany(result.seconds)}</p>
              </Callout>
            )}
            {result?.shown ? (
              <Callout tone="info" role="status">
                <p>
                  <b className="num">{result.shown.number}</b>
                </p>
                <p>{s.reveal.shown(types[result.shown.type])}</p>
              </Callout>
            ) : (
              <Form method="post" className="form" noValidate>
                <RevealFields error={result?.error ?? null} typed={result?.typed ?? {}}>
                  <SubmitButton kind="plain" icon="search">
                    {s.reveal.submit}
                  </SubmitButton>
                </RevealFields>
              </Form>
            )}
          </Card>
        </Section>
      )}
    </>
  )
}
