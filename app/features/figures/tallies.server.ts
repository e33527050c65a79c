import { type Placeholder, type SQL, sql } from 'drizzle-orm'
import { statement, type Tx } from '#db/client.server.ts'
import type { YearPolicy } from '../policy/policy.ts'
import { countedBy } from './counted-by.ts'
import type { AcademyFigures, Counts, DistinctPersons } from './figures.ts'

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

/** The figures of one academy and year as its tallies have them; `isFresh` false: they must be counted. */
export type TallyRow = Omit<AcademyFigures, 'counts'> &
  Counts & {
    year: number
    /** This year's tally and that of the year before, which growth is measured against. */
    isFresh: boolean
  }

export type Tallies = {
  /** All that was read, as text: the same text means the same figures. */
  text: string
  /** Every tally is fresh, and the union of each year was counted: nothing is left to count. */
  isWhole: boolean
  rows: () => TallyRow[]
  /** By year; absent where no union of just these tallies was ever counted. */
  distinct: () => Map<number, DistinctPersons>
}

type Row = TallyRow & { union_trained: number | null; union_practical: number | null }

/**
 * Reads the tallies of some years in one statement; brands and designations are few and counted as they stand. They come as
 * one text, which costs less than the values of as many rows, and nothing where what it says is known already.
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
  const [read] = await selectTallies(tx, {
    ...{ today, academyIds, years, all },
    countedBy: all.map((year) => countedBy(policyOf(year))),
    days: all.map((year) => brandDay({ year, today })),
  })
  const { text, isWhole } = read!
  let parsedOnce: Row[] | undefined
  const parsed = () => (parsedOnce ??= JSON.parse(text) as Row[])
  return {
    ...{ text, isWhole },
    rows: () => parsed().map(({ union_trained, union_practical, ...row }) => row),
    distinct: () => {
      const found = new Map<number, DistinctPersons>()
      for (const { year, union_trained: trained, union_practical: practical } of parsed())
        if (trained !== null && practical !== null) found.set(year, { trained, practical })
      return found
    },
  }
}

type Asked = {
  today: string
  /** Years asked for, and those with the years before them. */
  years: readonly number[]
  all: readonly number[]
  /** Of each of `all`: by which policy a tally must have been counted, and the day on which brands must be valid. */
  countedBy: readonly string[]
  days: readonly string[]
  academyIds: readonly string[] | null
}

const selectTallies = statement<Asked, { text: string; isWhole: boolean }[]>((db) => {
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
  return db
    .select({
      text: sql<string>`coalesce(json_agg(r order by r.code collate "C")::text, '[]')`,
      isWhole: sql<boolean>`coalesce(bool_and(r."isFresh" and r.union_trained is not null), false)`,
    })
    .from(sql`(${rows}) r`)
})

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
