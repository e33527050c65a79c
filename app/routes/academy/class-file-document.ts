import type { LoaderFunctionArgs } from '@remix-run/node'
import { requireViewer } from '#app/features/accounts/guard.server.ts'
import { findDocument } from '#app/features/classfile/remove.server.ts'
import { openDocument } from '#app/features/classfile/zip.server.ts'
import { download } from '#app/lib/download.server.ts'
import { notFound } from '#app/lib/http.ts'
import { isId } from '#app/lib/ids.ts'

/** A document of a class's file as it is kept: pictures are shown, the others are for keeping. */
export async function loader(args: LoaderFunctionArgs) {
  const viewer = requireViewer(args, 'classfile.read')
  const { academy: academyCode = '', class: classId = '', file = '' } = args.params
  const isAsked = isId(classId) && isId(file)
  const found = isAsked ? await findDocument({ viewer, academyCode, classId }, file) : null
  const opened = found && (await openDocument(found.document))
  if (!opened) throw notFound('document')
  const isShown = opened.mediaType.startsWith('image/')
  return download(args.request, opened.file, opened.name, opened.mediaType, { isStrange: true, isShown })
}
