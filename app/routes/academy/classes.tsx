import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData, useSearchParams } from '@remix-run/react'
import { siteWords } from '#app/features/academies/site-words.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { requireViewer } from '#app/features/accounts/guard.server.ts'
import { may } from '#app/features/accounts/roles.ts'
import { countToClose, listDeskClasses, listDeskYears } from '#app/features/training/desk.server.ts'
import { ClassesToClose, DeskClassFilters, DeskClassTable } from '#app/features/training/desk-classes.tsx'
import { readDeskFilters } from '#app/features/training/desk-list.ts'
import { words } from '#app/features/training/desk-words.ts'
import { editWords } from '#app/features/training/edit-words.ts'
import { sessionWords } from '#app/features/training/session-words.ts'
import { templateWords } from '#app/features/training/template-words.ts'
import { isId } from '#app/lib/ids.ts'
import { ButtonLink } from '#app/ui/button.tsx'
import { Callout } from '#app/ui/callout.tsx'
import { Empty } from '#app/ui/card.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Pager } from '#app/ui/navigation.tsx'
import { PageHead } from '#app/ui/page-head.tsx'
import { pageTitle } from '../shell/title.ts'

export const meta: MetaFunction = (args) => pageTitle(args, words, (w) => w.classes.title)

/** The classes of one's academy; an instructor's own. Sorted and filtered by the address. */
export async function loader(args: LoaderFunctionArgs) {
  const viewer = requireViewer(args, 'training.read')
  const search = new URL(args.request.url).searchParams
  const filters = readDeskFilters(search)
  const place = search.get('after')
  const after = place && isId(place) ? place : null
  const now = new Date()
  return as(viewer, async (tx) => {
    const canOpen = may(viewer, 'training.manage')
    const [list, years, toClose] = await Promise.all([
      listDeskClasses(tx, { viewer, filters, after, now }),
      listDeskYears(tx, viewer),
      canOpen && filters.status !== 'to_close' ? countToClose(tx, { viewer, now }) : 0,
    ])
    const base = `/academies/${viewer.academyCode}/manage/classes`
    return { ...list, years, toClose, filters, base, canOpen, isFirst: after === null }
  })
}

export default function DeskClasses() {
  const w = useWords(words).classes
  const { classes, total, hasMore, years, toClose, filters, base, canOpen, isFirst } = useLoaderData<typeof loader>()
  const [search] = useSearchParams()
  const at = (after: string | null) => {
    const params = new URLSearchParams(search)
    params.delete('after')
    params.delete('deleted')
    if (after) params.set('after', after)
    return `?${params}`
  }
  const isFiltered = filters.status || filters.mode || filters.year || filters.text
  const month = useWords(sessionWords).month.title
  const sites = useWords(siteWords).title
  const deleted = useWords(editWords).remove.done
  const templates = useWords(templateWords).title
  const open = canOpen && (
    <ButtonLink kind="main" icon="class" to={`${base}/new`}>
      {w.open}
    </ButtonLink>
  )
  return (
    <>
      <PageHead title={w.title} meta={canOpen ? w.meta : w.ownMeta}>
        {canOpen && (
          <>
            <ButtonLink icon="pin" to={base.replace(/classes$/, 'sites')}>
              {sites}
            </ButtonLink>
            <ButtonLink icon="list" to={base.replace(/classes$/, 'calendar')}>
              {month}
            </ButtonLink>
            <ButtonLink icon="class" to={base.replace(/classes$/, 'templates')}>
              {templates}
            </ButtonLink>
          </>
        )}
        {open}
      </PageHead>
      <div className="stack">
        {search.has('deleted') && (
          <Callout tone="met" role="status">
            {deleted}
          </Callout>
        )}
        <ClassesToClose count={toClose} base={base} />
        <DeskClassFilters filters={filters} years={years} />
        {classes.length === 0 ? (
          <Empty icon="class" action={isFiltered ? <ButtonLink to={base}>{w.reset}</ButtonLink> : open}>
            {isFiltered ? w.empty : w.emptyAtAll}
          </Empty>
        ) : (
          <DeskClassTable
            classes={classes}
            filters={filters}
            search={search}
            base={base}
            mayAnswer={canOpen}
            footer={
              <Pager
                summary={w.shown(classes.length, total)}
                previous={isFirst ? null : at(null)}
                next={hasMore ? at(classes.at(-1)?.id ?? null) : null}
              />
            }
          />
        )}
      </div>
    </>
  )
}
