import type { LoaderFunctionArgs } from '@remix-run/node'
import { requireViewer } from '#app/features/accounts/guard.server.ts'
import { takeMade } from '#app/features/classfile/zip.server.ts'
import { download } from '#app/lib/download.server.ts'
import { notFound } from '#app/lib/http.ts'
import { isId } from '#app/lib/ids.ts'
import { SHEET_TYPES } from '#app/lib/sheet.server.ts'

/** One of the tables that the system makes for a class's file, from what it knows now. */
export async function loader(args: LoaderFunctionArgs) {
  const viewer = requireViewer(args, 'classfile.read')
  const { academy: academyCode = '', class: classId = '', made = '' } = args.params
  const of = { viewer, academyCode, classId, now: new Date() }
  const taken = isId(classId) ? await takeMade(of, made) : null
  if (!taken) throw notFound('table')
  return download(args.request, taken.file, taken.name, SHEET_TYPES.xlsx)
}
