import { and, asc, desc, eq, sql } from 'drizzle-orm'
import { shanghaiDate, yearOf } from '#app/lib/calendar.ts'
import { isId } from '#app/lib/ids.ts'
import type { Tx } from '#db/client.server.ts'
import { assessment, certificate, enrolment, trainingClass } from '#db/schema/index.ts'
import type { Category, CertificateStatus, CertificateType, DeclaredLevel, Level, Mode, Result } from '#db/values.ts'
import { system, type Viewer } from '../accounts/actor.ts'
import { as } from '../accounts/as.server.ts'
import { scopeOf } from '../accounts/roles.ts'
import { maskCertificateNumber, maskDocument, maskName } from '../persons/masking.ts'
import { findDocument } from '../persons/persons.server.ts'
import { open } from '../persons/vault.server.ts'
import { listPolicyYears, policyFor } from '../policy/policy.server.ts'
import { FIGURES, type Figure, isEnrolmentFigure, type PersonFigure } from './figures.ts'
import { type Asked, memberOf, members } from './members.server.ts'
import { readYear, yearChoices } from './overview-view.ts'
import { type EnrolmentOf, type PersonRecord, type Sitting, whyNotImproved } from './person-record.ts'
import { academyInScope } from './scope.server.ts'

/**
 * One person's record at one academy, and where each fact counts in a year: by the same conditions as the figures. Whether
 * the academy is in the viewer's scope is asked as the viewer; the record and the counting run as system('figures').
 * @returns null where there is no such academy or person there, or it is not the viewer's to see.
 */
export async function personPageFor(
  viewer: Viewer,
  asked: { academyCode: string; personId: string; search: URLSearchParams; now: Date },
): Promise<PersonRecord | null> {
  if (!isId(asked.personId)) return null
  const today = shanghaiDate(asked.now)
  const { academy, years } = await as(viewer, async (tx) => ({
    academy: await academyInScope(tx, asked.academyCode),
    years: yearChoices(await listPolicyYears(tx), yearOf(today)),
  }))
  if (!academy) return null
  const year = readYear(asked.search.get('year'), { years, thisYear: yearOf(today) })
  const sight = scopeOf(viewer.role, 'figures.read') === 'academy' ? 'working' : 'elsewhere'
  const of = { academyId: academy.id, personId: asked.personId }

  return as(system('figures'), async (tx) => {
    const found = await listEnrolments(tx, of)
    const document = found.length > 0 ? await findDocument(tx, asked.personId) : null
    if (!document || !found[0]) return null
    const policy = await policyFor(tx, year)
    const counted = await countedOf(
      tx,
      { year, today, academyIds: [academy.id], policy, previous: null },
      asked.personId,
    )
    const sittings = await listSittings(tx, of, counted)
    return {
      academy: { code: academy.code, name: academy.name },
      personId: asked.personId,
      ...{ year, years },
      name: maskName(found[0].name),
      documentType: document.type,
      document: maskDocument(document.number, sight),
      figures: counted.figures,
      enrolments: found.map(
        ({ id, name: _, ...row }): EnrolmentOf => ({
          ...row,
          id,
          counts: counted.credited.get(id) ?? null,
          sittings: sittings.get(id) ?? [],
        }),
      ),
    }
  })
}

type Of = { academyId: string; personId: string }

/** The person's enrolments at the academy that came to something, latest first. */
async function listEnrolments(tx: Tx, { academyId, personId }: Of) {
  const rows = await tx
    .select({
      id: enrolment.id,
      name: enrolment.name,
      category: enrolment.category,
      declaredLevel: enrolment.declaredLevel,
      hours: enrolment.hoursAttended,
      practicalHours: enrolment.practicalHoursAttended,
      creditedOn: enrolment.creditedOn,
      classCode: trainingClass.code,
      className: trainingClass.name,
      mode: trainingClass.mode,
      startsOn: trainingClass.startsOn,
      endsOn: trainingClass.endsOn,
      plannedHours: trainingClass.plannedHours,
    })
    .from(enrolment)
    .innerJoin(
      trainingClass,
      and(eq(trainingClass.academyId, enrolment.academyId), eq(trainingClass.id, enrolment.classId)),
    )
    .where(and(eq(enrolment.academyId, academyId), eq(enrolment.personId, personId), eq(enrolment.seat, 'enrolled')))
    .orderBy(desc(trainingClass.endsOn), asc(trainingClass.code))
  return rows.map((row) => ({
    ...row,
    mode: row.mode as Mode,
    category: row.category as Category | null,
    declaredLevel: row.declaredLevel as DeclaredLevel | null,
  }))
}

type Counted = {
  /** Every figure of the year with how often the person stands in it: persons once, enrolments each. */
  figures: Partial<Record<Figure, number>>
  /** By enrolment: whether it counts as training, and as hands-on training. */
  credited: Map<string, { trained: boolean; practical: boolean }>
  /** By assessment of the year that counts. */
  examined: Map<string, { recognised: boolean; improves: boolean; heldRank: number | null; rank: number | null }>
}

