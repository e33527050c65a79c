import type { LoaderFunctionArgs } from '@remix-run/node'
import { requireViewer } from '#app/features/accounts/guard.server.ts'
import { MEDIA_TYPES } from '#app/features/ledger/export.server.ts'
import { administrator, rejectedRows } from '#app/features/ledger/upload-desk.server.ts'
import { download } from '#app/lib/download.server.ts'
import { parsePreferences } from '#app/lib/preferences.ts'

/** The rows of an upload that have errors, as a workbook to mend and upload again. */
export async function loader(args: LoaderFunctionArgs) {
  const viewer = administrator(requireViewer(args, 'ledger.manage'))
  const { locale } = parsePreferences(args.request.headers.get('Cookie'))
  const { file, name } = await rejectedRows(viewer, { uploadId: args.params.upload ?? '', locale })
  return download(args.request, file, `${name}.xlsx`, MEDIA_TYPES.xlsx)
}
