import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { requireViewer } from '#app/features/accounts/guard.server.ts'
import { askUndo, undoPage } from '#app/features/ledger/undo-desk.server.ts'
import { UndoForm } from '#app/features/ledger/undo-parts.tsx'
import { administrator } from '#app/features/ledger/upload-desk.server.ts'
import { words } from '#app/features/ledger/upload-words.ts'
import { parsePreferences } from '#app/lib/preferences.ts'
import { useWords } from '#app/ui/locale.tsx'
import { Crumbs } from '#app/ui/navigation.tsx'
import { PageHead } from '#app/ui/page-head.tsx'
import { pageTitle } from '../shell/title.ts'

export const meta: MetaFunction = (args) => pageTitle(args, words, (w) => w.undo.title)

/** What undoing an import would do and what stands in the way; while it goes on, how far it is. */
export async function loader(args: LoaderFunctionArgs) {
  const viewer = administrator(requireViewer(args, 'ledger.manage'))
  const { locale } = parsePreferences(args.request.headers.get('Cookie'))
  const seen = await undoPage(viewer, { importId: args.params.import ?? '', locale })
  return { seen, base: `/academies/${viewer.academyCode}/manage/ledger` }
}

/** Asks the worker to undo it; where something stands in the way by now, 409 and the page says what. */
export async function action(args: ActionFunctionArgs) {
  const viewer = administrator(requireViewer(args, 'ledger.manage'))
  const isAsked = await askUndo(viewer, { importId: args.params.import ?? '', now: new Date() })
  if (!isAsked) return data(null, { status: 409 })
  throw redirect(`/academies/${viewer.academyCode}/manage/ledger/imports/${args.params.import}/undo`, 303)
}

export default function UndoImport() {
  const w = useWords(words)
  const { seen, base } = useLoaderData<typeof loader>()
  return (
    <>
      <Crumbs items={[{ to: base, label: w.title }, { label: w.undo.title }]} />
      <PageHead title={w.undo.title} meta={w.undo.of(seen.fileName, seen.at)} />
      <UndoForm seen={seen} back={base} />
    </>
  )
}
