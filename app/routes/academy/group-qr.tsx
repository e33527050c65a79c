import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { useActionData, useLoaderData, useNavigation, useSearchParams } from '@remix-run/react'
import { requireViewer } from '#app/features/accounts/guard.server.ts'
import { findGroupPage, keepGroupQr, type QrFault } from '#app/features/classfile/group-qr.server.ts'
import { GroupQr } from '#app/features/classfile/group-qr.tsx'
import { classFileWords } from '#app/features/classfile/words.ts'
import { notFound } from '#app/lib/http.ts'
import { isId } from '#app/lib/ids.ts'
import { Callout } from '#app/ui/callout.tsx'
import { Card } from '#app/ui/card.tsx'
import { TextField } from '#app/ui/field.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Crumbs } from '#app/ui/navigation.tsx'
import { PageHead } from '#app/ui/page-head.tsx'
import { PostForm } from '#app/ui/post-form.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import { pageTitle } from '../shell/title.ts'

export const meta: MetaFunction = (args) => pageTitle(args, classFileWords, (w) => w.group.title)

/** The QR code of a class's group, where its people put it up. */
export async function loader(args: LoaderFunctionArgs) {
  const viewer = requireViewer(args, 'classfile.keep')
  const { academy: academyCode = '', class: classId = '' } = args.params
  const found = isId(classId) ? await findGroupPage({ viewer, academyCode, classId }) : null
  if (!found) throw notFound('class')
  return { name: found.held.name, qrId: found.qrId, academyCode, classId }
}

/** Puts one up, in place of the one before; the body is streamed (400: what came is no picture, or too large). */
export async function action(args: ActionFunctionArgs) {
  const viewer = requireViewer(args, 'classfile.keep')
  const { academy: academyCode = '', class: classId = '' } = args.params
  if (!isId(classId)) throw notFound('class')
  const of = { viewer, academyCode, classId, now: new Date(), requestId: args.context.requestId }
  const kept = await keepGroupQr(of, args.request)
  if (!kept) throw notFound('class')
  if (!kept.ok) return data({ fault: kept.reason }, { status: 400 })
  throw redirect(`/academies/${academyCode}/classes/${classId}/group?saved`, 303)
}

export default function GroupQrPage() {
  const { group: w } = useWords(classFileWords)
  const { name, qrId, academyCode, classId } = useLoaderData<typeof loader>()
  const result = useActionData<{ fault: QrFault }>()
  const isLeaving = useNavigation().state === 'loading'
  const [search] = useSearchParams()
  const fault = isLeaving ? undefined : result?.fault
  const desk = `/academies/${academyCode}/manage/classes/${classId}`
  const path = `/academies/${academyCode}/classes/${classId}/group`
  return (
    <>
      <Crumbs items={[{ to: desk, label: name }, { label: w.title }]} />
      <PageHead title={w.title} meta={w.meta} />
      <div className="stack">
        {!fault && search.has('saved') && <Callout tone="met" role="status" title={qrId ? w.saved : w.removed} />}
        <Card>
          <div className="stack">
            {qrId ? <GroupQr path={path} version={qrId} /> : <p className="soft">{w.none}</p>}
            {qrId && (
              <PostForm action={`${path}/picture`}>
                <SubmitButton kind="plain">{w.remove}</SubmitButton>
              </PostForm>
            )}
          </div>
        </Card>
        <Card>
          <PostForm encType="multipart/form-data" className="form" noValidate>
            <TextField
              key={qrId}
              name="file"
              type="file"
              label={qrId ? w.replace : w.file}
              hint={w.hint}
              error={fault && w.faults[fault]}
              accept=".jpg,.jpeg,.png,.webp,image/jpeg,image/png,image/webp"
            />
            <div>
              <SubmitButton>{w.submit}</SubmitButton>
            </div>
          </PostForm>
        </Card>
      </div>
    </>
  )
}
