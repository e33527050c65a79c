import { type Placeholder, type SQL, sql } from 'drizzle-orm'
import { statement } from '#db/client.server.ts'

/**
 * Whether a row `t` of `tally` may be shown on a day: nothing was written since to what it counts, the policy counts as it
 * did, and no credit has come due (or is still to come) that it counts otherwise. To be asked in the statement that reads
 * the tally: a recount removes marks and writes tallies in one transaction.
 */
export const isFresh = (
  today: string | Placeholder,
  rule: SQL,
): SQL => sql`(t.version is not null and t.counted_by = ${rule}
  and (t.holds_from is null or t.holds_from <= ${today}::date) and (t.holds_until is null or t.holds_until > ${today}::date)
  and not exists (select from tally_mark k where k.academy_id = t.academy_id and k.year = t.year))`

export type TalliesAsked = {
  /** The digest of a text that need not be sent again; '' for none. */
  known: string
  today: string
  /** Years asked for, and those with the years before them. */
  years: readonly number[]
  all: readonly number[]
  /** Of each of `all`: by which policy a tally must have been counted, and the day on which brands must be valid. */
  countedBy: readonly string[]
  days: readonly string[]
  academyIds: readonly string[] | null
}

/** The tallies that a question is about, as one text with its digest. */
export const selectTallies = statement<TalliesAsked, { digest: string; text: string | null; isWhole: boolean }[]>(
  (db) => {
    const { placeholder } = sql
    const ids = sql`${placeholder('academyIds')}::uuid[]`
    const rows = sql`
    with wanted as (
      select year, counted_by, on_day::date, year = any(${placeholder('years')}::int[]) as is_asked
      from unnest(${placeholder('all')}::int[], ${placeholder('countedBy')}::text[], ${placeholder('days')}::text[])
        w (year, counted_by, on_day)
    ),
    known as materialized (
      select a.id as of, w.year as in_year, w.is_asked, w.on_day, t.*,
        ${isFresh(placeholder('today'), sql`w.counted_by`)} as is_fresh
      from academy a cross join wanted w left join tally t on t.academy_id = a.id and t.year = w.year
      where ${ids} is null or a.id = any(${ids})
    ),
    versions as (
      select in_year, ${versionsOf(sql`k.version`, sql`k.of`)} as versions from known k where is_asked group by in_year
    )
    select k.in_year as year, k.is_fresh and p.is_fresh as "isFresh", a.id as "academyId", a.code, a.name, a.kind,
      a.city_code as "cityCode", a.sponsor_id as "sponsorId", u.trained as union_trained, u.practical as union_practical,
      exists (
        select from designation d
        where d.academy_id = a.id and d.from_year <= k.in_year and coalesce(d.until_year, k.in_year) >= k.in_year
      ) as "isDesignated",
      (select count(*)::int from brand b where b.academy_id = a.id and b.status = 'approved'
        and coalesce(b.valid_from, k.on_day) <= k.on_day and coalesce(b.valid_until, k.on_day) >= k.on_day) as brands,
      k.trained, k.trained_times, k.trained_online_only, k.trained_uncategorised, k.practical, k.practical_times, k.entitled,
      k.assessed, k.absent, k.assessed_of_trained, k.certified, k.certified_of_practical, k.certified_of_trained, k.awaiting,
      k.awaiting_of_practical, k.awaiting_of_trained, k.improved, k.improved_undeclared, k.levelled,
      p.improved as "improvedPrevious", p.levelled as "levelledPrevious"
    from known k
    join known p on p.of = k.of and p.in_year = k.in_year - 1
    join academy a on a.id = k.of
    left join versions v on v.in_year = k.in_year
    left join tally_union u on u.year = k.in_year and u.versions = v.versions
    where k.is_asked`
    const told = sql`
    select coalesce(json_agg(r order by r.code collate "C")::text, '[]') as text,
      coalesce(bool_and(r."isFresh" and r.union_trained is not null), false) as is_whole
    from (${rows}) r`
    const digest = sql<string>`encode(sha256(convert_to(t.text, 'UTF8')), 'hex')`
    return db
      .select({
        digest: sql<string>`d.digest`,
        text: sql<string | null>`case when d.digest <> ${placeholder('known')}::text then t.text end`,
        isWhole: sql<boolean>`t.is_whole`,
      })
      .from(sql`(${told}) t cross join lateral (select ${digest} as digest offset 0) d`)
  },
)

/** What identifies a union of tallies: the digest of their versions, in the order of their academies. */
export const versionsOf = (version: SQL, academyId: SQL): SQL =>
  sql`md5(string_agg(${version}::text, ',' order by ${academyId}))`

/** The day on which brands must be valid to count: 31 December of the year; today, while the year runs. */
export const brandDay = ({ year, today }: { year: number; today: string }): string =>
  today.startsWith(`${year}-`) ? today : `${year}-12-31`
