import type postgres from 'postgres'
import { checkDigit, documentKey } from '#app/features/persons/documents.ts'
import { indexOf, seal } from '#app/features/persons/vault.server.ts'
import { newId } from '#app/lib/ids.ts'
import {
  type AcademyFact,
  type AssessmentFact,
  type BrandFact,
  type CertificateFact,
  type ClassFact,
  type EnrolmentFact,
  type Facts,
  noFacts,
  type PersonFact,
} from './facts.ts'

/** Leaves out what a test does not care about: each call adds one fact with sensible values, and returns it. */
export type Builder = {
  facts: Facts
  academy: (given?: Partial<AcademyFact>) => AcademyFact
  brand: (academy: AcademyFact, given?: Partial<BrandFact>) => BrandFact
  /** A classroom class of 10 hours in March 2026, in the occupation 6-18-02-04. */
  class: (academy: AcademyFact, given?: Partial<ClassFact>) => ClassFact
  person: () => PersonFact
  /** Credited on the class's end date unless said otherwise. */
  enrolment: (of: ClassFact, person?: PersonFact, given?: Partial<EnrolmentFact>) => EnrolmentFact
  /** Passed on the day after the credit unless said otherwise. */
  assessment: (of: EnrolmentFact, given?: Partial<AssessmentFact>) => AssessmentFact
  /** 职业技能等级证书, 四级/中级工, valid, issued on the day of the assessment, unless said otherwise. */
  certificate: (of: AssessmentFact, given?: Partial<CertificateFact>) => CertificateFact
}

export const WELDER = { code: '6-18-02-04', edition: 2022 }
export const WELDER_2015 = { code: '6-18-02-04', edition: 2015 }
export const ELECTRICIAN = { code: '6-31-01-03', edition: 2022 }

let serial = 0

/** Collects facts for {@link insertFacts}; ids, codes and documents are new in every call. */
export function build(): Builder {
  const facts = noFacts()
  const add = <T>(to: T[], fact: T): T => {
    to.push(fact)
    return fact
  }
  const builder: Builder = {
    facts,
    academy: (given) => {
      const n = ++serial
      const code = `T${String(n).padStart(5, '0')}`
      const made = {
        id: newId(),
        code,
        name: `第${n}工匠学院`,
        kind: 'local',
        cityCode: null,
        sponsorId: SPONSOR,
      } as const
      return add(facts.academies, { ...made, designated: [2024, null], ...given })
    },
    brand: (academy, given) =>
      add(facts.brands, {
        academyId: academy.id,
        id: newId(),
        name: `品牌${++serial}`,
        validFrom: '2024-01-01',
        validUntil: null,
        status: 'approved',
        ...given,
      }),
    class: (academy, given) =>
      add(facts.classes, {
        academyId: academy.id,
        id: newId(),
        code: `C${++serial}`,
        name: '焊工班',
        mode: 'classroom',
        occupation: WELDER,
        startsOn: given?.endsOn ?? '2026-03-02',
        endsOn: '2026-03-06',
        plannedHours: 10,
        plannedPracticalHours: given?.mode === 'mixed' ? 5 : null,
        ...given,
      }),
    person: () => add(facts.persons, { id: newId(), document: syntheticDocument(++serial) }),
    enrolment: (of, person = builder.person(), given) =>
      add(facts.enrolments, {
        academyId: of.academyId,
        id: newId(),
        classId: of.id,
        personId: person.id,
        name: '张合成',
        category: 'employed',
        declaredLevel: null,
        hours: 10,
        practicalHours: of.mode === 'mixed' ? 5 : null,
        creditedOn: of.endsOn,
        ...given,
      }),
    assessment: (of, given) =>
      add(facts.assessments, {
        academyId: of.academyId,
        id: newId(),
        enrolmentId: of.id,
        assessedOn: of.creditedOn ?? '2026-03-10',
        result: 'passed',
        ...given,
      }),
    certificate: (of, given) => {
      const type = given?.type ?? 'skill_level'
      return add(facts.certificates, {
        academyId: of.academyId,
        id: newId(),
        assessmentId: of.id,
        type,
        level: type === 'skill_level' || type === 'qualification' ? 'l4' : null,
        issuedOn: of.assessedOn,
        status: 'valid',
        ...given,
      })
    },
  }
  return builder
}

/** The union that sponsors academies which say nothing else. */
export const SPONSOR = '0192f000-0000-7000-8000-000000000001'

