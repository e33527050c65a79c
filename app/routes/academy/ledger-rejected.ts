import type { LoaderFunctionArgs } from '@remix-run/node'
import { requireViewer } from '#app/features/accounts/guard.server.ts'
import { administrator, rejectedRows } from '#app/features/ledger/upload-desk.server.ts'
import { parsePreferences } from '#app/lib/preferences.ts'

/** The rows of an upload that have errors, as a workbook to mend and upload again. */
export async function loader(args: LoaderFunctionArgs) {
  const viewer = administrator(requireViewer(args, 'ledger.manage'))
  const { locale } = parsePreferences(args.request.headers.get('Cookie'))
  const { bytes, name } = await rejectedRows(viewer, { uploadId: args.params.upload ?? '', locale })
  return new Response(new Uint8Array(bytes), {
    headers: {
      'Content-Type': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      'Content-Disposition': `attachment; filename="rows.xlsx"; filename*=UTF-8''${encodeURIComponent(`${name}.xlsx`)}`,
      'Cache-Control': 'private, no-store',
    },
  })
}
