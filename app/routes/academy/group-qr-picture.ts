import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/node'
import { requireViewer } from '#app/features/accounts/guard.server.ts'
import { openGroupQr, removeGroupQr } from '#app/features/classfile/group-qr.server.ts'
import { download } from '#app/lib/download.server.ts'
import { notFound } from '#app/lib/http.ts'
import { isId } from '#app/lib/ids.ts'

/** The QR code of a class's group, for who has a seat in the class and those who run it. */
export async function loader(args: LoaderFunctionArgs) {
  const viewer = requireViewer(args, 'account.own')
  const { academy: academyCode = '', class: classId = '' } = args.params
  const opened = isId(classId) ? await openGroupQr({ viewer, academyCode, classId }) : null
  if (!opened) throw notFound('document')
  return download(args.request, opened.file, opened.name, opened.mediaType, { isStrange: true, isShown: true })
}

/** Takes it down. */
export async function action(args: ActionFunctionArgs) {
  const viewer = requireViewer(args, 'classfile.keep')
  const { academy: academyCode = '', class: classId = '' } = args.params
  const of = { viewer, academyCode, classId, now: new Date(), requestId: args.context.requestId }
  const removed = isId(classId) ? await removeGroupQr(of) : null
  if (!removed) throw notFound('document')
  throw redirect(`/academies/${academyCode}/classes/${classId}/group?saved`, 303)
}
