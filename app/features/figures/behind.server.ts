import { and, asc, eq, inArray, type SQL, sql } from 'drizzle-orm'
import type { Tx } from '#db/client.server.ts'
import { assessment, certificate, enrolment, person, trainingClass } from '#db/schema/index.ts'
import type { Category, CertificateStatus, CertificateType, DeclaredLevel, Level, Mode, Result } from '#db/values.ts'
import { maskDocument, maskName, type Sight } from '../persons/masking.ts'
import { open } from '../persons/vault.server.ts'
import { policyFor } from '../policy/policy.server.ts'
import { type CertificateBehind, type FactBehind, isAboutTraining, type ListBehind, type RowBehind } from './behind.ts'
import { type Figure, isEnrolmentFigure } from './figures.ts'
import { type Asked, memberOf, members } from './members.server.ts'

const PAGE = 25

/**
 * The persons behind a figure of one academy and year (behind `…_times`: the enrolments), masked, a page at a time in the
 * order in which they were recorded, each with the credits or assessments that made them count. By the same conditions
 * as the figure, so that `count` equals it. Runs as system('figures') once the academy is known to be in the viewer's scope.
 * @param input.after the `next` of the page before; null: from the start.
 * @param input.sight how much of a document number the viewer sees.
 */
export async function listPersons(
  tx: Tx,
  input: {
    academyId: string
    year: number
    today: string
    figure: Exclude<Figure, 'brands'>
    after: string | null
    sight: Sight
    limit?: number
  },
): Promise<ListBehind> {
  const { academyId, year, today, figure, after, sight, limit = PAGE } = input
  const policy = await policyFor(tx, year)
  const asked: Asked = { year, today, academyIds: [academyId], policy, previous: null }
  const found = await tx.execute<{ count: number; key: string | null; facts: string[] | null }>(sql`
    with ${members(asked)},
    listed as (${listed(figure)}),
    page as (
      select key, person_id from listed
      where ${after ? sql`key > ${after}::uuid` : sql`true`}
      order by key limit ${limit + 1}
    )
    select n.count, p.key, p.facts
    from (select count(*)::int as count from listed) n
    left join (
      select page.key, array_agg(f.id order by f.at, f.id) as facts
      from page join (${factsBehind(figure)}) f on ${isEnrolmentFigure(figure) ? sql`f.id = page.key` : sql`f.person_id = page.person_id`}
      group by page.key
    ) p on true
    order by p.key`)
  const page = found.flatMap(({ key, facts }) => (key ? [{ key, facts: facts ?? [] }] : [])).slice(0, limit)
  const ids = page.flatMap(({ facts }) => facts)
  const facts = isAboutTraining(figure) ? await creditsOf(tx, academyId, ids) : await assessmentsOf(tx, academyId, ids)
  return {
    count: found[0]?.count ?? 0,
    rows: page.map(({ key, facts: own }) => toRow(key, own.map((id) => facts.get(id)).filter(isThere), sight)),
    next: found.length > limit ? (page.at(-1)?.key ?? null) : null,
  }
}

/** What the figure counts: `key` is what is counted, a person or an enrolment. */
function listed(figure: Exclude<Figure, 'brands'>): SQL {
  if (!isEnrolmentFigure(figure))
    return sql`select m.person_id as key, m.person_id from member m where ${memberOf[figure]}`
  const [belongs, counts] =
    figure === 'trained_times' ? [memberOf.trained, sql`true`] : [memberOf.practical, sql`c.practical`]
  return sql`select c.id as key, c.person_id from credited c
    where ${counts} and c.person_id in (select m.person_id from member m where ${belongs})`
}

function factsBehind(figure: Figure): SQL {
  if (!isAboutTraining(figure))
    return sql`select distinct assessment_id as id, person_id, assessed_on as at from sitting where counts`
  const counts = figure.startsWith('practical') ? sql`c.practical` : sql`true`
  return sql`select c.id, c.person_id, c.credited_on as at from credited c where ${counts}`
}

