import type { LoaderFunctionArgs } from '@remix-run/node'
import { requireViewer } from '#app/features/accounts/guard.server.ts'
import { MEDIA_TYPES } from '#app/features/ledger/export.server.ts'
import { ledgerTemplate } from '#app/features/ledger/template.server.ts'
import { words } from '#app/features/ledger/template-words.ts'
import { download } from '#app/lib/download.server.ts'
import { writeOutgoing } from '#app/lib/outgoing.server.ts'
import { parsePreferences } from '#app/lib/preferences.ts'

/** The template of the ledger, with this academy's code in its example. */
export async function loader(args: LoaderFunctionArgs) {
  requireViewer(args, 'ledger.manage')
  const { locale } = parsePreferences(args.request.headers.get('Cookie'))
  const file = await writeOutgoing(ledgerTemplate(locale, args.params.academy ?? null))
  return download(args.request, file, `${words[locale].fileName}.xlsx`, MEDIA_TYPES.xlsx)
}
