import type { LoaderFunctionArgs } from '@remix-run/node'
import { requireViewer } from '#app/features/accounts/guard.server.ts'
import { takeZip } from '#app/features/classfile/zip.server.ts'
import { download } from '#app/lib/download.server.ts'
import { notFound, tooMany } from '#app/lib/http.ts'
import { isId } from '#app/lib/ids.ts'

/** The whole file of a class as one zip, one at a time for each who asks (429). Each one taken is recorded. */
export async function loader(args: LoaderFunctionArgs) {
  const viewer = requireViewer(args, 'classfile.read')
  const { academy: academyCode = '', class: classId = '' } = args.params
  const of = { viewer, academyCode, classId, now: new Date(), requestId: args.context.requestId }
  const taken = isId(classId) ? await takeZip(of) : null
  if (!taken) throw notFound('class')
  if (taken === 'busy') throw tooMany()
  return download(args.request, taken.file, taken.name, 'application/zip')
}
