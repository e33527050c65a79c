import { type SQL, sql } from 'drizzle-orm'
import { yearPeriod } from '#app/lib/calendar.ts'
import { LEVELS } from '#db/values.ts'
import type { YearPolicy } from '../policy/policy.ts'
import type { PersonFigure } from './figures.ts'

/** What is counted: one year, as known on a day, of some academies (null: of all). */
export type Asked = {
  year: number
  /** Today in Shanghai: credit that lies ahead does not count yet. */
  today: string
  academyIds: readonly string[] | null
  policy: YearPolicy
  /** Policy of the year before, for `improvedPrevious`; null where that is not asked for. */
  previous: YearPolicy | null
}

/** An array as one parameter; the template alone would spread it. */
const array = (values: readonly string[]) => sql`${sql.param(values)}::text[]`

/** Ranks of levels are their places in LEVELS, from 1: NULL for none and for 无 (domain.md, "Held before"). */
const rankOfLevel = (level: SQL) => sql`array_position(${array(LEVELS)}, ${level})`

/** Rank of a certificate: 0 for 专项职业能力证书, its level's with the types that carry one, NULL for the others. */
const rankOfCertificate = sql`case when k.type = 'special_ability' then 0 else ${rankOfLevel(sql`k.level`)} end`

/** An enrolment `e` that counts in the year asked, on the day of its credit. */
export function isCredited({ year, today, policy }: Pick<Asked, 'year' | 'today' | 'policy'>): SQL {
  const { from, to } = yearPeriod(year)
  return sql`(e.credited_on >= ${from}::date and e.credited_on < ${to}::date and e.credited_on <= ${today}::date
      and (e.category is null or e.category <> all(${array(policy.counting.excludedCategories)})))`
}

/** An enrolment `e` in a class `c` that was hands-on. */
export const isPractical = sql`(c.mode = 'practical' or (c.mode = 'mixed' and e.practical_hours_attended > 0))`

/** An assessment `s` of the year asked that counts, on an enrolment `e` that is credited, at whatever date. */
export function isExamined({ year, today, policy }: Pick<Asked, 'year' | 'today' | 'policy'>): SQL {
  const { from, to } = yearPeriod(year)
  return sql`(s.assessed_on >= ${from}::date and s.assessed_on < ${to}::date and e.credited_on <= ${today}::date
      and (e.category is null or e.category <> all(${array(policy.counting.excludedCategories)})))`
}

/**
 * The WITH clause behind every figure and every list of persons: `credited` (enrolments of the year asked), `examinee`
 * (persons assessed, of both years) and `member` (one row per academy and person of the year asked). What a figure counts
 * is a condition on `member`: {@link memberOf}. To be run as system('figures'): held before looks at all academies.
 *
 * Parts meet by grouping, never by joining: under row-level security PostgreSQL expects a handful of rows where there are
 * a million, and would join them row by row.
 */
export function members(asked: Asked): SQL {
  const { to } = yearPeriod(asked.year)
  const { policy, today } = asked
  const ids = asked.academyIds
  const isHere = (academyId: SQL) => (ids ? sql`${academyId} = any(${idArray(ids)})` : sql`true`)

  return sql`
  asked (year, since, before, excluded, types) as (values ${sql.join(years(asked), sql`, `)}),

  credited as (
    select e.academy_id, e.id, e.person_id, e.category, e.credited_on, c.mode = 'online' as online,
      ${isPractical} as practical,
      coalesce(e.hours_attended, 0) as hours,
      case c.mode when 'practical' then e.hours_attended when 'mixed' then e.practical_hours_attended end as practical_hours
    from enrolment e
    join class c on c.academy_id = e.academy_id and c.id = e.class_id
    where ${isCredited(asked)} and ${isHere(sql`e.academy_id`)}
  ),
  learner as (
    select academy_id, person_id,
      min(credited_on) filter (where ${isReached(sql`hours_so_far`, policy.trained.leastHours)}) as trained_on,
      bool_and(online) as online_only,
      bool_and(category is null) as uncategorised,
      count(*) as times,
      min(credited_on) filter (where practical
        and ${isReached(sql`practical_hours_so_far`, policy.practical.leastHours)}) as practical_on,
      count(*) filter (where practical) as practical_times
    from ${creditedSoFar(policy)}
    group by academy_id, person_id
  ),

  -- Every assessment up to the year's end with its certificates, province-wide, and whether it counts here.
  sitting as (
    select y.year, s.academy_id, s.id as assessment_id, s.assessed_on, s.result, e.person_id, c.occupation_code, k.status,
      e.declared_level is null as undeclared, ${rankOfLevel(sql`e.declared_level`)} as declared_rank,
      k.id is not null as issued, ${rankOfCertificate} as rank,
      coalesce(k.status = 'valid' and k.type = any(y.types), false) as recognised,
      (y.year is not null and e.credited_on <= ${today}::date
        and (e.category is null or e.category <> all(y.excluded)) and ${isHere(sql`s.academy_id`)}) as counts
    from assessment s
    join enrolment e on e.academy_id = s.academy_id and e.id = s.enrolment_id
    join class c on c.academy_id = e.academy_id and c.id = e.class_id
    left join asked y on s.assessed_on >= y.since and s.assessed_on < y.before
    left join certificate k on k.academy_id = s.academy_id and k.assessment_id = s.id
    where s.assessed_on < ${to}::date ${ids ? onlyPersonsAssessedAt(asked) : sql``}
  ),
  -- Held before: valid ranked certificates of the occupation from an earlier date, credited or not, of any category.
  outcome as (
    select *, max(rank) filter (where status = 'valid') over (
      partition by person_id, occupation_code
      order by assessed_on groups between unbounded preceding and 1 preceding) as held_rank
    from sitting
  ),
  examinee as (
    select year, academy_id, person_id,
      bool_or(result <> 'absent') as assessed,
      min(assessed_on) filter (where result = 'passed' and recognised) as certified_on,
      bool_or(result = 'passed' and recognised and rank is not null) as levelled,
      bool_or(result = 'passed' and not issued) as unissued,
      min(assessed_on) filter (where improves) as improved_on,
      bool_and(undeclared) filter (where improves) as undeclared
    from (
      select *, result = 'passed' and recognised and occupation_code is not null
        and rank > greatest(held_rank, declared_rank, -1) as improves
      from outcome
      where counts
    ) o
    group by year, academy_id, person_id
  ),

  member as (
    select academy_id, person_id, max(times) as times, max(practical_times) as practical_times,
      min(trained_on) as trained_on, bool_or(online_only) as online_only, bool_or(uncategorised) as uncategorised,
      min(practical_on) as practical_on, bool_or(entitled) as entitled, coalesce(bool_or(assessed), false) as assessed,
      min(certified_on) as certified_on, bool_or(levelled) as levelled, bool_or(unissued) as unissued,
      min(improved_on) as improved_on, bool_or(undeclared) as undeclared
    from (
      select academy_id, person_id, times, practical_times, trained_on, online_only, uncategorised, practical_on,
        false as entitled, null::boolean as assessed, null::date as certified_on, null::boolean as levelled,
        null::boolean as unissued, null::date as improved_on, null::boolean as undeclared
      from learner
      union all
      select academy_id, person_id, null, null, null, null, null, null,
        true, assessed, certified_on, levelled, unissued, improved_on, undeclared
      from examinee
      where year = ${asked.year}::int
    ) m
    group by academy_id, person_id
  )`
}

