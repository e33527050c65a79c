import { type SQL, sql } from 'drizzle-orm'
import { type CatalogueQuery, FACETS, type Facet } from './filters.ts'

/** Everything in the catalogue today: courses, with the academies that offer them online or made them, and classes that are not over. */
export const items = (today: string): SQL => sql`
  select i.kind, i.id, i."on", case i.kind when 'course' then 'online' else i.mode end as item_mode, i.occupation_code, i.level as item_level,
    array_remove(o.academies || i.academy_code, null) as academies, array_remove(o.cities || i.city_code, null) as cities
  from catalogue_item i
  left join (
    select course_slug, array_agg(distinct academy_code) as academies, array_agg(distinct city_code) as cities
    from catalogue_item where kind = 'offer' and ends_on >= ${today}::date
    group by course_slug
  ) o on i.kind = 'course' and o.course_slug = i.id
  where i.kind = 'course' or (i.kind = 'class' and i.ends_on >= ${today}::date)`

/** Whether an item `i` passes one filter. */
export const passes = (facet: Facet, query: CatalogueQuery): SQL => {
  const wanted = query[facet]
  if (wanted === null) return sql`true`
  switch (facet) {
    case 'mode':
      return sql`i.item_mode = ${wanted}`
    case 'occupation':
      return sql`coalesce(i.occupation_code = ${wanted}, false)`
    case 'level':
      return sql`coalesce(i.item_level = ${wanted}, false)`
    case 'city':
      return sql`${wanted} = any(i.cities)`
    case 'academy':
      return sql`${wanted} = any(i.academies)`
  }
}

/** All filters but one: what a value of that one would leave. */
export const allPass = (but?: Facet): SQL =>
  sql.join(
    FACETS.filter((facet) => facet !== but).map((facet) => sql`n.${sql.identifier(facet)}`),
    sql` and `,
  )

/** The values of every facet with their counts; a chosen one also where it leaves nothing, since it is to be named. */
export function facets(query: CatalogueQuery): SQL {
  const count = (facet: Facet, value: SQL, from: SQL = sql`narrowed n`) =>
    sql`select ${facet}::text as facet, ${value} as value, count(*) as count from ${from} where ${allPass(facet)} and ${value} is not null group by 2`
  const chosen = FACETS.filter((facet) => query[facet] !== null).map(
    (facet) => sql`union all select ${facet}::text, ${query[facet]}::text, 0`,
  )
  return sql`
    select f.facet, f.value, coalesce(o.name, a.name, y.name) as name, y.name_en as "nameEn", f.count
    from (
      select v.facet, v.value, sum(v.count)::int as count
      from (
        ${count('mode', sql`n.item_mode`)}
        union all ${count('occupation', sql`n.occupation_code`)}
        union all ${count('level', sql`n.item_level`)}
        union all ${count('city', sql`v.value`, sql`narrowed n cross join unnest(n.cities) v(value)`)}
        union all ${count('academy', sql`v.value`, sql`narrowed n cross join unnest(n.academies) v(value)`)}
        ${sql.join(chosen, sql` `)}
      ) v
      group by v.facet, v.value
    ) f
    left join lateral (
      select o.name from occupation o where f.facet = 'occupation' and o.code = f.value order by o.edition desc limit 1
    ) o on true
    left join academy a on f.facet = 'academy' and a.code = f.value
    left join city y on f.facet = 'city' and y.code = f.value
    order by f.facet, y.position, f.value`
}
