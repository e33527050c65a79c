import { type SQL, sql } from 'drizzle-orm'
import type { Tx } from '#db/client.server.ts'
import { listPolicyRows } from '../policy/policy.server.ts'
import { policyInForce, type YearPolicy } from '../policy/policy.ts'
import type { AcademyFigures, Counts, DistinctPersons, PersonFigure, YearFigures } from './figures.ts'
import { type Asked, memberOf, members } from './members.server.ts'
import { refreshSoon } from './refresh-soon.server.ts'
import { brandDay } from './select-tallies.server.ts'
import { countUnion, readTallies, type Tallies, type TallyRow } from './tallies.server.ts'

export type { AcademyFigures, DistinctPersons, YearFigures }

/**
 * Every figure of domain.md ("How figures are counted") for one year, as known on `today` (a date of Shanghai). Read from the
 * tallies; academies whose tally is stale are counted live, so that what is shown is always right. Runs as
 * system('figures') after the guard: levels held before are looked up province-wide, so the caller decides which
 * `academyIds` the viewer may see.
 * @param input.academyIds all academies where left out.
 * @throws an Error where no policy was ever loaded.
 */
export async function figuresOf(
  tx: Tx,
  input: { year: number; today: string; academyIds?: readonly string[] },
): Promise<YearFigures> {
  const { year, ...of } = input
  const [found] = await yearsOfFigures(tx, { years: [year], ...of })
  return found!
}

/** Several years, in the order asked for: as {@link figuresOf} of each, read at once. */
export async function yearsOfFigures(tx: Tx, input: YearsAsked): Promise<YearFigures[]> {
  return (await readYears(tx, input)).years()
}

type YearsAsked = { years: readonly number[]; today: string; academyIds?: readonly string[] }

/**
 * The figures of several years, not yet looked at. `mark`: as long as it is the same, so are the figures, and `years` need
 * not be called; null where anything had to be counted live.
 */
export async function readYears(
  tx: Tx,
  input: YearsAsked,
): Promise<{ mark: string | null; years: () => YearFigures[] }> {
  const { years, today, academyIds = null } = input
  const rows = await listPolicyRows(tx)
  const policyOf = (year: number) => policyInForce(rows, year)
  const read = await readTallies(tx, { years, today, academyIds, policyOf })
  if (read.isWhole) {
    const mark = JSON.stringify([years, today, academyIds, rows.map(({ id }) => id), read.digest])
    return { mark, years: () => years.map((year) => whole(year, policyOf(year), read)) }
  }
  const [all, distinct] = [read.rows(), read.distinct()]
  const found: YearFigures[] = []
  for (const year of years) {
    const own = all.filter((row) => row.year === year)
    const policies = { policy: policyOf(year), previous: policyOf(year - 1) }
    const counted = own.every((row) => row.isFresh)
      ? { academies: own.map(toFigures), distinct: distinct.get(year) ?? (await distinctOf(tx, year, own)) }
      : await countStale(tx, { year, today, academyIds, ...policies }, own)
    found.push({ year, policy: policies.policy, ...counted })
  }
  return { mark: null, years: () => found }
}

function whole(year: number, policy: YearPolicy, read: Tallies): YearFigures {
  const academies = read.rows().filter((row) => row.year === year)
  return { year, policy, academies: academies.map(toFigures), distinct: read.distinct().get(year)! }
}

type Counted = Pick<YearFigures, 'academies' | 'distinct'>

/** A single academy's workers are distinct already. */
async function distinctOf(tx: Tx, year: number, rows: readonly TallyRow[]): Promise<DistinctPersons> {
  const [only, ...others] = rows
  if (only && others.length === 0) return { trained: only.trained, practical: only.practical }
  refreshSoon()
  return countUnion(tx, { year, academyIds: rows.map((row) => row.academyId) })
}

/** Counts the stale ones live, and reads the others. */
async function countStale(tx: Tx, asked: Asked, rows: readonly TallyRow[]): Promise<Counted> {
  refreshSoon()
  const [fresh, stale] = [rows.filter((row) => row.isFresh), rows.filter((row) => !row.isFresh)]
  // All at once is faster than as many by name.
  const academyIds = fresh.length === 0 ? asked.academyIds : stale.map((row) => row.academyId)
  const counted = await count(
    tx,
    { ...asked, academyIds },
    fresh.map((row) => row.academyId),
  )
  const live = new Map(counted.academies.map((of) => [of.academyId, of]))
  return {
    academies: rows.map((row) => live.get(row.academyId) ?? toFigures(row)),
    distinct: counted.distinct,
  }
}

