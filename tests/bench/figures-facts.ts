import type postgres from 'postgres'
import { seal } from '#app/features/persons/vault.server.ts'

export const ACADEMIES = 72
/** The year that is measured. A fifth as many enrolments lie in the year before. */
export const YEAR = 2026

const PER_CLASS = 40

/**
 * Makes the facts of a province as its database's owner, by statements over series, past triggers: `enrolments` of
 * {@link YEAR}, seven in ten of them assessed, half of all with a certificate; every tenth person comes twice to an
 * academy, every fiftieth has also been at another, every second of the year before comes again.
 */
export async function makeFacts(owner: postgres.Sql, enrolments: number): Promise<void> {
  await owner.begin(async (sql) => {
    await sql`set local session_replication_role = replica`
    await sql`set local work_mem = '64MB'`
    await sql`truncate tally, tally_member, tally_union, tally_mark, certificate_number, certificate, assessment, enrolment,
      class, person, brand_occupation, brand, designation, academy cascade`
    const id = (kind: number, n: postgres.Fragment) =>
      sql`(lpad(to_hex(${kind}::int), 8, '0') || '-0000-7000-8000-' || lpad(to_hex(${n}), 12, '0'))::uuid`
    const a = sql`(i % ${ACADEMIES}::int)`
    const classNo = sql`(i / ${ACADEMIES * PER_CLASS}::int)`
    const classId = id(3, sql`${a} * 1000000 + ${classNo}`)
    const last = Math.floor(enrolments * 1.2)
    await sql`
      insert into occupation (code, edition, name)
      select '9-99-99-0' || n, 2022, '职业' || n from generate_series(1, 4) n on conflict do nothing`
    await sql`
      insert into academy (id, code, name, kind, city_code, sponsor_id, created_at)
      select ${id(1, sql`n`)}, 'BENCH' || lpad(n::text, 2, '0'), '测试工匠学院' || n, 'industry', null,
        (select id from trade_union order by name offset n % 21 limit 1), now()
      from generate_series(0, ${ACADEMIES - 1}::int) n`
    await sql`insert into designation (academy_id, from_year) select id, 2024 from academy`
    await sql`
      insert into brand (academy_id, id, name, valid_from, status)
      select a.id, ${id(2, sql`n`)}, '品牌' || n, '2024-01-01', 'approved' from academy a, generate_series(1, 2) n`
    await sql`
      insert into class (academy_id, id, code, name, mode, occupation_code, occupation_edition, starts_on, ends_on,
        planned_hours, planned_practical_hours, origin, status, created_at)
      select distinct on (id) academy_id, id, 'C' || id, '焊工技能提升班', mode, code, case when code is not null then 2022 end,
        day, day + 5, 40, case when mode = 'mixed' then 20 end, 'ledger', 'published', now()
      from (
        select ${id(1, a)} as academy_id, ${classId} as id,
          (array['practical', 'mixed', 'classroom', 'online'])[1 + ${classNo} % 4] as mode,
          case when ${classNo} % 6 > 0 then '9-99-99-0' || 1 + ${classNo} % 4 end as code,
          make_date(case when i <= ${enrolments}::int then ${YEAR}::int else ${YEAR - 1}::int end, 1 + ${classNo} % 9, 3) as day
        from generate_series(1, ${last}::int) i) c`
    // An enrolment's own number is its person's, unless the person was somewhere before.
    await sql`
      create temporary table seated on commit drop as
      select i, ${id(1, a)} as academy_id, ${id(4, sql`i`)} as id, ${classId} as class_id, ${id(
        5,
        sql`case when i > ${enrolments}::int and i % 2 = 0 then i - ${enrolments}::int
        when i % 10 = 9 and i > ${ACADEMIES * PER_CLASS}::int then i - ${ACADEMIES * PER_CLASS}::int
        when i % 50 = 7 then i - 1 else i end`,
      )} as person_id
      from generate_series(1, ${last}::int) i`
    await sql`
      insert into person (id, document_type, document_index, document_sealed, created_at)
      select distinct person_id, 'resident_id', uuid_send(person_id), '\\x00'::bytea, now() from seated`
    await sql`
      insert into enrolment (academy_id, id, class_id, person_id, seat, name, category, declared_level, hours_attended,
        practical_hours_attended, credited_on, created_at)
      select s.academy_id, s.id, s.class_id, s.person_id, 'enrolled', '张合成',
        (array['employed', 'flexible', 'new_form', null, 'retired'])[1 + s.i % 5], case when s.i % 7 = 0 then 'l5' end, 40,
        case when c.mode = 'mixed' then 20 end, case when s.i % 12 > 0 then c.ends_on end, now()
      from seated s join class c on c.academy_id = s.academy_id and c.id = s.class_id`
    await sql`
      insert into assessment (academy_id, id, enrolment_id, assessed_on, result, created_at)
      select s.academy_id, ${id(6, sql`s.i`)}, s.id, c.ends_on + 5,
        case when s.i % 10 < 5 then 'passed' when s.i % 20 = 5 then 'absent' when s.i % 3 = 0 then 'failed' else 'passed' end, now()
      from seated s join class c on c.academy_id = s.academy_id and c.id = s.class_id
      where s.i % 10 < 7`
    await sql`
      insert into certificate (academy_id, id, assessment_id, type, number, number_index, level, issued_on, status, created_at)
      select s.academy_id, ${id(7, sql`s.i`)}, ${id(6, sql`s.i`)}, 'skill_level', 'N' || s.i, uuid_send(${id(7, sql`s.i`)}),
        (array['l5', 'l4', 'l3'])[1 + s.i % 3], '2026-10-01', case when s.i % 90 = 0 then 'revoked' else 'valid' end, now()
      from seated s where s.i % 10 < 5`
  })
  await owner`analyze`
}

/** Gives the persons of one academy documents that open: those who will be shown. */
export async function sealDocuments(owner: postgres.Sql, academyId: string): Promise<void> {
  const persons = await owner<{ id: string }[]>`
    select distinct person_id as id from enrolment where academy_id = ${academyId}`
  const number = '990000196001010010'
  for (let at = 0; at < persons.length; at += 2000) {
    const some = persons.slice(at, at + 2000)
    await owner`
      update person p set document_sealed = decode(n.sealed, 'hex')
      from unnest(${some.map(({ id }) => id)}::uuid[], ${some.map(({ id }) => seal('person.document', id, number).toString('hex'))}::text[]) n (id, sealed)
      where p.id = n.id`
  }
}
