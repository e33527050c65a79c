import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { useActionData, useLoaderData, useNavigation } from '@remix-run/react'
import { SITE_INTENTS, type SiteFault, type SiteIntent, type SiteTyped } from '#app/features/academies/site-entry.ts'
import { RetiredSites, SiteForm } from '#app/features/academies/site-form.tsx'
import { listSiteRooms, measureSites } from '#app/features/academies/site-rooms.server.ts'
import { SiteRoomsTable } from '#app/features/academies/site-rooms-table.tsx'
import type { HeldStation } from '#app/features/academies/site-stations.server.ts'
import { siteWords } from '#app/features/academies/site-words.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { requireViewer } from '#app/features/accounts/guard.server.ts'
import { actOnSite } from '#app/features/training/site-change.server.ts'
import { typedTexts } from '#app/lib/form-rows.ts'
import { notFound } from '#app/lib/http.ts'
import { ButtonLink } from '#app/ui/button.tsx'
import { Callout } from '#app/ui/callout.tsx'
import { Empty } from '#app/ui/card.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { PageHead } from '#app/ui/page-head.tsx'
import { PostForm } from '#app/ui/post-form.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import { pageTitle } from '../shell/title.ts'

export const meta: MetaFunction = (args) => pageTitle(args, siteWords, (w) => w.title)

/** The places of an academy with how many workers each takes, and the form of one: `site` with its id, or `add`. */
export async function loader(args: LoaderFunctionArgs) {
  const viewer = requireViewer(args, 'sites.keep')
  const { academyId } = viewer
  if (!academyId) throw notFound('academy')
  const search = new URL(args.request.url).searchParams
  const asked = { saved: search.get('saved'), siteId: search.get('site'), isNew: search.has('add') }
  return { ...asked, sites: await as(viewer, (tx) => listSiteRooms(tx, academyId)) }
}

type Refused = {
  /** Null: the figures of all. */
  intent: SiteIntent | null
  typed: Record<string, string>
  rooms: { faults: string[]; held: HeldStation[] }
  faults: { field: keyof SiteTyped; fault: SiteFault }[]
  reason: 'changed_meanwhile' | 'has_sessions' | 'has_sittings' | null
}
const nothing = { rooms: { faults: [], held: [] }, faults: [], reason: null }

/**
 * Saves the figures of all places at once; or, with `intent`, adds a place, changes, retires or brings back one. Statuses: 400 what was
 * typed, 409 what stands in the way.
 */
export async function action(args: ActionFunctionArgs) {
  const viewer = requireViewer(args, 'sites.keep')
  const { academyId, academyCode } = viewer
  if (!academyId) throw notFound('academy')
  const form = await args.request.formData()
  const request = { viewer, academyId, form, now: new Date(), requestId: args.context.requestId }
  const to = (saved: string | number) => redirect(`/academies/${academyCode}/manage/sites?saved=${saved}`, 303)
  const typed = typedTexts(form)
  if (form.has('intent')) {
    const done = await actOnSite(request)
    if (!done) throw notFound('site')
    const { intent, answer } = done
    if (answer.ok) throw to(answer.isNew ? intent : 0)
    const refused = 'faults' in answer ? { faults: answer.faults } : { reason: answer.reason }
    const status = 'faults' in answer ? 400 : 409
    return data({ ...nothing, intent, typed, ...refused } satisfies Refused as Refused, { status })
  }
  const answer = await as(viewer, (tx) => measureSites(tx, request))
  if (answer.ok) throw to(answer.changed)
  const status = answer.held.length > 0 ? 409 : 400
  return data({ ...nothing, intent: null, typed, rooms: answer } satisfies Refused as Refused, { status })
}

export default function Sites() {
  const w = useWords(siteWords)
  const { sites, saved, siteId, isNew } = useLoaderData<typeof loader>()
  const result = useActionData<Refused>()
  const refused = useNavigation().state === 'loading' ? undefined : result
  const inUse = sites.filter(({ retiredAt }) => retiredAt === null)
  const asked = refused?.intent ? refused.typed.site : siteId
  const one = inUse.find(({ id }) => id === asked) ?? null
  const isAdding = refused?.intent === 'add' || (isNew && !refused)
  return (
    <>
      <PageHead title={w.title} meta={w.lead}>
        <ButtonLink icon="pen" to="?add#site-form">
          {w.add}
        </ButtonLink>
      </PageHead>
      <div className="stack">
        {refused ? <NotSaved refused={refused} /> : saved !== null && <Saved saved={saved} />}
        {(one || isAdding) && (
          <SiteForm
            key={one?.id ?? 'add'}
            one={isAdding ? null : one}
            typed={refused?.intent ? refused.typed : {}}
            faults={refused?.faults ?? []}
          />
        )}
        {inUse.length === 0 ? (
          <Empty icon="pin">{w.none}</Empty>
        ) : (
          <PostForm className="stack" noValidate>
            <SiteRoomsTable
              sites={inUse}
              typed={refused?.intent === null ? refused.typed : null}
              {...(refused?.rooms ?? nothing.rooms)}
            />
            <p className="small soft">{w.source}</p>
            <div>
              <SubmitButton>{w.save}</SubmitButton>
            </div>
          </PostForm>
        )}
        <RetiredSites sites={sites.filter(({ retiredAt }) => retiredAt !== null)} />
      </div>
    </>
  )
}

function NotSaved({ refused }: { refused: Refused }) {
  const w = useWords(siteWords)
  // What is wrong with one place's form stands there.
  if (refused.faults.length > 0) return null
  return (
    <Callout tone="miss" role="alert">
      {refused.reason ? w.not[refused.reason] : w.refused}
    </Callout>
  )
}

function Saved({ saved }: { saved: string }) {
  const w = useWords(siteWords)
  const intent = SITE_INTENTS.find((one) => one === saved)
  return (
    <Callout tone={saved === '0' ? 'info' : 'met'} role="status">
      {intent ? w.done[intent] : saved === '0' ? w.same : w.saved}
    </Callout>
  )
}
