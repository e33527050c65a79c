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

/**
 * The WITH clause behind every figure and every list of persons: `credited` (enrolments), `member` (one row per academy
 * and person, of the year asked) and `past` (improved and levelled persons of the year before). What a figure counts
 * is a condition on `member`: {@link memberOf}. To be run as system('figures'): held before looks at all academies.
 */
export function members(asked: Asked): SQL {
  const { from, to } = yearPeriod(asked.year)
  const since = asked.previous ? yearPeriod(asked.year - 1).from : from
  const { policy } = asked
  const inScope = (academyId: SQL) =>
    asked.academyIds ? sql`and ${academyId} = any(${idArray(asked.academyIds)})` : sql``

  return sql`
  asked (year, since, before, excluded, types) as (values ${sql.join(years(asked), sql`, `)}),

  credited as (
    select e.academy_id, e.id, e.person_id, e.category, c.mode = 'online' as online,
      (c.mode = 'practical' or (c.mode = 'mixed' and e.practical_hours_attended > 0)) as practical,
      -- an online course finished here may have no hours recorded: it was taken whole
      coalesce(e.hours_attended, c.planned_hours) as hours,
      case c.mode when 'practical' then e.hours_attended when 'mixed' then e.practical_hours_attended end as practical_hours
    from enrolment e
    join class c on c.academy_id = e.academy_id and c.id = e.class_id
    where e.credited_on >= ${from}::date and e.credited_on < ${to}::date and e.credited_on <= ${asked.today}::date
      and (e.category is null or e.category <> all(${array(policy.counting.excludedCategories)}))
      ${inScope(sql`e.academy_id`)}
  ),
  learner as (
    select academy_id, person_id,
      sum(hours) >= ${policy.trained.leastHours}::numeric as trained,
      bool_and(online) as online_only,
      bool_and(category is null) as uncategorised,
      count(*) as times,
      bool_or(practical) and coalesce(sum(practical_hours) filter (where practical), 0)
        >= ${policy.practical.leastHours}::numeric as practical,
      count(*) filter (where practical) as practical_times
    from credited
    group by academy_id, person_id
  ),

  -- Assessments on credited enrolments that count, each with its certificates.
  outcome as (
    select y.year, s.academy_id, s.assessed_on, s.result, e.person_id, c.occupation_code,
      e.declared_level is null as undeclared, ${rankOfLevel(sql`e.declared_level`)} as declared_rank,
      k.id is not null as issued, ${rankOfCertificate} as rank,
      coalesce(s.result = 'passed' and k.status = 'valid' and k.type = any(y.types), false) as certifies
    from assessment s
    join asked y on s.assessed_on >= y.since and s.assessed_on < y.before
    join enrolment e on e.academy_id = s.academy_id and e.id = s.enrolment_id
    join class c on c.academy_id = e.academy_id and c.id = e.class_id
    left join certificate k on k.academy_id = s.academy_id and k.assessment_id = s.id
    where s.assessed_on >= ${since}::date and s.assessed_on < ${to}::date and e.credited_on <= ${asked.today}::date
      and (e.category is null or e.category <> all(y.excluded))
      ${inScope(sql`s.academy_id`)}
  ),
  -- What those persons hold or held, province-wide: credited or not, whatever the category, in any edition.
  held as (
    select e.person_id, c.occupation_code, s.assessed_on, max(${rankOfCertificate}) as rank
    from certificate k
    join assessment s on s.academy_id = k.academy_id and s.id = k.assessment_id
    join enrolment e on e.academy_id = s.academy_id and e.id = s.enrolment_id
    join class c on c.academy_id = e.academy_id and c.id = e.class_id
    where k.status = 'valid' and (k.type = 'special_ability' or k.level is not null)
      and c.occupation_code is not null and s.assessed_on < ${to}::date
      and e.person_id in (select o.person_id from outcome o where o.certifies and o.rank is not null)
    group by e.person_id, c.occupation_code, s.assessed_on
  ),
  raised as (
    select o.year, o.academy_id, o.person_id, bool_and(o.undeclared) as undeclared
    from outcome o
    where o.certifies and o.occupation_code is not null and o.rank > coalesce(o.declared_rank, -1)
      and not exists (
        select from held h
        where h.person_id = o.person_id and h.occupation_code = o.occupation_code
          and h.assessed_on < o.assessed_on and h.rank >= o.rank)
    group by o.year, o.academy_id, o.person_id
  ),
  examinee as (
    select o.year, o.academy_id, o.person_id,
      bool_or(o.result <> 'absent') as assessed,
      bool_or(o.certifies) as certified,
      bool_or(o.certifies and o.rank is not null) as levelled,
      bool_or(o.result = 'passed' and not o.issued) as unissued
    from outcome o
    group by o.year, o.academy_id, o.person_id
  ),

  member as (
    select academy_id, person_id, l.times, l.practical_times,
      coalesce(l.trained, false) as trained, l.online_only, l.uncategorised,
      coalesce(l.practical, false) as practical,
      x.person_id is not null as entitled, coalesce(x.assessed, false) as assessed,
      coalesce(x.certified, false) as certified, x.levelled, x.unissued,
      x.improved, x.undeclared
    from learner l
    full join (
      select x.*, r.person_id is not null as improved, r.undeclared
      from examinee x
      left join raised r on r.year = x.year and r.academy_id = x.academy_id and r.person_id = x.person_id
      where x.year = ${asked.year}::int
    ) x using (academy_id, person_id)
  ),
  past as (
    select x.academy_id, x.person_id, x.levelled, r.person_id is not null as improved
    from examinee x
    left join raised r on r.year = x.year and r.academy_id = x.academy_id and r.person_id = x.person_id
    where x.year < ${asked.year}::int
  )`
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

/** Who belongs to a figure: the one definition that its number and its list share. `m` is a row of `member`. */
export const memberOf: Record<PersonFigure, SQL> = {
  trained: sql`m.trained`,
  trained_online_only: sql`m.trained and m.online_only`,
  trained_uncategorised: sql`m.trained and m.uncategorised`,
  practical: sql`m.practical`,
  entitled: sql`m.entitled`,
  assessed: sql`m.assessed`,
  absent: sql`m.entitled and not m.assessed`,
  assessed_of_trained: sql`m.assessed and m.trained`,
  certified: sql`m.certified`,
  certified_of_practical: sql`m.certified and m.practical`,
  certified_of_trained: sql`m.certified and m.trained`,
  awaiting: sql`m.unissued and not m.certified`,
  awaiting_of_practical: sql`m.unissued and not m.certified and m.practical`,
  awaiting_of_trained: sql`m.unissued and not m.certified and m.trained`,
  improved: sql`m.improved`,
  improved_undeclared: sql`m.improved and m.undeclared`,
  levelled: sql`m.levelled`,
}
