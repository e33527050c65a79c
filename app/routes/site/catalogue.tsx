import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { as } from '#app/features/accounts/as.server.ts'
import { optionalViewer } from '#app/features/accounts/guard.server.ts'
import { CatalogueEmpty } from '#app/features/catalogue/catalogue-empty.tsx'
import { CatalogueForm } from '#app/features/catalogue/catalogue-form.tsx'
import { CatalogueList } from '#app/features/catalogue/catalogue-list.tsx'
import { catalogueAddress, readCatalogueQuery } from '#app/features/catalogue/filters.ts'
import { findCataloguePage, findElsewhere } from '#app/features/catalogue/page.server.ts'
import { PathLink } from '#app/features/catalogue/path-link.tsx'
import { words } from '#app/features/catalogue/words.ts'
import { learnerOf } from '#app/features/courses/learner.ts'
import { shanghaiDate } from '#app/lib/calendar.ts'
import { pageTitle } from '#app/routes/shell/title.ts'
import { Callout } from '#app/ui/callout.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Pager } from '#app/ui/navigation.tsx'
import { PageHead } from '#app/ui/page-head.tsx'

const PAGE = 20

export const meta: MetaFunction = (args) =>
  pageTitle(
    args,
    words,
    (w) => w.title,
    (w) => w.lead,
  )

/** Open to everyone. `q` searches, the filters narrow, `after` is the place where the page before ended. */
export async function loader(args: LoaderFunctionArgs) {
  const search = new URL(args.request.url).searchParams
  const query = readCatalogueQuery(search)
  const after = search.get('after')
  const accountId = learnerOf(args.context.viewer)?.accountId ?? null
  const now = new Date()
  return as(optionalViewer(args), async (tx) => {
    const page = await findCataloguePage(tx, { query, after, limit: PAGE, accountId, now })
    const elsewhere = page.total === 0 ? await findElsewhere(tx, query, now) : null
    return { ...page, query, elsewhere, isFirst: !after, today: shanghaiDate(now) }
  })
}

/** The occupation that was chosen, if it is one: an address may carry anything. */
function pathOf(occupations: { value: string; name: string | null }[], code: string | null) {
  const name = occupations.find(({ value }) => value === code)?.name ?? null
  return { occupation: name && code, name }
}

export default function Catalogue() {
  const w = useWords(words)
  const { query, items, terms, total, isWhole, facets, next, elsewhere, isFirst, today } =
    useLoaderData<typeof loader>()
  return (
    <>
      <PageHead title={w.title} meta={w.lead} />
      <div className="stack">
        <CatalogueForm query={query} facets={facets} />
        <PathLink {...pathOf(facets.occupation, query.occupation)} />
        {elsewhere ? (
          <CatalogueEmpty query={query} elsewhere={elsewhere} />
        ) : (
          <>
            <p className="soft small" role="status">
              {w.found(total, query.text)}
            </p>
            {!isWhole && <Callout>{w.nearest}</Callout>}
            <CatalogueList items={items} terms={terms} today={today} />
          </>
        )}
      </div>
      {(next !== null || !isFirst) && (
        <Pager
          summary={w.shown(items.length, next !== null)}
          previous={isFirst ? null : catalogueAddress(query)}
          next={next === null ? null : catalogueAddress(query, next)}
        />
      )}
    </>
  )
}
