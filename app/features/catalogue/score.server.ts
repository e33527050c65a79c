import { type SQL, sql } from 'drizzle-orm'

/**
 * What a word says about an item by the part in which it stands, in millionths; of a title more, the fewer words it has. Whole
 * numbers, so that a sum is the same in whatever order it is made, at a fifth of what fractions cost. Most hits stand in bodies.
 */
const WEIGHT = sql`case x.part when 'body' then 120000 when 'often' then 250000 when 'key' then 600000 when 'summary' then 350000
  else 1000000 + 1000000 / x.size end`

/** Items that have less than this share of what was asked, by the weight of the words, are not shown. */
const LEAST_SHARE = sql`0.4`

/** Nothing was typed: no words, no score. */
export const nothingAsked = sql`term_weight as (select null::text as token, null::bigint as place, 0 as weight where false)`

/**
 * `score`: what was asked, word by word, for every item that has enough of it. A course also has the words of the academies
 * that offer it, once. A pair of characters that nothing has, between two that are known, only joins two words (佛山焊工):
 * nobody asked for it.
 */
export const scores: SQL = sql`
  term as materialized (select t.place, t.token, t.query from search_terms(${sql.placeholder('text')}) t),
  hit as materialized (
    select t.place, case when o.id is null then x.kind else 'course' end as kind, coalesce(o.course_slug, x.id) as id,
      sum(case when o.id is null then ${WEIGHT} else 0 end) + max(case when o.id is null then 0 else ${WEIGHT} end) as part_weight
    from term t
    cross join lateral texts_with(t.query) x
    left join catalogue_item o on x.kind = 'offer' and o.kind = 'offer' and o.id = x.id
    where x.kind <> 'offer' or o.ends_on >= ${sql.placeholder('today')}::date
    group by 1, 2, 3
  ),
  population as (select count(*) as items from catalogue_item i where i.kind <> 'offer'),
  counted as (
    select t.place, t.token, coalesce(h.hits, 0) as hits
    from term t left join (select h.place, count(*) as hits from hit h group by h.place) h on h.place = t.place
  ),
  term_weight as materialized (
    select c.place, c.token, c.hits, (1000000 * ln(1 + (p.items - c.hits + 0.5::float8) / (c.hits + 0.5::float8)))::int as weight,
      c.hits > 0 or not coalesce(lag(c.hits) over near > 0 and lag(c.place) over near = c.place - 1
        and lead(c.hits) over near > 0 and lead(c.place) over near = c.place + 1, false) as meant
    from counted c cross join population p
    window near as (order by c.place)
  ),
  asked as (
    select count(*) filter (where w.meant) as terms, sum(w.weight) filter (where w.hits > 0) as weight from term_weight w
  ),
  score as materialized (
    select h.kind, h.id, (count(*) = a.terms) as whole,
      (case when count(*) = a.terms then 1000 else 0 end + round(sum(w.weight * h.part_weight) / (a.weight * 10000.0)))::int as score
    from hit h join term_weight w on w.place = h.place cross join asked a
    group by h.kind, h.id, a.terms, a.weight
    having sum(w.weight) >= a.weight * ${LEAST_SHARE}
  )`
