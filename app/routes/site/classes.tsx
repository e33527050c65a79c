import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData, useSearchParams } from '@remix-run/react'
import { listCityChoices } from '#app/features/academies/find.server.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { optionalViewer } from '#app/features/accounts/guard.server.ts'
import { ClassCards } from '#app/features/training/class-cards.tsx'
import { ClassFilterForm } from '#app/features/training/class-filter-form.tsx'
import { readClassFilters } from '#app/features/training/class-filters.ts'
import { listClassCards, listClassOccupations } from '#app/features/training/classes.server.ts'
import { readPlace, toPlace } from '#app/features/training/paging.ts'
import { words } from '#app/features/training/words.ts'
import { shanghaiDate } from '#app/lib/calendar.ts'
import { ButtonLink } from '#app/ui/button.tsx'
import { Empty } from '#app/ui/card.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Pager } from '#app/ui/navigation.tsx'
import { PageHead } from '#app/ui/page-head.tsx'
import { pageTitle } from '../shell/title.ts'

const PAGE = 30

export const meta: MetaFunction = (args) =>
  pageTitle(
    args,
    words,
    (w) => w.list.title,
    (w) => w.list.about,
  )

/** Open to everyone. City, mode, occupation and academy filter; `after` is the place where the page before ended. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const search = new URL(request.url).searchParams
  const filters = readClassFilters(search)
  const after = readPlace(search.get('after'))
  const now = new Date()
  return as(optionalViewer({ context }), async (tx) => {
    const [cities, occupations, list] = await Promise.all([
      listCityChoices(tx),
      listClassOccupations(tx, now),
      listClassCards(tx, { filters, after, limit: PAGE, now }),
    ])
    return { ...list, cities, occupations, filters, isFirst: after === null, today: shanghaiDate(now) }
  })
}

export default function Classes() {
  const w = useWords(words).list
  const { classes, hasMore, cities, occupations, filters, isFirst, today } = useLoaderData<typeof loader>()
  const [search] = useSearchParams()
  const last = classes.at(-1)
  const at = (after: string | null) => {
    const params = new URLSearchParams(search)
    params.delete('after')
    if (after) params.set('after', after)
    return `?${params}`
  }
  return (
    <>
      <PageHead title={w.title} meta={w.about} />
      <div className="stack">
        <ClassFilterForm filters={filters} cities={cities} occupations={occupations} />
        {classes.length === 0 ? (
          <Empty icon="class" action={<ButtonLink to="/classes">{w.reset}</ButtonLink>}>
            {w.empty}
          </Empty>
        ) : (
          <ClassCards classes={classes} today={today} />
        )}
      </div>
      {(hasMore || !isFirst) && (
        <Pager
          summary={w.shown(classes.length, hasMore)}
          previous={isFirst ? null : at(null)}
          next={hasMore && last ? at(toPlace(last)) : null}
        />
      )}
    </>
  )
}