function toFigures(row: TallyRow): AcademyFigures {
  const { academyId, code, name, kind, cityCode, sponsorId, isDesignated, isFresh, year, ...counts } = row
  return { academyId, code, name, kind, cityCode, sponsorId, isDesignated, counts }
}

type CountedRow = Omit<AcademyFigures, 'counts'> & Counts

/**
 * Counts from the facts, each table read once, under given policies; `figuresOf` finds them.
 * @param besides academies whose fresh tallies `distinct` is to include.
 */
export async function count(tx: Tx, asked: Asked, besides: readonly string[] = []): Promise<Counted> {
  const columns = Object.entries(memberOf).map(
    ([figure, condition]) => sql`count(*) filter (where ${condition})::int as ${sql.identifier(figure)}`,
  )
  const figures = [...(Object.keys(memberOf) as PersonFigure[]), 'trained_times', 'practical_times'] as const
  const ids = asked.academyIds
  const rows = await tx.execute<CountedRow & { all_trained: number; all_practical: number }>(sql`
    with ${members(asked)},
    counted as (
      select m.academy_id, ${sql.join(columns, sql`, `)},
        coalesce(sum(m.times) filter (where m.trained_on is not null), 0)::int as trained_times,
        coalesce(sum(m.practical_times) filter (where m.practical_on is not null), 0)::int as practical_times
      from member m
      group by m.academy_id
    ),
    counted_before as (
      select academy_id, count(improved_on)::int as improved, count(*) filter (where levelled)::int as levelled
      from examinee
      where year = ${asked.year - 1}::int
      group by academy_id
    ),
    everyone as (
      select count(trained_on)::int as trained, count(practical_on)::int as practical
      from (
        select min(trained_on) as trained_on, min(practical_on) as practical_on
        from (
          select person_id, trained_on, practical_on from member
          union all
          select person_id, trained_on, practical_on from tally_member
          where year = ${asked.year}::int and academy_id = any(${sql.param(besides)}::uuid[])
        ) p
        group by person_id) m
    ),
    branded as (
      select academy_id, count(*)::int as brands
      from brand
      where ${isBrandValid(asked)}
      group by academy_id
    )
    select a.id as "academyId", a.code, a.name, a.kind, a.city_code as "cityCode", a.sponsor_id as "sponsorId",
      exists (
        select from designation d
        where d.academy_id = a.id and d.from_year <= ${asked.year}::int and coalesce(d.until_year, ${asked.year}::int) >= ${asked.year}::int
      ) as "isDesignated",
      coalesce(b.brands, 0) as brands,
      ${sql.join(
        figures.map((figure) => sql`coalesce(n.${sql.identifier(figure)}, 0) as ${sql.identifier(figure)}`),
        sql`, `,
      )},
      coalesce(p.improved, 0) as "improvedPrevious", coalesce(p.levelled, 0) as "levelledPrevious",
      e.trained as all_trained, e.practical as all_practical
    from everyone e
    left join academy a on ${ids ? sql`a.id = any(${sql.param(ids)}::uuid[])` : sql`true`}
    left join counted n on n.academy_id = a.id
    left join counted_before p on p.academy_id = a.id
    left join branded b on b.academy_id = a.id
    order by a.code collate "C"`)
  const academies = rows.filter((row) => row.academyId !== null).map(toAcademy)
  return { academies, distinct: { trained: rows[0]?.all_trained ?? 0, practical: rows[0]?.all_practical ?? 0 } }
}

function toAcademy(row: CountedRow & { all_trained?: number; all_practical?: number }): AcademyFigures {
  const { academyId, code, name, kind, cityCode, sponsorId, isDesignated, all_trained, all_practical, ...counts } = row
  return { academyId, code, name, kind, cityCode, sponsorId, isDesignated, counts }
}

/** Brands that count: approved, and valid on 31 December of the year (today, while the year runs). */
export function isBrandValid({ year, today }: Pick<Asked, 'year' | 'today'>): SQL {
  const on = brandDay({ year, today })
  return sql`brand.status = 'approved' and coalesce(brand.valid_from, ${on}::date) <= ${on}::date and coalesce(brand.valid_until, ${on}::date) >= ${on}::date`
}
