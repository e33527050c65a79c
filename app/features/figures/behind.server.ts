import { and, asc, eq, inArray } from 'drizzle-orm'
import type { Tx } from '#db/client.server.ts'
import { assessment, certificate, enrolment, person, trainingClass } from '#db/schema/index.ts'
import type { Category, CertificateStatus, CertificateType, DeclaredLevel, Level, Mode, Result } from '#db/values.ts'
import { maskDocument, maskName, type Sight } from '../persons/masking.ts'
import { open } from '../persons/vault.server.ts'
import { policyFor } from '../policy/policy.server.ts'
import { type CertificateBehind, type FactBehind, isAboutTraining, type ListBehind, type RowBehind } from './behind.ts'
import { listKeys } from './behind-keys.server.ts'
import type { Figure } from './figures.ts'
import type { Asked } from './members.server.ts'

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
  const asked: Asked = { year, today, academyIds: [academyId], policy: await policyFor(tx, year), previous: null }
  const about = { academyId, figure, after, limit: limit + 1 }
  const found = await listKeys(tx, asked, about)
  const page = found.keys.slice(0, limit)
  const ids = page.flatMap(({ facts }) => facts)
  const facts = isAboutTraining(figure) ? await creditsOf(tx, academyId, ids) : await assessmentsOf(tx, academyId, ids)
  return {
    count: found.count,
    rows: page.map(({ key, facts: own }) => toRow(key, own.map((id) => facts.get(id)).filter(isThere), sight)),
    next: found.keys.length > limit ? (page.at(-1)?.key ?? null) : null,
  }
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
