import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { useActionData, useLoaderData, useNavigation } from '@remix-run/react'
import { requireViewer } from '#app/features/accounts/guard.server.ts'
import { HeaderChoice } from '#app/features/ledger/header-choice.tsx'
import { MappingForm } from '#app/features/ledger/mapping-form.tsx'
import { CountTiles, Findings, PreviewVerdict } from '#app/features/ledger/preview-parts.tsx'
import { isWaiting } from '#app/features/ledger/upload.ts'
import { actOnUpload, administrator, uploadPage } from '#app/features/ledger/upload-desk.server.ts'
import { UploadForm } from '#app/features/ledger/upload-form.tsx'
import {
  EndedUpload,
  PreviewActs,
  ResultActs,
  Unreadable,
  UploadFacts,
  UploadSteps,
} from '#app/features/ledger/upload-parts.tsx'
import { Reading, UploadProgress } from '#app/features/ledger/upload-progress.tsx'
import { words } from '#app/features/ledger/upload-words.ts'
import { parsePreferences } from '#app/lib/preferences.ts'
import { useWords } from '#app/ui/locale.tsx'
import { Crumbs } from '#app/ui/navigation.tsx'
import { PageHead } from '#app/ui/page-head.tsx'
import { pageTitle } from '../shell/title.ts'

export const meta: MetaFunction = (args) => pageTitle(args, words, (w) => w.upload.title)

/** One upload at whatever step it is: choosing columns, checking, deciding, importing, the result. */
export async function loader(args: LoaderFunctionArgs) {
  const viewer = administrator(requireViewer(args, 'ledger.manage'))
  const { locale } = parsePreferences(args.request.headers.get('Cookie'))
  const search = new URL(args.request.url).searchParams
  const page = await uploadPage(viewer, { uploadId: args.params.upload ?? '', search, locale })
  const manage = `/academies/${viewer.academyCode}/manage`
  return { ...page, manage, academyCode: viewer.academyCode }
}

/** `intent`: header, choose, again, import, cancel. A form that comes too late leads to where the upload is now. */
export async function action(args: ActionFunctionArgs) {
  const viewer = administrator(requireViewer(args, 'ledger.manage'))
  const uploadId = args.params.upload ?? ''
  const form = await args.request.formData()
  const act = await actOnUpload(viewer, { uploadId, form, now: new Date() })
  if (!act.ok) return data({ view: act.view }, { status: 400 })
  throw redirect(`/academies/${viewer.academyCode}/manage/ledger${act.isCancelled ? '' : `/${uploadId}`}`, 303)
}

export default function LedgerUpload() {
  const w = useWords(words)
  const { upload, mapping, found, reasons, isFatal, sameFileOn, manage, academyCode } = useLoaderData<typeof loader>()
  const refused = useActionData<typeof action>()
  const sent = useNavigation().formData?.get('file')
  const { state, counts } = upload
  const base = `${manage}/ledger`
  const view = mapping && (refused?.view ?? mapping)
  return (
    <>
      <Crumbs items={[{ to: base, label: w.title }, { label: upload.fileName }]} />
      <PageHead title={upload.fileName} meta={view ? w.mapping.lead : w.states[state]} />
      <div className="stack">
        <UploadSteps state={view ? 'uploaded' : state} />
        {view && <HeaderChoice guessed={view.guessed} />}
        {view && <MappingForm key={JSON.stringify(view.faults)} view={view} academyCode={academyCode} />}
        {state === 'received' && <Reading phase={upload.phase} />}
        {state === 'unreadable' && (
          <>
            <UploadForm
              fault={null}
              problems={reasons}
              sent={sent instanceof File && sent.size > 0 ? sent : null}
              action={base}
            />
            <Unreadable />
          </>
        )}
        {isWaiting(state) && <UploadProgress isImport={state === 'importing'} {...upload} />}
        {!view && state === 'previewed' && counts && (
          <>
            <PreviewVerdict counts={counts} isFatal={isFatal} sameFileOn={sameFileOn} />
            <CountTiles counts={counts} isResult={false} />
            <PreviewActs counts={counts} to={`${base}/${upload.id}`} isFatal={isFatal} />
          </>
        )}
        {state === 'done' && counts && (
          <>
            <CountTiles counts={counts} isResult />
            <ResultActs upload={{ ...upload, counts }} manage={manage} />
          </>
        )}
        {(state === 'failed' || state === 'cancelled' || state === 'expired') && <EndedUpload state={state} />}
        {found && !view && <Findings found={found} />}
        <UploadFacts {...upload} />
      </div>
    </>
  )
}
