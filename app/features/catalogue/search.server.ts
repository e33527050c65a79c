import { type SQL, sql } from 'drizzle-orm'
import { shanghaiDate } from '#app/lib/calendar.ts'
import { statement, type Tx } from '#db/client.server.ts'
import { type CatalogueQuery, FACETS, type Facet, writeRankedPlace } from './filters.ts'
import type { FacetValue, Found, SearchResult } from './found.ts'
import { allPass, facets, items, passes } from './narrow.server.ts'
import { nextTurn, rankedAfter, rankedPage, turnAfter, turnPage } from './paging.server.ts'
import { nothingAsked, scores } from './score.server.ts'

type Answer = {
  terms: string[] | null
  items: Found[] | null
  total: number
  isWhole: boolean | null
  facets: (FacetValue & { facet: Facet })[] | null
}

/** One statement for the page, the total and the counts behind every filter, the same whichever are set. */
const answer = (words: SQL, score: SQL, join: SQL, page: SQL) => {
  const column = <T>(name: string): SQL<T> => sql<T>`c.${sql.identifier(name)}`
  return statement<Record<string, unknown>, Answer[]>((db) =>
    db
      .select({
        terms: column<Answer['terms']>('terms'),
        items: column<Answer['items']>('items'),
        total: column<number>('total'),
        isWhole: column<Answer['isWhole']>('is_whole'),
        facets: column<Answer['facets']>('facets'),
      })
      .from(sql`(
    with ${words},
    item as materialized (${items}),
    narrowed as materialized (
      select i.*, ${score},
        ${sql.join(
          FACETS.map((facet) => sql`${passes(facet)} as ${sql.identifier(facet)}`),
          sql`, `,
        )}
      from item i ${join}
    ),
    shown as not materialized (select n.* from narrowed n where ${allPass()}),
    page as (${page})
    select
      (select json_agg(t.token order by t.weight desc, t.place) from term_weight t) as terms,
      (select json_agg(json_build_object('kind', p.kind, 'id', p.id, 'on', p."on", 'academies', p.academies, 'score', p.score,
        'isWhole', p.whole)
        order by p.place) from page p) as items,
      (select count(*)::int from shown) as total,
      (select bool_or(s.whole) from shown s) as is_whole,
      (select json_agg(f.*) from (${facets}) f) as facets) c`),
  )
}

const ranked = answer(scores, sql`s.score, s.whole`, sql`join score s on s.kind = i.kind and s.id = i.id`, rankedPage)
const inTurns = answer(nothingAsked, sql`0 as score, true as whole`, sql``, turnPage)

/**
 * Searches and narrows the catalogue. A word weighs more, the fewer items have it; an item scores by its words and where they
 * stand, and those that have every word come first. Words that nothing has are passed over. Which words an item has the index
 * alone answers, word by word: texts are never unpacked. Open to everyone.
 * @param input.after `next` of the page before.
 */
export async function searchCatalogue(
  tx: Tx,
  { query, after, limit, now }: { query: CatalogueQuery; after: string | null; limit: number; now: Date },
): Promise<SearchResult> {
  const hasText = query.text !== ''
  const asked = { ...query, today: shanghaiDate(now), most: limit + 1 }
  const [found] = hasText
    ? await ranked(tx, { ...asked, ...rankedAfter(after) })
    : await inTurns(tx, { ...asked, ...turnAfter(after) })
  const page = found?.items ?? []
  const shown = page.slice(0, limit)
  const last = shown.at(-1)
  return {
    terms: found?.terms ?? [],
    items: shown,
    total: found?.total ?? 0,
    isWhole: found?.isWhole ?? false,
    facets: groupFacets(found?.facets ?? []),
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
