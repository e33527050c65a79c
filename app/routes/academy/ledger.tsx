import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { useActionData, useLoaderData, useNavigation } from '@remix-run/react'
import { requireViewer } from '#app/features/accounts/guard.server.ts'
import { MOST_EXPORTED } from '#app/features/ledger/export.server.ts'
import { ExportForm } from '#app/features/ledger/export-parts.tsx'
import { administrator, ledgerDesk, receiveLedger } from '#app/features/ledger/upload-desk.server.ts'
import { UploadForm } from '#app/features/ledger/upload-form.tsx'
import { ImportTable, OpenUploads } from '#app/features/ledger/upload-lists.tsx'
import { words } from '#app/features/ledger/upload-words.ts'
import { parsePreferences } from '#app/lib/preferences.ts'
import { ButtonLink } from '#app/ui/button.tsx'
import { Callout } from '#app/ui/callout.tsx'
import { Empty, Section } from '#app/ui/card.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Pager } from '#app/ui/navigation.tsx'
import { PageHead } from '#app/ui/page-head.tsx'
import { pageTitle } from '../shell/title.ts'

export const meta: MetaFunction = (args) => pageTitle(args, words, (w) => w.title)

/** What an academy brought in, what is on its way, and the form for the next file. */
export async function loader(args: LoaderFunctionArgs) {
  const viewer = administrator(requireViewer(args, 'ledger.manage'))
  const search = new URL(args.request.url).searchParams
  const desk = await ledgerDesk(viewer, search.get('before'))
  const base = `/academies/${viewer.academyCode}/manage/ledger`
  const most = search.get('export') === 'too_many' ? MOST_EXPORTED.xlsx : null
  return { ...desk, base, isFirst: !search.has('before'), most }
}

/** The upload: the one body of the site that is streamed (largestStream of app/features/ledger/upload.ts). */
export async function action(args: ActionFunctionArgs) {
  const viewer = administrator(requireViewer(args, 'ledger.manage'))
  const { locale } = parsePreferences(args.request.headers.get('Cookie'))
  const answer = await receiveLedger(viewer, { request: args.request, locale, now: new Date() })
  if (answer.ok) throw redirect(`/academies/${viewer.academyCode}/manage/ledger/${answer.uploadId}`, 303)
  return data({ fault: answer.fault }, { status: answer.status })
}

export default function Ledger() {
  const w = useWords(words)
  const { open, years, imports, hasMore, base, isFirst, most } = useLoaderData<typeof loader>()
  const refused = useActionData<typeof action>()
  const sent = useNavigation().formData?.get('file')
  return (
    <>
      <PageHead title={w.title} meta={w.meta}>
        <ButtonLink icon="download" to={`${base}/template`} reloadDocument>
          {w.template}
        </ButtonLink>
      </PageHead>
      <div className="stack">
        <UploadForm fault={refused?.fault ?? null} sent={sent instanceof File && sent.size > 0 ? sent : null} />
      </div>
      {open.length > 0 && (
        <Section title={w.open.title}>
          <OpenUploads uploads={open} base={base} />
        </Section>
      )}
      <Section title={w.imports.title}>
        {imports.length === 0 ? (
          <Empty icon="list">{w.imports.empty}</Empty>
        ) : (
          <ImportTable
            imports={imports}
            base={base}
            footer={
              <Pager
                summary={w.imports.page(imports.length)}
                previous={isFirst ? null : base}
                next={hasMore ? `?before=${imports.at(-1)?.id}` : null}
              />
            }
          />
        )}
      </Section>
      <Section title={w.exporting.title}>
        <div className="stack" id="export">
          {most !== null && (
            <Callout tone="miss" role="alert">
              <p>{w.exporting.tooMany(most)}</p>
            </Callout>
          )}
          <p className="soft small">{w.exporting.lead}</p>
          <ExportForm to={`${base}/export`} years={years} />
        </div>
      </Section>
    </>
  )
}
