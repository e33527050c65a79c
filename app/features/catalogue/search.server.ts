import { sql } from 'drizzle-orm'
import { shanghaiDate } from '#app/lib/calendar.ts'
import type { Tx } from '#db/client.server.ts'
import { type CatalogueQuery, FACETS, type Facet, writeRankedPlace } from './filters.ts'
import type { FacetValue, Found, SearchResult } from './found.ts'
import { allPass, facets, items, passes } from './narrow.server.ts'
import { nextTurn, rankedPage, turnPage } from './paging.server.ts'
import { nothingAsked, scores } from './score.server.ts'

/**
 * Searches and narrows the catalogue: one statement for the page, the total and the counts behind every filter. A word
 * weighs more, the fewer items have it; an item scores by its words and where they stand, and those that have every word
 * come first. Words that nothing has are passed over. Which words an item has the index alone answers, word by word: texts
 * are never unpacked. Open to everyone.
 * @param input.after `next` of the page before.
 */
export async function searchCatalogue(
  tx: Tx,
  { query, after, limit, now }: { query: CatalogueQuery; after: string | null; limit: number; now: Date },
): Promise<SearchResult> {
  const hasText = query.text !== ''
  const today = shanghaiDate(now)
  const rows = await tx.execute<{
    terms: string[] | null
    items: Found[] | null
    total: number
    isWhole: boolean | null
    facets: (FacetValue & { facet: Facet })[] | null
  }>(sql`
    with ${hasText ? scores(query.text, today) : nothingAsked},
    item as materialized (${items(today)}),
    narrowed as materialized (
      select i.*, ${hasText ? sql`s.score, s.whole` : sql`0 as score, true as whole`},
        ${sql.join(
          FACETS.map((facet) => sql`${passes(facet, query)} as ${sql.identifier(facet)}`),
          sql`, `,
        )}
      from item i ${hasText ? sql`join score s on s.kind = i.kind and s.id = i.id` : sql``}
    ),
    shown as materialized (select n.* from narrowed n where ${allPass()}),
    page as (${hasText ? rankedPage(after, limit) : turnPage(after, limit)})
    select
      (select json_agg(t.token order by t.weight desc) from term_weight t) as terms,
      (select json_agg(json_build_object('kind', p.kind, 'id', p.id, 'on', p."on", 'academies', p.academies, 'score', p.score,
        'isWhole', p.whole)
        order by p.place) from page p) as items,
      (select count(*)::int from shown) as total,
      (select bool_or(s.whole) from shown s) as "isWhole",
      (select json_agg(f.*) from (${facets(query)}) f) as facets`)
  const { terms, items: found, total, isWhole, facets: counted } = rows[0]!
  const page = found ?? []
  const shown = page.slice(0, limit)
  const last = shown.at(-1)
  return {
    terms: terms ?? [],
    items: shown,
    total,
    isWhole: isWhole ?? false,
    facets: groupFacets(counted ?? []),
    next: page.length <= limit || !last ? null : hasText ? writeRankedPlace(last) : nextTurn(after, shown),
  }
}

function groupFacets(counted: readonly (FacetValue & { facet: Facet })[]): Record<Facet, FacetValue[]> {
  const values = (wanted: Facet) =>
    counted.filter(({ facet }) => facet === wanted).map(({ facet: _, ...value }) => value)
  return {
    mode: values('mode'),
    occupation: values('occupation'),
    level: values('level'),
    city: values('city'),
    academy: values('academy'),
  }
}
