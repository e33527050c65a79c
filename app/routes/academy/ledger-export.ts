import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { as } from '#app/features/accounts/as.server.ts'
import { requireViewer } from '#app/features/accounts/guard.server.ts'
import { may } from '#app/features/accounts/roles.ts'
import { exportAcademy, MEDIA_TYPES } from '#app/features/ledger/export.server.ts'
import { exportForm } from '#app/features/ledger/export-form.ts'
import { words } from '#app/features/ledger/template-words.ts'
import { shanghaiDate } from '#app/lib/calendar.ts'
import { download } from '#app/lib/download.server.ts'
import { badRequest, methodNotAllowed, notFound, redirectTo } from '#app/lib/http.ts'
import { parsePreferences } from '#app/lib/preferences.ts'

/** What leaves with full numbers is asked for by a form: an address can be followed by mistake. */
export function loader(args: LoaderFunctionArgs) {
  requireViewer(args, 'ledger.export')
  throw methodNotAllowed('POST')
}

/**
 * The academy's ledger as a file, with full document, phone and certificate numbers, recorded in the audit trail. Fields:
 * `format` xlsx or csv, `year` and `class` to narrow it, both optional. Statuses: 400 not understood; more rows than a file
 * may have lead back to the form, which says so, or for those who have no such page are 413.
 */
export async function action(args: ActionFunctionArgs) {
  const viewer = requireViewer(args, 'ledger.export')
  const { locale } = parsePreferences(args.request.headers.get('Cookie'))
  const w = words[locale]
  const asked = exportForm(await args.request.formData())
  if (!asked) throw badRequest()
  const { format, year, classCode } = asked
  const now = new Date()
  const academyCode = args.params.academy ?? ''
  const { requestId } = args.context
  const exported = await as(viewer, (tx) =>
    exportAcademy(tx, { by: viewer, academyCode, filter: { year, classCode }, format, now, requestId }),
  )
  if (!exported) throw notFound('academy')
  if (!exported.ok) {
    if (may(viewer, 'ledger.manage', academyCode))
      throw redirectTo(`/academies/${academyCode}/manage/ledger?export=too_many#export`)
    const headers = { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' }
    return new Response(w.tooMany(exported.most), { status: 413, headers })
  }
  const name = [w.exportName, academyCode, year ?? classCode, shanghaiDate(now)].filter(Boolean).join('-')
  return download(args.request, exported.file, `${name}.${format}`, MEDIA_TYPES[format])
}