async function countedOf(tx: Tx, asked: Asked, personId: string): Promise<Counted> {
  const flags = (Object.keys(memberOf) as PersonFigure[]).map(
    (figure) => sql`coalesce(${memberOf[figure]}, false) as ${sql.identifier(figure)}`,
  )
  const rows = await tx.execute<{ is: 'member' | 'credit' | 'sitting'; id: string | null; facts: Facts }>(sql`
    with ${members(asked)}
    select 'member' as is, null::uuid as id, to_jsonb(f) as facts
    from (select ${sql.join(flags, sql`, `)} from member m where m.person_id = ${personId}::uuid) f
    union all
    select 'credit', c.id, jsonb_build_object('practical', c.practical) from credited c where c.person_id = ${personId}::uuid
    union all
    select 'sitting', o.assessment_id, jsonb_build_object(
      'recognised', bool_or(o.result = 'passed' and o.recognised),
      'improves', coalesce(bool_or(o.result = 'passed' and o.recognised and o.occupation_code is not null
        and o.rank > greatest(o.held_rank, o.declared_rank, -1)), false),
      'rank', max(o.rank), 'held', max(greatest(o.held_rank, o.declared_rank)))
    from outcome o
    where o.counts and o.person_id = ${personId}::uuid
    group by o.assessment_id`)
  const member = rows.find((row) => row.is === 'member')?.facts
  const credits = rows.filter((row) => row.is === 'credit')
  const times = {
    trained_times: member?.trained ? credits.length : 0,
    practical_times: member?.practical ? credits.filter(({ facts }) => facts.practical).length : 0,
  }
  return {
    figures: Object.fromEntries(
      FIGURES.flatMap((figure) => {
        const count = isEnrolmentFigure(figure) ? times[figure] : member?.[figure] ? 1 : 0
        return count > 0 ? [[figure, count]] : []
      }),
    ),
    credited: new Map(
      credits.map(({ id, facts }) => [
        id ?? '',
        {
          trained: member?.trained === true,
          practical: member?.practical === true && facts.practical === true,
        },
      ]),
    ),
    examined: new Map(
      rows
        .filter((row) => row.is === 'sitting')
        .map(({ id, facts }) => [
          id ?? '',
          {
            recognised: facts.recognised === true,
            improves: facts.improves === true,
            rank: typeof facts.rank === 'number' ? facts.rank : null,
            heldRank: typeof facts.held === 'number' ? facts.held : null,
          },
        ]),
    ),
  }
}

type Facts = Record<string, boolean | number | null>

/** Assessments with their certificates, by enrolment. */
async function listSittings(tx: Tx, { academyId, personId }: Of, counted: Counted): Promise<Map<string, Sitting[]>> {
  const rows = await tx
    .select({
      enrolmentId: assessment.enrolmentId,
      occupation: trainingClass.occupationCode,
      id: assessment.id,
      assessedOn: assessment.assessedOn,
      result: assessment.result,
      certificateId: certificate.id,
      type: certificate.type,
      level: certificate.level,
      number: certificate.number,
      sealed: certificate.numberSealed,
      status: certificate.status,
      issuedOn: certificate.issuedOn,
    })
    .from(assessment)
    .innerJoin(enrolment, and(eq(enrolment.academyId, assessment.academyId), eq(enrolment.id, assessment.enrolmentId)))
    .innerJoin(
      trainingClass,
      and(eq(trainingClass.academyId, enrolment.academyId), eq(trainingClass.id, enrolment.classId)),
    )
    .leftJoin(
      certificate,
      and(eq(certificate.academyId, assessment.academyId), eq(certificate.assessmentId, assessment.id)),
    )
    .where(and(eq(assessment.academyId, academyId), eq(enrolment.personId, personId)))
    .orderBy(asc(assessment.assessedOn), asc(assessment.id), asc(certificate.type))
  const found = new Map<string, Sitting[]>()
  for (const row of rows) {
    const own = found.get(row.enrolmentId) ?? []
    const known = own.find(({ id }) => id === row.id)
    const sitting = known ?? sittingOf(row, counted)
    if (row.certificateId && row.type && row.status && row.issuedOn)
      sitting.certificates.push({
        type: row.type as CertificateType,
        level: row.level as Level | null,
        number: row.sealed
          ? maskCertificateNumber(open('certificate.number', row.certificateId, row.sealed))
          : (row.number ?? ''),
        status: row.status as CertificateStatus,
        issuedOn: row.issuedOn,
      })
    if (!known) found.set(row.enrolmentId, [...own, sitting])
  }
  return found
}

function sittingOf(
  row: { id: string; assessedOn: string; result: string; occupation: string | null },
  counted: Counted,
): Sitting {
  const examined = counted.examined.get(row.id)
  const result = row.result as Result
  return {
    id: row.id,
    assessedOn: row.assessedOn,
    result,
    certificates: [],
    counts: examined
      ? {
          certified: examined.recognised,
          improves: examined.improves,
          whyNotImproved:
            examined.recognised && !examined.improves
              ? whyNotImproved({ ...examined, hasOccupation: row.occupation !== null })
              : null,
        }
      : null,
  }
}