/** An 18-digit number that nobody has: a region that was never issued, a right check digit. */
export function syntheticDocument(n: number): string {
  const first17 = `990000${19600101 + (n % 28)}${String(n % 1000).padStart(3, '0')}`
  const unique = first17.slice(0, 2) + String(Math.floor(n / 1000)).padStart(4, '0') + first17.slice(6)
  return unique + checkDigit(unique)
}

const CREATED = new Date('2026-01-01T00:00:00Z')
const ROWS_AT_ONCE = 2000

/** Inserts facts as the database's owner, past row-level security and the features' rules. Needs the test runtime. */
export async function insertFacts(owner: postgres.Sql, facts: Facts): Promise<void> {
  const insert = async (table: string, rows: Record<string, postgres.SerializableParameter | Buffer>[]) => {
    for (let at = 0; at < rows.length; at += ROWS_AT_ONCE)
      await owner`insert into ${owner(table)} ${owner(rows.slice(at, at + ROWS_AT_ONCE))} on conflict do nothing`
  }
  const sponsors = new Set(facts.academies.map((academy) => academy.sponsorId))
  await insert(
    'trade_union',
    [...sponsors].map((id) => ({ id, name: `工会${id.slice(-12)}`, kind: 'industrial_union' })),
  )
  const cities = new Set(facts.academies.map((academy) => academy.cityCode).filter((code) => code !== null))
  await insert(
    'city',
    [...cities].map((code) => ({ code, name: `城市${code}`, name_en: `City ${code}`, position: Number(code) })),
  )
  await insert(
    'academy',
    facts.academies.map(({ id, code, name, kind, cityCode, sponsorId }) => ({
      ...{ id, code, name, kind, city_code: cityCode, sponsor_id: sponsorId, created_at: CREATED },
    })),
  )
  await insert(
    'designation',
    facts.academies.flatMap(({ id, designated }) =>
      designated ? [{ academy_id: id, from_year: designated[0], until_year: designated[1] }] : [],
    ),
  )
  await insert(
    'brand',
    facts.brands.map(({ academyId, id, name, validFrom, validUntil, status }) => ({
      ...{ academy_id: academyId, id, name, valid_from: validFrom, valid_until: validUntil, status },
    })),
  )
  const occupations = facts.classes.map((of) => of.occupation).filter((occupation) => occupation !== null)
  await insert(
    'occupation',
    occupations.map(({ code, edition }) => ({ code, edition, name: `职业${code}` })),
  )
  await insert('class', facts.classes.map(classRow))
  await insert('person', facts.persons.map(personRow))
  await insert('enrolment', facts.enrolments.map(enrolmentRow))
  await insert(
    'assessment',
    facts.assessments.map(({ academyId, id, enrolmentId, assessedOn, result }) => ({
      ...{ academy_id: academyId, id, enrolment_id: enrolmentId, assessed_on: assessedOn, result, created_at: CREATED },
    })),
  )
  await insert('certificate', facts.certificates.map(certificateRow))
}

const classRow = (of: ClassFact) => ({
  academy_id: of.academyId,
  id: of.id,
  code: of.code,
  name: of.name,
  mode: of.mode,
  occupation_code: of.occupation?.code ?? null,
  occupation_edition: of.occupation?.edition ?? null,
  starts_on: of.startsOn,
  ends_on: of.endsOn,
  planned_hours: of.plannedHours,
  planned_practical_hours: of.plannedPracticalHours,
  origin: 'ledger',
  status: 'published',
  created_at: CREATED,
})

const personRow = ({ id, document }: PersonFact) => ({
  id,
  document_type: 'resident_id',
  document_index: indexOf('document', documentKey('resident_id', document)),
  document_sealed: seal('person.document', id, document),
  created_at: CREATED,
})

const enrolmentRow = (of: EnrolmentFact) => ({
  academy_id: of.academyId,
  id: of.id,
  class_id: of.classId,
  person_id: of.personId,
  seat: 'enrolled',
  name: of.name,
  category: of.category,
  declared_level: of.declaredLevel,
  hours_attended: of.hours,
  practical_hours_attended: of.practicalHours,
  credited_on: of.creditedOn,
  created_at: CREATED,
})

function certificateRow(of: CertificateFact) {
  const number = `N-${of.id}`
  return {
    academy_id: of.academyId,
    id: of.id,
    assessment_id: of.assessmentId,
    type: of.type,
    work_item: '',
    number: of.type === 'special_operation' ? null : number,
    number_sealed: of.type === 'special_operation' ? seal('certificate.number', of.id, number) : null,
    number_index: indexOf('certificate', number),
    level: of.level,
    issued_on: of.issuedOn,
    status: of.status,
    created_at: CREATED,
  }
}
