import { and, asc, eq, ne } from 'drizzle-orm'
import { system, type Viewer } from '#app/features/accounts/actor.ts'
import { as, within } from '#app/features/accounts/as.server.ts'
import { markOf, sessionsOfEnrolment } from '#app/features/attendance/joins.server.ts'
import { maskCertificateNumber, maskDocument, type Sight } from '#app/features/persons/masking.ts'
import { open } from '#app/features/persons/vault.server.ts'
import { listSittings, type Sitting } from '#app/features/training/assessment-sittings.server.ts'
import { type HeldSession, listSessions } from '#app/features/training/session-held.server.ts'
import type { Tx } from '#db/client.server.ts'
import { assessment, attendanceMark, certificate, classSession, enrolment, person } from '#db/schema/index.ts'
import type { AttendanceMark, CertificateType, Level, Result } from '#db/values.ts'
import { type FiledClass, findFiledClass } from './find.server.ts'

/** A worker of the class as the tables of its file have them. */
export type MadeWorker = {
  enrolmentId: string
  name: string
  document: string | null
  employer: string | null
  hoursAttended: number | null
}
export type MadeScore = {
  enrolmentId: string
  assessedOn: string
  theory: number | null
  practical: number | null
  result: Result
}
export type MadeCertificate = {
  enrolmentId: string
  type: CertificateType
  number: string
  level: Level | null
  issuedOn: string
}

/** What the system itself knows of a class, for its file. Workers stand in the order of the roster. */
export type Made = {
  of: FiledClass
  sessions: HeldSession[]
  /** Of the assessment plan, cancelled ones too. */
  sittings: Sitting[]
  workers: MadeWorker[]
  /** When it was asked: a session that is over and unmarked is another matter than one that has not been held. */
  at: Date
  /** By session and worker; a pair that is not here is unmarked. */
  marks: Map<string, AttendanceMark>
  scores: MadeScore[]
  certificates: MadeCertificate[]
}

export const markKey = (sessionId: string, enrolmentId: string): string => `${sessionId} ${enrolmentId}`

/** Who works with the people sees more of a number than who oversees them. */
const sightOf = ({ role }: Viewer): Sight =>
  role === 'academy_admin' || role === 'instructor' ? 'working' : 'elsewhere'

/** All of it in one reading. Null: no such class of the viewer's. */
export async function findMade(
  viewer: Viewer,
  asked: { academyCode: string; classId: string; now: Date },
): Promise<Made | null> {
  const found = await as(viewer, async (tx) => {
    const of = await findFiledClass(tx, { viewer, ...asked })
    if (!of) return null
    const place = { academyId: of.academyId, classId: of.id }
    // Who teaches the other sessions an instructor does not read; the timetable says it to everybody.
    const timetable = await within(tx, system('timetable'), async (tx) => ({
      sessions: await listSessions(tx, place),
      sittings: await listSittings(tx, place),
    }))
    return { of, ...timetable, ...(await selectPeople(tx, of)) }
  })
  if (!found) return null
  const { of, sessions, sittings, workers, marks, scores, certificates } = found
  const sight = sightOf(viewer)
  return {
    of,
    at: asked.now,
    sittings,
    sessions: sessions.map((session) => ({ ...session, site: session.site ?? of.site })),
    workers: workers.map(({ personId, documentSealed, ...worker }) => ({
      ...worker,
      document: personId && documentSealed && maskDocument(open('person.document', personId, documentSealed), sight),
    })),
    marks: new Map(
      marks.map(({ sessionId, enrolmentId, mark }) => [markKey(sessionId, enrolmentId), mark as AttendanceMark]),
    ),
    scores: scores.map(({ result, ...score }) => ({ ...score, result: result as Result })),
    certificates: certificates.map(({ id, number, numberSealed, type, level, ...one }) => ({
      ...one,
      type: type as CertificateType,
      level: level as Level | null,
      number:
        number ?? (numberSealed ? maskCertificateNumber(open('certificate.number', id, numberSealed), sight) : ''),
    })),
  }
}

async function selectPeople(tx: Tx, of: FiledClass) {
  const seated = and(
    eq(enrolment.academyId, of.academyId),
    eq(enrolment.classId, of.id),
    eq(enrolment.seat, 'enrolled'),
  )
  const ofEnrolment = and(eq(assessment.academyId, enrolment.academyId), eq(assessment.enrolmentId, enrolment.id))
  const workers = await tx
    .select({
      enrolmentId: enrolment.id,
      name: enrolment.name,
      employer: enrolment.employer,
      hoursAttended: enrolment.hoursAttended,
      personId: person.id,
      documentSealed: person.documentSealed,
    })
    .from(enrolment)
    .leftJoin(person, eq(person.id, enrolment.personId))
    .where(seated)
    .orderBy(asc(enrolment.id))
  const marks = await tx
    .select({ sessionId: classSession.id, enrolmentId: enrolment.id, mark: attendanceMark.mark })
    .from(enrolment)
    .innerJoin(classSession, and(sessionsOfEnrolment, ne(classSession.status, 'cancelled')))
    .innerJoin(attendanceMark, markOf())
    .where(seated)
  const scores = await tx
    .select({
      enrolmentId: enrolment.id,
      assessedOn: assessment.assessedOn,
      theory: assessment.theoryScore,
      practical: assessment.practicalScore,
      result: assessment.result,
    })
    .from(enrolment)
    .innerJoin(assessment, ofEnrolment)
    .where(seated)
    .orderBy(asc(enrolment.id), asc(assessment.assessedOn))
  const certificates = await tx
    .select({
      id: certificate.id,
      enrolmentId: enrolment.id,
      type: certificate.type,
      number: certificate.number,
      numberSealed: certificate.numberSealed,
      level: certificate.level,
      issuedOn: certificate.issuedOn,
    })
    .from(enrolment)
    .innerJoin(assessment, ofEnrolment)
    .innerJoin(
      certificate,
      and(
        eq(certificate.academyId, assessment.academyId),
        eq(certificate.assessmentId, assessment.id),
        eq(certificate.status, 'valid'),
      ),
    )
    .where(seated)
    .orderBy(asc(enrolment.id), asc(certificate.issuedOn), asc(certificate.id))
  return { workers, marks: marks.filter(({ mark }) => mark !== null), scores, certificates }
}
