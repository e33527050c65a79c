import { type SQL, sql } from 'drizzle-orm'
import { FACETS, type Facet } from './filters.ts'

const today = sql`${sql.placeholder('today')}::date`

/** Everything in the catalogue today: courses, with the academies that offer them online or made them, and classes that are not over. */
export const items: SQL = sql`
  select i.kind, i.id, i."on", case i.kind when 'course' then 'online' else i.mode end as item_mode, i.occupation_code, i.level as item_level,
    array_remove(o.academies || i.academy_code, null) as academies, array_remove(o.cities || i.city_code, null) as cities
  from catalogue_item i
  left join (
    select course_slug, array_agg(distinct academy_code) as academies, array_agg(distinct city_code) as cities
    from catalogue_item where kind = 'offer' and ends_on >= ${today}
    group by course_slug
  ) o on i.kind = 'course' and o.course_slug = i.id
  where i.kind = 'course' or (i.kind = 'class' and i.ends_on >= ${today})`

/** What is chosen of a facet; null: nothing. */
const chosen = (facet: Facet) => sql`${sql.placeholder(facet)}::text`

/** What an item `i` must be to have the chosen value. */
const HAS: Record<Facet, SQL> = {
  mode: sql`i.item_mode = ${chosen('mode')}`,
  occupation: sql`coalesce(i.occupation_code = ${chosen('occupation')}, false)`,
  level: sql`coalesce(i.item_level = ${chosen('level')}, false)`,
  city: sql`${chosen('city')} = any(i.cities)`,
  academy: sql`${chosen('academy')} = any(i.academies)`,
}

/** Whether an item `i` passes one filter. */
export const passes = (facet: Facet): SQL => sql`(${chosen(facet)} is null or ${HAS[facet]})`

/** All filters but one: what a value of that one would leave. */
export const allPass = (but?: Facet): SQL =>
  sql.join(
    FACETS.filter((facet) => facet !== but).map((facet) => sql`n.${sql.identifier(facet)}`),
    sql` and `,
  )

const name = (facet: Facet) => sql`${facet}::text`.inlineParams()

const count = (facet: Facet, value: SQL, from: SQL = sql`narrowed n`) =>
  sql`select ${name(facet)} as facet, ${value} as value, count(*) as count from ${from} where ${allPass(facet)} and ${value} is not null group by 2`

/** The same where an item has several values. */
const countEach = (facet: Facet, values: SQL) =>
  sql`select ${name(facet)}, v.value, count(*) from (select unnest(${values}) as value from narrowed n where ${allPass(facet)}) v where v.value is not null group by 2`

/** The values of every facet with their counts; a chosen one also where it leaves nothing, since it is to be named. */
export const facets: SQL = sql`
    select f.facet, f.value, coalesce(o.name, a.name, y.name) as name, y.name_en as "nameEn", f.count
    from (
      select v.facet, v.value, sum(v.count)::int as count
      from (
        ${count('mode', sql`n.item_mode`)}
        union all ${count('occupation', sql`n.occupation_code`)}
        union all ${count('level', sql`n.item_level`)}
        union all ${countEach('city', sql`n.cities`)}
        union all ${countEach('academy', sql`n.academies`)}
        union all select c.facet, c.value, 0 from (values ${sql.join(
          FACETS.map((facet) => sql`(${name(facet)}, ${chosen(facet)})`),
          sql`, `,
        )}) c(facet, value) where c.value is not null
      ) v
      group by v.facet, v.value
    ) f
    left join lateral (
      select o.name from occupation o where f.facet = 'occupation' and o.code = f.value order by o.edition desc limit 1
    ) o on true
    left join academy a on f.facet = 'academy' and a.code = f.value
    left join city y on f.facet = 'city' and y.code = f.value
    order by f.facet, y.position, f.value`
