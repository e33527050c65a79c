import { and, asc, count, eq, inArray, isNotNull } from 'drizzle-orm'
import type { Viewer } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { staffNames } from '#app/features/accounts/names.server.ts'
import { listPersonHistory, type PersonHistoryRow } from '#app/features/persons/history.server.ts'
import { maskDocument, maskName, withoutNumbers } from '#app/features/persons/masking.ts'
import { documentMark } from '#app/features/persons/mend.server.ts'
import { open } from '#app/features/persons/vault.server.ts'
import { listNames, namesMark } from '#app/features/training/mend-name.server.ts'
import type { ChangeShown } from '#app/features/training/mend-page.server.ts'
import type { Tx } from '#db/client.server.ts'
import { academy, account, assessment, certificate, enrolment, person, trainingClass } from '#db/schema/index.ts'
import type { DocumentType, Result, Seat } from '#db/values.ts'
import { type LicenceChange, listLicenceHistory } from './licence-history.server.ts'
import { type Licences, listLicences } from './licences.server.ts'

/** A person's record in short, masked: what a merge puts side by side. */
export type PersonSummary = {
  id: string
  type: DocumentType
  document: string
  names: string[]
  academies: string[]
  enrolments: number
  assessments: number
  certificates: number
  accounts: number
  confirmedAccounts: number
  /** The person kept, where this record was merged. */
  mergedInto: string | null
}

export type PersonChangeShown = ChangeShown &
  (
    | Pick<PersonHistoryRow, 'change' | 'before' | 'otherId'>
    | ({ change: 'licence'; otherId: null } & Pick<LicenceChange, 'before'>)
  )

export type EnrolmentShown = {
  id: string
  academyCode: string
  academyName: string
  classId: string
  code: string
  name: string
  /** As the academy writes it, masked. */
  as: string
  endsOn: string
  seat: Seat
  creditedOn: string | null
  attempts: { id: string; on: string; result: Result; certificates: number }[]
}

export type PersonFile = {
  person: PersonSummary
  documentMark: string
  namesMark: string
  enrolments: EnrolmentShown[]
  licences: Licences
  history: PersonChangeShown[]
}

/** A person as the province's handler mends it, masked, with the history; after the guard `persons.mend`. */
export async function findPersonFile(viewer: Viewer, personId: string): Promise<PersonFile | null> {
  const found = await as(viewer, async (tx) => {
    const summary = await findPersonSummary(tx, personId)
    if (!summary) return null
    const [{ index }] = (await tx
      .select({ index: person.documentIndex })
      .from(person)
      .where(eq(person.id, personId))) as [{ index: Buffer }]
    const marks = {
      documentMark: documentMark(personId, index),
      namesMark: namesMark(personId, await listNames(tx, personId)),
    }
    const licenceChanges = await listLicenceHistory(tx, personId)
    const history = [
      ...(await listPersonHistory(tx, personId)),
      ...licenceChanges.map((row) => ({ ...row, change: 'licence' as const, otherId: null })),
    ].sort((a, b) => b.at.getTime() - a.at.getTime())
    const licences = await listLicences(tx, personId)
    return { person: summary, ...marks, enrolments: await listEnrolments(tx, personId), licences, history }
  })
  if (!found) return null
  const who = await staffNames(found.history.map(({ accountId }) => accountId))
  const history = found.history.map(({ accountId, reason, ...row }) => ({
    ...row,
    who: who[accountId] ?? null,
    reason: withoutNumbers(reason),
  }))
  return { ...found, history }
}

/** A person's record in short, or null. For the handler. */
export async function findPersonSummary(tx: Tx, personId: string): Promise<PersonSummary | null> {
  const [row] = await tx.select().from(person).where(eq(person.id, personId))
  if (!row) return null
  const academies = await tx
    .selectDistinct({ name: academy.name })
    .from(enrolment)
    .innerJoin(academy, eq(academy.id, enrolment.academyId))
    .where(eq(enrolment.personId, personId))
    .orderBy(asc(academy.name))
  const [counts] = await tx
    .select({
      enrolments: count(enrolment.id),
    })
    .from(enrolment)
    .where(eq(enrolment.personId, personId))
  const attempts = and(eq(enrolment.academyId, assessment.academyId), eq(enrolment.id, assessment.enrolmentId))
  const [assessed] = await tx
    .select({ assessments: count(assessment.id) })
    .from(assessment)
    .innerJoin(enrolment, attempts)
    .where(eq(enrolment.personId, personId))
  const [certified] = await tx
    .select({ certificates: count(certificate.id) })
    .from(certificate)
    .innerJoin(
      assessment,
      and(eq(assessment.academyId, certificate.academyId), eq(assessment.id, certificate.assessmentId)),
    )
    .innerJoin(enrolment, attempts)
    .where(eq(enrolment.personId, personId))
  const isOwn = eq(account.personId, personId)
  const [accounts] = await tx.select({ all: count() }).from(account).where(isOwn)
  const [confirmed] = await tx
    .select({ all: count() })
    .from(account)
    .where(and(isOwn, isNotNull(account.personConfirmedAt)))
  return {
    id: personId,
    type: row.documentType as DocumentType,
    document: maskDocument(open('person.document', personId, row.documentSealed)),
    names: (await listNames(tx, personId)).map(maskName),
    academies: academies.map(({ name }) => name),
    enrolments: counts?.enrolments ?? 0,
    assessments: assessed?.assessments ?? 0,
    certificates: certified?.certificates ?? 0,
    accounts: accounts?.all ?? 0,
    confirmedAccounts: confirmed?.all ?? 0,
    mergedInto: row.mergedInto,
  }
}

async function listEnrolments(tx: Tx, personId: string): Promise<EnrolmentShown[]> {
  const rows = await tx
    .select({
      id: enrolment.id,
      academyCode: academy.code,
      academyName: academy.name,
      classId: trainingClass.id,
      code: trainingClass.code,
      name: trainingClass.name,
      as: enrolment.name,
      endsOn: trainingClass.endsOn,
      seat: enrolment.seat,
      creditedOn: enrolment.creditedOn,
    })
    .from(enrolment)
    .innerJoin(academy, eq(academy.id, enrolment.academyId))
    .innerJoin(
      trainingClass,
      and(eq(trainingClass.academyId, enrolment.academyId), eq(trainingClass.id, enrolment.classId)),
    )
    .where(eq(enrolment.personId, personId))
    .orderBy(asc(trainingClass.endsOn), asc(enrolment.id))
    .limit(200)
  const ids = rows.map((row) => row.id)
  if (ids.length === 0) return []
  const attempts = await tx
    .select({
      id: assessment.id,
      enrolmentId: assessment.enrolmentId,
      on: assessment.assessedOn,
      result: assessment.result,
      certificates: count(certificate.id),
    })
    .from(assessment)
    .leftJoin(
      certificate,
      and(eq(certificate.academyId, assessment.academyId), eq(certificate.assessmentId, assessment.id)),
    )
    .where(inArray(assessment.enrolmentId, ids))
    .groupBy(assessment.academyId, assessment.id)
    .orderBy(asc(assessment.assessedOn))
  return rows.map((row) => ({
    ...row,
    as: maskName(row.as),
    seat: row.seat as Seat,
    attempts: attempts
      .filter(({ enrolmentId }) => enrolmentId === row.id)
      .map(({ id, on, result, certificates }) => ({ id, on, result: result as Result, certificates })),
  }))
}
