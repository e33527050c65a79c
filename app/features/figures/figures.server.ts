import { type SQL, sql } from 'drizzle-orm'
import type { Tx } from '#db/client.server.ts'
import type { AcademyKind } from '#db/values.ts'
import { policyFor } from '../policy/policy.server.ts'
import type { YearPolicy } from '../policy/policy.ts'
import type { Counts, PersonFigure } from './figures.ts'
import { type Asked, memberOf, members } from './members.server.ts'

/** One academy's figures of one year. */
export type AcademyFigures = {
  academyId: string
  code: string
  name: string
  kind: AcademyKind
  /** Null: no city of its own. */
  cityCode: string | null
  sponsorId: string
  /** A provincial academy in this year: judged. The others see the same figures for reference. */
  isDesignated: boolean
  counts: Counts
}

/** Distinct workers over all academies asked for: one who learns at two academies counts once here. */
export type DistinctPersons = { trained: number; practical: number }

export type YearFigures = {
  year: number
  policy: YearPolicy
  /** By academy code; academies without rows included. */
  academies: AcademyFigures[]
  distinct: DistinctPersons
}

/**
 * Every figure of domain.md ("How figures are counted") for one year, as known on `today` (a date of Shanghai). Counted
 * live, each table read once; tallies will stand in for the count here. Runs as system('figures') after the guard:
 * levels held before are looked up province-wide, so the caller decides which `academyIds` the viewer may see.
 * @param input.academyIds all academies where left out.
 * @throws an Error where no policy was ever loaded.
 */
export async function figuresOf(
  tx: Tx,
  input: { year: number; today: string; academyIds?: readonly string[] },
): Promise<YearFigures> {
  const { year, today, academyIds = null } = input
  const policy = await policyFor(tx, year)
  const previous = await policyFor(tx, year - 1)
  return { year, policy, ...(await count(tx, { year, today, academyIds, policy, previous })) }
}

/** Several years, in the order asked for: as {@link figuresOf} of each. */
export async function yearsOfFigures(
  tx: Tx,
  input: { years: readonly number[]; today: string; academyIds?: readonly string[] },
): Promise<YearFigures[]> {
  const { years, ...of } = input
  const found: YearFigures[] = []
  for (const year of years) found.push(await figuresOf(tx, { year, ...of }))
  return found
}

type CountedRow = Omit<AcademyFigures, 'counts'> & Counts

/** Counts under given policies; `figuresOf` finds them. */
export async function count(tx: Tx, asked: Asked): Promise<Pick<YearFigures, 'academies' | 'distinct'>> {
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
      from (select min(trained_on) as trained_on, min(practical_on) as practical_on from member group by person_id) m
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
  const yearEnd = `${year}-12-31`
  const on = today.startsWith(`${year}-`) ? today : yearEnd
  return sql`brand.status = 'approved' and coalesce(brand.valid_from, ${on}::date) <= ${on}::date and coalesce(brand.valid_until, ${on}::date) >= ${on}::date`
}