/** Of one academy only the persons assessed there in the years asked matter; their certificates from everywhere do. */
function onlyPersonsAssessedAt({ year, previous, academyIds }: Asked): SQL {
  const since = yearPeriod(previous ? year - 1 : year).from
  return sql`and e.person_id in (
      select e2.person_id
      from assessment s2
      join enrolment e2 on e2.academy_id = s2.academy_id and e2.id = s2.enrolment_id
      where s2.academy_id = any(${idArray(academyIds ?? [])}) and s2.assessed_on >= ${since}::date
        and s2.assessed_on < ${yearPeriod(year).to}::date)`
}

function years({ year, policy, previous }: Asked): SQL[] {
  const row = (of: number, { counting }: YearPolicy) => {
    const { from, to } = yearPeriod(of)
    const { excludedCategories, certificateTypes } = counting
    return sql`(${of}::int, ${from}::date, ${to}::date, ${array(excludedCategories)}, ${array(certificateTypes)})`
  }
  return previous ? [row(year, policy), row(year - 1, previous)] : [row(year, policy)]
}

const idArray = (ids: readonly string[]) => sql`${sql.param(ids)}::uuid[]`

/** Hours add up day by day only where the plan asks for a least number: the window costs a sort. */
function creditedSoFar({ trained, practical }: YearPolicy): SQL {
  if (trained.leastHours === 0 && practical.leastHours === 0) return sql`credited`
  return sql`(
      select *, sum(hours) over so_far as hours_so_far, coalesce(sum(practical_hours) filter (where practical) over so_far, 0)
        as practical_hours_so_far
      from credited
      window so_far as (partition by academy_id, person_id order by credited_on)) c`
}

const isReached = (soFar: SQL, leastHours: number) =>
  leastHours === 0 ? sql`true` : sql`${soFar} >= ${leastHours}::numeric`

const trained = sql`m.trained_on is not null`
const practical = sql`m.practical_on is not null`
const certified = sql`m.certified_on is not null`
const awaiting = sql`m.unissued and m.certified_on is null`

/** Who belongs to a figure: the one definition that its number and its list share. `m` is a row of `member`. */
export const memberOf: Record<PersonFigure, SQL> = {
  trained,
  trained_online_only: sql`${trained} and m.online_only`,
  trained_uncategorised: sql`${trained} and m.uncategorised`,
  practical,
  entitled: sql`m.entitled`,
  assessed: sql`m.assessed`,
  absent: sql`m.entitled and not m.assessed`,
  assessed_of_trained: sql`m.assessed and ${trained}`,
  certified,
  certified_of_practical: sql`${certified} and ${practical}`,
  certified_of_trained: sql`${certified} and ${trained}`,
  awaiting,
  awaiting_of_practical: sql`${awaiting} and ${practical}`,
  awaiting_of_trained: sql`${awaiting} and ${trained}`,
  improved: sql`m.improved_on is not null`,
  improved_undeclared: sql`m.improved_on is not null and m.undeclared`,
  levelled: sql`m.levelled`,
}