type Found = { personId: string; name: string; sealed: Buffer; category: string | null; fact: FactBehind }

const isThere = (found: Found | undefined): found is Found => found !== undefined

function toRow(key: string, found: Found[], sight: Sight): RowBehind {
  const latest = found.at(-1)
  if (!latest) throw new Error('a person counts by nothing') // members and their facts come from one statement
  return {
    key,
    personId: latest.personId,
    name: maskName(latest.name),
    document: maskDocument(open('person.document', latest.personId, latest.sealed), sight),
    category: latest.category as Category | null,
    facts: found.map(({ fact }) => fact),
  }
}

const shared = {
  personId: enrolment.personId,
  name: enrolment.name,
  sealed: person.documentSealed,
  category: enrolment.category,
  declaredLevel: enrolment.declaredLevel,
  classCode: trainingClass.code,
  className: trainingClass.name,
  mode: trainingClass.mode,
}
const classOfEnrolment = and(eq(trainingClass.academyId, enrolment.academyId), eq(trainingClass.id, enrolment.classId))

const classOf = (row: { classCode: string; className: string; mode: string; declaredLevel: string | null }) => ({
  classCode: row.classCode,
  className: row.className,
  mode: row.mode as Mode,
  declaredLevel: row.declaredLevel as DeclaredLevel | null,
})

async function creditsOf(tx: Tx, academyId: string, ids: string[]): Promise<Map<string, Found>> {
  const rows = await tx
    .select({
      ...shared,
      id: enrolment.id,
      creditedOn: enrolment.creditedOn,
      hours: enrolment.hoursAttended,
      practicalHours: enrolment.practicalHoursAttended,
    })
    .from(enrolment)
    .innerJoin(trainingClass, classOfEnrolment)
    .innerJoin(person, eq(person.id, enrolment.personId))
    .where(and(eq(enrolment.academyId, academyId), inArray(enrolment.id, ids)))
  return new Map(
    rows.map((row) => {
      const { creditedOn, hours, practicalHours } = row
      const fact: FactBehind = { kind: 'credit', ...classOf(row), creditedOn: creditedOn ?? '', hours, practicalHours }
      return [row.id, { ...row, fact }]
    }),
  )
}

async function assessmentsOf(tx: Tx, academyId: string, ids: string[]): Promise<Map<string, Found>> {
  const rows = await tx
    .select({
      ...shared,
      id: assessment.id,
      assessedOn: assessment.assessedOn,
      result: assessment.result,
      type: certificate.type,
      level: certificate.level,
      status: certificate.status,
      issuedOn: certificate.issuedOn,
    })
    .from(assessment)
    .innerJoin(enrolment, and(eq(enrolment.academyId, assessment.academyId), eq(enrolment.id, assessment.enrolmentId)))
    .innerJoin(trainingClass, classOfEnrolment)
    .innerJoin(person, eq(person.id, enrolment.personId))
    .leftJoin(
      certificate,
      and(eq(certificate.academyId, assessment.academyId), eq(certificate.assessmentId, assessment.id)),
    )
    .where(and(eq(assessment.academyId, academyId), inArray(assessment.id, ids)))
    .orderBy(asc(certificate.type))
  const found = new Map<string, Found>()
  for (const row of rows) {
    const { assessedOn, result, type, level, status, issuedOn } = row
    const known = found.get(row.id)?.fact
    const certificates: CertificateBehind[] = known?.kind === 'assessment' ? known.certificates : []
    if (type && status && issuedOn)
      certificates.push({
        type: type as CertificateType,
        level: level as Level | null,
        status: status as CertificateStatus,
        issuedOn,
      })
    const fact: FactBehind = { kind: 'assessment', ...classOf(row), assessedOn, result: result as Result, certificates }
    found.set(row.id, { ...row, fact })
  }
  return found
}
