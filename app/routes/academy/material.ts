import type { LoaderFunctionArgs } from '@remix-run/node'
import { requireViewer } from '#app/features/accounts/guard.server.ts'
import { openWorkersFile } from '#app/features/materials/open-file.server.ts'
import { download } from '#app/lib/download.server.ts'
import { notFound } from '#app/lib/http.ts'
import { isId } from '#app/lib/ids.ts'

/** A file that a worker handed in: pictures are shown, PDF is for keeping. Each time one is opened is recorded. */
export async function loader(args: LoaderFunctionArgs) {
  const viewer = requireViewer(args, 'materials.check')
  const { academy: academyCode = '', class: classId = '', material: fileId = '' } = args.params
  const of = { viewer, academyCode, classId, fileId, now: new Date(), requestId: args.context.requestId }
  const opened = isId(classId) && isId(fileId) ? await openWorkersFile(of) : null
  if (!opened) throw notFound('file')
  const isShown = opened.mediaType.startsWith('image/')
  return download(args.request, opened.file, opened.name, opened.mediaType, { isStrange: true, isShown })
}
