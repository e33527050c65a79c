import { type SQL, sql } from 'drizzle-orm'
import type { Tx } from '#db/client.server.ts'
import type { YearPolicy } from '../policy/policy.ts'
import { countedBy } from './counted-by.ts'
import type { AcademyFigures, Counts, DistinctPersons } from './figures.ts'

/**
 * Whether a row `t` of `tally` may be shown on a day: nothing was written since to what it counts, the policy counts as it
 * did, and no credit has come due (or is still to come) that it counts otherwise. To be asked in the statement that reads
 * the tally: a recount removes marks and writes tallies in one transaction.
 */
export const isFresh = (today: string, rule: SQL): SQL => sql`(t.version is not null and t.counted_by = ${rule}
  and (t.holds_from is null or t.holds_from <= ${today}::date) and (t.holds_until is null or t.holds_until > ${today}::date)
  and not exists (select from tally_mark k where k.academy_id = t.academy_id and k.year = t.year))`

/** The figures of one academy and year as its tallies have them; `isFresh` false: they must be counted. */
export type TallyRow = Omit<AcademyFigures, 'counts'> &
  Counts & {
    year: number
    /** This year's tally and that of the year before, which growth is measured against. */
    isFresh: boolean
  }

export type Tallies = {
  rows: TallyRow[]
  /** By year; absent where no union of just these tallies was ever counted. */
  distinct: Map<number, DistinctPersons>
}

type Row = TallyRow & { union_trained: number | null; union_practical: number | null }

/**
 * Reads the tallies of some years in one statement; brands and designations are few and counted as they stand.
 * @param input.policyOf the policy of each year asked and of the year before it.
 * @param input.academyIds null: all.
 */
export async function readTallies(
  tx: Tx,
  input: {
    years: readonly number[]
    today: string
    academyIds: readonly string[] | null
    policyOf: (year: number) => YearPolicy
  },
): Promise<Tallies> {
  const { years, today, academyIds, policyOf } = input
  const all = [...new Set(years.flatMap((year) => [year, year - 1]))]
  const rows = await tx.execute<Row>(sql`
    with wanted as (
      select year, counted_by, on_day::date, year = any(${sql.param(years)}::int[]) as is_asked
      from unnest(${sql.param(all)}::int[], ${sql.param(all.map((year) => countedBy(policyOf(year))))}::text[],
        ${sql.param(all.map((year) => brandDay({ year, today })))}::text[]) w (year, counted_by, on_day)
    ),
    known as materialized (
      select a.id as of, w.year as in_year, w.is_asked, w.on_day, t.*, ${isFresh(today, sql`w.counted_by`)} as is_fresh
      from academy a cross join wanted w left join tally t on t.academy_id = a.id and t.year = w.year
      where ${academyIds ? sql`a.id = any(${sql.param(academyIds)}::uuid[])` : sql`true`}
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
    where k.is_asked
    order by a.code collate "C"`)
  const distinct = new Map<number, DistinctPersons>()
  for (const { year, union_trained: trained, union_practical: practical } of rows)
    if (trained !== null && practical !== null) distinct.set(year, { trained, practical })
  return { rows: rows.map(({ union_trained, union_practical, ...row }) => row), distinct }
}

/** What identifies a union of tallies: the digest of their versions, in the order of their academies. */
export const versionsOf = (version: SQL, academyId: SQL): SQL =>
  sql`md5(string_agg(${version}::text, ',' order by ${academyId}))`

/** The day on which brands must be valid to count: 31 December of the year; today, while the year runs. */
export const brandDay = ({ year, today }: { year: number; today: string }): string =>
  today.startsWith(`${year}-`) ? today : `${year}-12-31`

/** Counts each person of fresh tallies once: exact, and as slow as they are many. */
export async function countUnion(
  tx: Tx,
  { year, academyIds }: { year: number; academyIds: readonly string[] },
): Promise<DistinctPersons> {
  const [found] = await tx.execute<DistinctPersons>(sql`
    select count(trained_on)::int as trained, count(practical_on)::int as practical
    from (
      select min(trained_on) as trained_on, min(practical_on) as practical_on
      from tally_member
      where year = ${year}::int and academy_id = any(${sql.param(academyIds)}::uuid[])
      group by person_id
    ) p`)
  return found ?? { trained: 0, practical: 0 }
}
