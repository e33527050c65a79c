import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { useActionData, useLoaderData, useNavigation } from '@remix-run/react'
import { requireViewer } from '#app/features/accounts/guard.server.ts'
import { findPaperPage } from '#app/features/attendance/paper.server.ts'
import { PaperHead, paperBase } from '#app/features/attendance/paper-head.tsx'
import { paperFormWords } from '#app/features/attendance/paper-words.ts'
import { ClassClosed } from '#app/features/attendance/sheet.tsx'
import { saidInField, useSaid } from '#app/features/classfile/checklist.tsx'
import type { Kept } from '#app/features/classfile/keep.server.ts'
import { keepSheetPhotos } from '#app/features/classfile/sheet-photos.server.ts'
import { notFound } from '#app/lib/http.ts'
import { isId } from '#app/lib/ids.ts'
import { ButtonLink } from '#app/ui/button.tsx'
import { Callout } from '#app/ui/callout.tsx'
import { Card } from '#app/ui/card.tsx'
import { TextField } from '#app/ui/field.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { PostForm } from '#app/ui/post-form.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import { pageTitle } from '../shell/title.ts'

export const meta: MetaFunction = (args) => pageTitle(args, paperFormWords, (w) => w.photos.title)

/** Where photographs of a session's signed sheet are added, and those that are there. */
export async function loader(args: LoaderFunctionArgs) {
  const viewer = requireViewer(args, 'classfile.keep')
  const { academy: academyCode = '', session: sessionId = '' } = args.params
  const asked = { academyCode, sessionId, after: null, now: new Date() }
  const paper = isId(sessionId) ? await findPaperPage(viewer, asked) : null
  if (!paper) throw notFound('session')
  const { held, today } = paper.page
  return { held, today, photos: paper.photos.map(({ id }) => id) }
}

/** Adds photographs; the body is streamed. Statuses: 400 what came, 409 there is no room. */
export async function action(args: ActionFunctionArgs) {
  const viewer = requireViewer(args, 'classfile.keep')
  const { academy: academyCode = '', session: sessionId = '' } = args.params
  if (!isId(sessionId)) throw notFound('session')
  const asked = { viewer, academyCode, sessionId, now: new Date(), requestId: args.context.requestId }
  const kept = await keepSheetPhotos(asked, args.request)
  if (!kept) throw notFound('session')
  if (kept.ok && kept.refused.length === 0)
    throw redirect(`/academies/${academyCode}/manage/sessions/${sessionId}/paper?added=${kept.kept}`, 303)
  return data({ kept }, { status: !kept.ok && kept.reason === 'too_many' ? 409 : 400 })
}

/** After a refusal too: the photographs of the form that were kept are shown. */
export { afterRefusals as shouldRevalidate } from '../shell/revalidate.ts'

export default function SessionPhotos() {
  const { photos: w } = useWords(paperFormWords)
  const { held, today, photos } = useLoaderData<typeof loader>()
  const result = useActionData<{ kept: Kept }>()
  const said = useSaid(useNavigation().state === 'loading' ? undefined : result?.kept)
  const file = `/academies/${held.academyCode}/classes/${held.classId}/file`
  return (
    <>
      <PaperHead title={w.title} held={held} today={today} />
      {held.classStatus === 'closed' ? (
        <Callout>
          <ClassClosed held={held} />
        </Callout>
      ) : (
        <Card>
          <PostForm encType="multipart/form-data" className="form" noValidate>
            <p>{w.lead}</p>
            <TextField
              key={photos.length}
              name="file"
              type="file"
              multiple
              label={w.file}
              hint={w.hint}
              error={saidInField(said)}
              accept=".jpg,.jpeg,.png,.webp,image/jpeg,image/png,image/webp"
            />
            <div>
              <SubmitButton>{w.submit}</SubmitButton>
            </div>
          </PostForm>
        </Card>
      )}
      {photos.length > 0 && (
        <Card>
          <div className="stack">
            <p>{w.there(photos.length)}</p>
            <p className="inline">
              {photos.map((id, at) => (
                <a key={id} href={`${file}/${id}`} target="_blank" rel="noreferrer">
                  {w.open(at + 1)}
                </a>
              ))}
            </p>
            <div>
              <ButtonLink to={`${paperBase(held)}/paper`}>{w.next}</ButtonLink>
            </div>
          </div>
        </Card>
      )}
    </>
  )
}
