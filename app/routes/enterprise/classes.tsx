import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData, useSearchParams } from '@remix-run/react'
import { listCityChoices } from '#app/features/academies/find.server.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { requireViewer } from '#app/features/accounts/guard.server.ts'
import { ClassFilterForm } from '#app/features/training/class-filter-form.tsx'
import { readClassFilters } from '#app/features/training/class-filters.ts'
import { listClassCards, listClassOccupations } from '#app/features/training/classes.server.ts'
import { listGroupClasses } from '#app/features/training/group-classes.server.ts'
import { GroupClassTable, OpenClassTable } from '#app/features/training/group-classes.tsx'
import { groupWords } from '#app/features/training/group-words.ts'
import { readPlace, toPlace } from '#app/features/training/paging.ts'
import { findOwnEnterprise } from '#app/features/training/roll.server.ts'
import { notFound } from '#app/lib/http.ts'
import { ButtonLink } from '#app/ui/button.tsx'
import { Section } from '#app/ui/card.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Pager } from '#app/ui/navigation.tsx'
import { PageHead } from '#app/ui/page-head.tsx'
import { pageTitle } from '../shell/title.ts'

export const meta: MetaFunction = (args) => pageTitle(args, groupWords, (w) => w.classes.title)

const PAGE = 30

/** The classes of the union's own workers, and those to come, narrowed by city, mode and occupation; `after`: where the page before ended. */
export async function loader(args: LoaderFunctionArgs) {
  const viewer = requireViewer(args, 'group.enrol')
  const search = new URL(args.request.url).searchParams
  const [filters, after, now] = [readClassFilters(search), readPlace(search.get('after')), new Date()]
  const found = await as(viewer, async (tx) => {
    const enterprise = await findOwnEnterprise(tx, viewer)
    if (!enterprise) return null
    const [own, open, cities, occupations] = await Promise.all([
      listGroupClasses(tx, enterprise.id),
      listClassCards(tx, { filters, after, limit: PAGE, now, isOffline: true }),
      listCityChoices(tx),
      listClassOccupations(tx, now),
    ])
    return { enterprise, own, open, cities, occupations, filters, isFirst: after === null }
  })
  if (!found) throw notFound()
  return found
}

export default function EnterpriseClasses() {
  const w = useWords(groupWords).classes
  const { enterprise, own, open, cities, occupations, filters, isFirst } = useLoaderData<typeof loader>()
  const [search] = useSearchParams()
  const last = open.classes.at(-1)
  const at = (after: string | null) => {
    const params = new URLSearchParams(search)
    params.delete('after')
    if (after) params.set('after', after)
    return `?${params}`
  }
  const pager = (open.hasMore || !isFirst) && (
    <Pager
      summary={w.shown(open.classes.length)}
      previous={isFirst ? null : at(null)}
      next={open.hasMore && last ? at(toPlace(last)) : null}
    />
  )
  return (
    <>
      <PageHead title={w.title} meta={w.meta(enterprise.name)}>
        <ButtonLink icon="globe" to="/classes">
          {w.all}
        </ButtonLink>
      </PageHead>
      <div className="stack">
        <Section title={w.own}>
          {own.classes.length === 0 ? <p className="soft">{w.noneYet}</p> : <GroupClassTable classes={own.classes} />}
          {own.hasMore && <p className="soft small">{w.latest(own.classes.length)}</p>}
        </Section>
        <Section title={w.open}>
          <div className="stack">
            <ClassFilterForm filters={filters} cities={cities} occupations={occupations} isOffline />
            {open.classes.length === 0 ? (
              <p className="soft">{w.noneOpen}</p>
            ) : (
              <OpenClassTable classes={open.classes} footer={pager} />
            )}
          </div>
        </Section>
      </div>
    </>
  )
}
