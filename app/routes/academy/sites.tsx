import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { listSiteRooms, measureSites } from '#app/features/academies/site-rooms.server.ts'
import { SiteRoomsTable } from '#app/features/academies/site-rooms-table.tsx'
import { siteWords } from '#app/features/academies/site-words.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { requireViewer } from '#app/features/accounts/guard.server.ts'
import { typedTexts } from '#app/lib/form-rows.ts'
import { notFound } from '#app/lib/http.ts'
import { Callout } from '#app/ui/callout.tsx'
import { Empty } from '#app/ui/card.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { PageHead } from '#app/ui/page-head.tsx'
import { PostForm } from '#app/ui/post-form.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import { pageTitle } from '../shell/title.ts'

export const meta: MetaFunction = (args) => pageTitle(args, siteWords, (w) => w.title)

/** The places of an academy with how many workers each takes. */
export async function loader(args: LoaderFunctionArgs) {
  const viewer = requireViewer(args, 'sites.keep')
  const { academyId } = viewer
  if (!academyId) throw notFound('academy')
  const saved = new URL(args.request.url).searchParams.get('saved')
  return { saved, sites: await as(viewer, (tx) => listSiteRooms(tx, academyId)) }
}

/** Saves the figures of all places at once. Statuses: 400 a field is no whole number; 409 sessions hold more workstations. */
export async function action(args: ActionFunctionArgs) {
  const viewer = requireViewer(args, 'sites.keep')
  const { academyId, academyCode } = viewer
  if (!academyId) throw notFound('academy')
  const form = await args.request.formData()
  const request = { viewer, academyId, form, now: new Date(), requestId: args.context.requestId }
  const answer = await as(viewer, (tx) => measureSites(tx, request))
  if (!answer.ok) return data({ ...answer, typed: typedTexts(form) }, { status: answer.held.length > 0 ? 409 : 400 })
  throw redirect(`/academies/${academyCode}/manage/sites?saved=${answer.changed}`, 303)
}

export default function Sites() {
  const w = useWords(siteWords)
  const { sites, saved } = useLoaderData<typeof loader>()
  const refused = useActionData<typeof action>()
  return (
    <>
      <PageHead title={w.title} meta={w.lead} />
      <div className="stack">
        {refused ? (
          <Callout tone="miss" role="alert">
            {w.refused}
          </Callout>
        ) : (
          saved !== null && (
            <Callout tone={saved === '0' ? 'info' : 'met'} role="status">
              {saved === '0' ? w.same : w.saved}
            </Callout>
          )
        )}
        {sites.length === 0 ? (
          <Empty icon="pin">{w.none}</Empty>
        ) : (
          <PostForm className="stack" noValidate>
            <SiteRoomsTable
              sites={sites}
              typed={refused?.typed ?? null}
              faults={refused?.faults ?? []}
              held={refused?.held ?? []}
            />
            <p className="small soft">{w.source}</p>
            <div>
              <SubmitButton>{w.save}</SubmitButton>
            </div>
          </PostForm>
        )}
      </div>
    </>
  )
}
