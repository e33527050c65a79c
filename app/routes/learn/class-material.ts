import type { LoaderFunctionArgs } from '@remix-run/node'
import { requireViewer } from '#app/features/accounts/guard.server.ts'
import { openOwnFile } from '#app/features/materials/open-file.server.ts'
import { download } from '#app/lib/download.server.ts'
import { notFound } from '#app/lib/http.ts'
import { isId } from '#app/lib/ids.ts'

/** A file that the worker handed in, to look at once more. */
export async function loader(args: LoaderFunctionArgs) {
  const viewer = requireViewer(args, 'learning.own')
  const { academy: academyCode = '', class: classId = '', material: fileId = '' } = args.params
  const isAsked = isId(classId) && isId(fileId)
  const opened = isAsked ? await openOwnFile({ viewer, academyCode, classId, fileId }) : null
  if (!opened) throw notFound('file')
  const isShown = opened.mediaType.startsWith('image/')
  return download(args.request, opened.file, opened.name, opened.mediaType, { isStrange: true, isShown })
}
