import { drizzle } from 'drizzle-orm/postgres-js'
import { hashPassword } from '#app/features/accounts/passwords.server.ts'
import { indexOf, seal } from '#app/features/persons/vault.server.ts'
import { newId } from '#app/lib/ids.ts'
import * as schema from '#db/schema/index.ts'
import type { Role } from '#db/values.ts'
import type { TestDatabase } from './database.ts'

/** Synthetic numbers of the watched academy's worker; they must not come out in any form. */
export const CANARY_DOCUMENT = '440308199001017776'
export const CANARY_PHONE = '13800007776'

/** What no stranger may ever read: canary words, and the numbers whole … */
export const CANARY_UNMASKED = new RegExp(`CANARY|${CANARY_DOCUMENT}|${CANARY_PHONE}`)
/** … or masked. */
export const CANARY = new RegExp(`${CANARY_UNMASKED.source}|440308\\*+7776|440\\*+7776|138\\*+7776`)

export type World = {
  academyId: string
  academyCode: string
  /** `draft` and `ledger` are not public; `published` is, but not who sits in it. */
  classes: { draft: string; ledger: string; published: string }
  personId: string
  enrolmentId: string
  /** Of a third person: a request for the published class that waits for its answer. */
  requestId: string
  /** Planned, of the published class. */
  sessionId: string
  siteId: string
  instructorId: string
  /** What that instructor bears and may teach. */
  titleId: string
  qualificationId: string
  /** Of a class that runs, over for half an hour: it may be checked out of; the watched worker is marked on its sheet. */
  heldSessionId: string
  /** The watched worker's place in that class. */
  placeId: string
  /** Of that class, still to come; and the leave that the watched worker asked for from another one. */
  aheadSessionId: string
  leaveId: string
  /** Of that class, with a closed sheet that nobody objected to; and the watched worker's objection to another one. */
  closedSessionId: string
  objectionId: string
  /** The draft waits for its sponsor's approval. */
  openingId: string
  assessmentId: string
  certificateId: string
  /** A result of the watched worker that waits for a second person. */
  proposalId: string
  importId: string
  uploadId: string
  /** A document of the published class's file. */
  documentId: string
  /** A photograph of the signed sheet of the held session. */
  photoId: string
  /** What the watched worker handed in for it, and its file. */
  materialId: string
  materialFileId: string
  /** What the watched worker asked through the published class. */
  questionId: string
  /** A message to the watched worker that did not go. */
  deliveryId: string
  /** The watched worker's running attempt at a final test. */
  attemptId: string
  /** Strangers by what they are; every role is among them. */
  strangers: Record<string, { id: string; role: Role }>
}

/** Published beside the repository's own courses. */
export const WALK_COURSE = 'walk-course'
export const WALK_LESSON = 'walk-lesson'

const now = new Date('2026-03-01T00:00:00Z')

/** Two academies: CANA, full of canaries, and STRANGE, whose people try every door of CANA. */
export async function canaryWorld(test: TestDatabase): Promise<World> {
  const passwordHash = await hashPassword('synthetic-password-1')
  const db = drizzle(test.owner)
  const [sponsor, otherSponsor, academyId, otherAcademy] = [newId(), newId(), newId(), newId()]
  await db.insert(schema.tradeUnion).values([
    { id: sponsor, name: 'watched union', kind: 'industrial_union' },
    { id: otherSponsor, name: 'another union', kind: 'industrial_union' },
  ])
  await db.insert(schema.academy).values([
    { id: academyId, code: 'CANA', name: 'Watched academy', kind: 'local', sponsorId: sponsor, createdAt: now },
    {
      id: otherAcademy,
      code: 'STRANGE',
      name: 'Another academy',
      kind: 'local',
      sponsorId: otherSponsor,
      createdAt: now,
    },
  ])
  await db.insert(schema.brand).values({
    academyId,
    id: newId(),
    name: 'CANARY-pending-brand',
    validFrom: '2026-01-01',
    status: 'pending',
  })
  const importId = newId()
  await db.insert(schema.ledgerImport).values({
    id: importId,
    fileName: 'CANARY-ledger.csv',
    digest: Buffer.alloc(32),
    encoding: 'utf-8',
    validOnly: false,
    rows: 1,
    created: 1,
    unchanged: 0,
    corrected: 0,
    rejected: 0,
    at: now,
  })
  await db.insert(schema.ledgerImportAcademy).values({ academyId, importId, rows: 1 })

  const makePerson = async (document: string) => {
    const id = newId()
    await db.insert(schema.person).values({
      id,
      documentType: 'resident_id',
      documentIndex: indexOf('document', `resident_id:${document}`),
      documentSealed: seal('person.document', id, document),
      createdAt: now,
    })
    return id
  }
  const makeAccount = async (role: Role, extra: Partial<typeof schema.account.$inferInsert> = {}) => {
    const id = newId()
    await db.insert(schema.account).values({
      id,
      role,
      login: `login-${id}`,
      passwordHash,
      displayName: role,
      createdAt: now,
      ...extra,
    })
    return { id, role }
  }
  const person = await makePerson(CANARY_DOCUMENT)
  const watched = await makeAccount('worker', {
    displayName: 'CANARY-worker',
    personId: person,
    personConfirmedAt: now,
    phoneIndex: indexOf('phone', CANARY_PHONE),
  })

  const base = {
    academyId,
    mode: 'practical',
    startsOn: '2026-01-10',
    endsOn: '2026-01-20',
    plannedHours: 20,
    createdAt: now,
  }
  const classes = { draft: newId(), ledger: newId(), published: newId() }
  await db.insert(schema.trainingClass).values([
    {
      ...base,
      id: classes.draft,
      code: 'CANARY-D',
      name: 'CANARY-draft-class',
      origin: 'system',
      status: 'draft',
      capacity: 5,
    },
    { ...base, id: classes.ledger, code: 'CANARY-L', name: 'CANARY-ledger-class', origin: 'ledger', status: 'closed' },
    {
      ...base,
      id: classes.published,
      code: 'P1',
      name: 'Open class',
      origin: 'system',
      status: 'published',
      capacity: 5,
      taken: 1,
      startsOn: '2030-01-10',
      endsOn: '2030-01-20',
    },
  ])
  const enrolmentId = newId()
  const seat = {
    academyId,
    personId: person,
    seat: 'enrolled',
    name: 'CANARY-name',
    employer: 'CANARY-employer',
    category: 'employed',
    hoursAttended: 20,
    createdAt: now,
    phoneIndex: indexOf('phone', CANARY_PHONE),
  }
  const [ofPublished, onlineId] = [newId(), newId()]
  await db.insert(schema.enrolment).values([
    {
      ...seat,
      id: enrolmentId,
      classId: classes.ledger,
      creditedOn: '2026-01-20',
      importId,
      phoneSealed: seal('enrolment.phone', enrolmentId, CANARY_PHONE),
    },
    {
      ...seat,
      id: ofPublished,
      classId: classes.published,
      accountId: watched.id,
      phoneSealed: seal('enrolment.phone', ofPublished, CANARY_PHONE),
    },
  ])
  await db.insert(schema.trainingClass).values({
    ...{ ...base, id: onlineId, code: 'P2', name: 'Online class', mode: 'online', courseSlug: WALK_COURSE },
    ...{ origin: 'system', status: 'published', startsOn: '2026-02-01', endsOn: '2030-01-20' },
  })
  await db
    .insert(schema.enrolment)
    .values({ ...seat, id: newId(), classId: onlineId, accountId: watched.id, hoursAttended: null })
  const [assessmentId, certificateId, uploadId] = [newId(), newId(), newId()]
  await db.insert(schema.assessment).values({
    academyId,
    id: assessmentId,
    enrolmentId,
    assessedOn: '2026-01-25',
    result: 'passed',
    createdAt: now,
  })
  await db.insert(schema.certificate).values({
    academyId,
    id: certificateId,
    assessmentId,
    type: 'training',
    number: 'CANARY-NUMBER-1',
    numberIndex: indexOf('certificate', 'CANARY-NUMBER-1'),
    issuer: 'CANARY-issuer',
    issuedOn: '2026-02-10',
    status: 'valid',
    createdAt: now,
  })
  const administrator = await makeAccount('academy_admin', { academyId, displayName: 'CANARY-administrator' })
  const proposalId = newId()
  await db.insert(schema.proposedResult).values({
    ...{ academyId, id: proposalId, enrolmentId, assessedOn: '2026-01-27', result: 'failed', state: 'open' },
    ...{ proposedBy: administrator.id, proposedAt: now },
  })
  await db.insert(schema.ledgerUpload).values({
    academyId,
    id: uploadId,
    accountId: administrator.id,
    fileName: 'CANARY-upload.csv',
    bytes: 1,
    digest: Buffer.alloc(32),
    state: 'previewed',
    sheets: [],
    chosen: [],
    mapping: {},
    constants: {},
    locale: 'zh-CN',
    rows: 1,
    errors: [{ row: 2, field: 'name', code: 'oneOf', parameters: ['CANARY-cell', 'x'] }],
    uploadedAt: now,
    touchedAt: now,
  })
  await db
    .insert(schema.ledgerMapping)
    .values({ academyId, header: 'CANARY-header', field: 'name', accountId: administrator.id, at: now })
  const { questionId, deliveryId } = await watchedLearning(db, {
    academyId,
    classId: classes.published,
    watched,
    administrator,
  })
  await db.insert(schema.auditEvent).values({
    id: newId(),
    at: now,
    actorKind: 'system',
    purpose: 'ledger',
    academyId,
    kind: 'ledger.imported',
    detail: { note: 'CANARY-audit' },
  })
  await db.insert(schema.revision).values({
    academyId,
    id: newId(),
    fact: 'enrolment',
    factId: enrolmentId,
    before: { name: 'CANARY-old-name' },
    at: now,
  })

  const strangersPerson = await makePerson('440308199001018888')
  const classmatesPerson = await makePerson('440308199001019999')
  const classmate = await makeAccount('worker', { personId: classmatesPerson, personConfirmedAt: now })
  await db.insert(schema.enrolment).values({
    academyId,
    id: newId(),
    classId: classes.published,
    personId: classmatesPerson,
    accountId: classmate.id,
    seat: 'enrolled',
    name: 'classmate',
    createdAt: now,
  })
  const enterpriseId = newId()
  await db.insert(schema.enterprise).values({ id: enterpriseId, name: 'Another enterprise', createdAt: now })
  const sessionId = newId()
  await db.insert(schema.classSession).values({
    ...{ academyId, id: sessionId, classId: classes.published, hours: 3, kind: 'practical' },
    ...{ startsAt: new Date('2030-01-10T01:00:00Z'), endsAt: new Date('2030-01-10T04:00:00Z') },
  })
  const siteId = newId()
  await db.insert(schema.site).values({ academyId, id: siteId, name: 'a site', address: 'an address', seats: 5 })
  const instructorId = newId()
  const [titleId, qualificationId] = [newId(), newId()]
  await db.insert(schema.instructor).values({
    ...{ academyId, id: instructorId, personId: await makePerson('440308199001015559'), createdAt: now },
    ...{ name: 'CANARY-teaches', employer: 'CANARY-employer' },
  })
  await db.insert(schema.instructorTitle).values({
    ...{ academyId, id: titleId, instructorId, title: 'craftsman', evidence: 'CANARY-evidence', createdAt: now },
  })
  const [occupation] = await db.select().from(schema.occupation).limit(1)
  if (occupation)
    await db.insert(schema.instructorQualification).values({
      ...{ academyId, id: qualificationId, instructorId, level: 'l3', validFrom: '2026-01-01', createdAt: now },
      ...{ occupationCode: occupation.code, occupationEdition: occupation.edition, evidence: 'CANARY-evidence' },
    })
  const heldSessionId = newId()
  // Only the watched worker sits in it: who sits there may check out by right.
  const [heldClassId, placeId] = [newId(), newId()]
  await db.insert(schema.trainingClass).values({
    ...{ ...base, id: heldClassId, code: 'P3', name: 'Class that runs', origin: 'system', status: 'published' },
    ...{ capacity: 5, taken: 1, endsOn: '2030-01-20' },
  })
  await db.insert(schema.enrolment).values({
    ...seat,
    id: placeId,
    classId: heldClassId,
    accountId: watched.id,
    phoneIndex: null,
    hoursAttended: null,
  })
  const ofSheet = { academyId, sessionId: heldSessionId, classId: heldClassId }
  await db.insert(schema.classSession).values({
    ...{ academyId, id: heldSessionId, classId: heldClassId, hours: 3, kind: 'practical' },
    ...{ startsAt: new Date(Date.now() - 90 * 60_000), endsAt: new Date(Date.now() - 30 * 60_000) },
  })
  const [aheadSessionId, onLeaveSessionId, leaveId] = [newId(), newId(), newId()]
  await db.insert(schema.classSession).values(
    [aheadSessionId, onLeaveSessionId].map((id, day) => ({
      ...{ academyId, id, classId: heldClassId, hours: 3, kind: 'practical' },
      ...{ startsAt: new Date(`2030-01-1${day}T06:00:00Z`), endsAt: new Date(`2030-01-1${day}T09:00:00Z`) },
    })),
  )
  await db.insert(schema.attendanceLeave).values({
    ...{ academyId, id: leaveId, sessionId: onLeaveSessionId, classId: heldClassId, enrolmentId: placeId },
    ...{ startsAt: new Date('2030-01-11T06:00:00Z'), reason: 'other', remark: 'CANARY-remark', state: 'asked' },
    ...{ askedAt: now, askedBy: watched.id },
  })
  const [closedSessionId, objectedSessionId, objectionId] = [newId(), newId(), newId()]
  const hour = 60 * 60_000
  await db.insert(schema.classSession).values(
    [closedSessionId, objectedSessionId].map((id, n) => ({
      ...{ academyId, id, classId: heldClassId, hours: 3, kind: 'practical' },
      ...{ startsAt: new Date(Date.now() - (8 + 4 * n) * hour), endsAt: new Date(Date.now() - (5 + 4 * n) * hour) },
    })),
  )
  await db.insert(schema.attendanceSheet).values(
    [closedSessionId, objectedSessionId].map((sessionId) => ({
      ...{
        academyId,
        sessionId,
        classId: heldClassId,
        closedAt: new Date(Date.now() - hour),
        closedBy: administrator.id,
      },
    })),
  )
  await db.insert(schema.attendanceObjection).values({
    ...{ academyId, id: objectionId, sessionId: objectedSessionId, classId: heldClassId, enrolmentId: placeId },
    ...{ text: 'CANARY-objection', mark: null, state: 'open', objectedAt: now, objectedBy: watched.id },
  })
  const openingId = newId()
  await db.insert(schema.classOpening).values({
    ...{ academyId, id: openingId, classId: classes.draft, mark: 'planted' },
    ...{ askedBy: administrator.id, askedAt: now },
  })
  await db.insert(schema.attendanceSheet).values(ofSheet)
  const marked = { enrolmentId: placeId, mark: 'absent', way: 'hand' }
  await db.insert(schema.attendanceMark).values({ ...ofSheet, ...marked })
  await db.insert(schema.attendanceEntry).values({
    ...{ ...ofSheet, ...marked, id: newId(), act: 'mark', reason: 'CANARY-reason' },
    ...{ at: now, recordedAt: now, accountId: administrator.id },
  })
  const documentId = newId()
  await db.insert(schema.classFile).values({
    ...{ academyId, id: documentId, classId: classes.published, part: 'papers', name: 'CANARY-document.pdf' },
    ...{ kind: 'pdf', bytes: 1, digest: Buffer.alloc(32), addedBy: administrator.id, addedAt: now },
  })
  const photoId = newId()
  await db.insert(schema.classFile).values({
    ...{ academyId, id: photoId, classId: heldClassId, part: 'sign_in', name: 'CANARY-photograph.jpg' },
    ...{ kind: 'jpg', bytes: 1, digest: Buffer.alloc(32), addedBy: administrator.id, addedAt: now },
  })
  const ofPhoto = { fileId: photoId, addedBy: administrator.id, addedAt: now }
  await db.insert(schema.classFileSession).values({ ...ofSheet, ...ofPhoto })
  const [requirementId, materialId, materialFileId] = [newId(), newId(), newId()]
  const ofMaterial = { academyId, classId: classes.published, enrolmentId: ofPublished, requirementId }
  await db
    .insert(schema.classRequirement)
    .values({ academyId, id: requirementId, classId: classes.published, kind: 'earlier_certificate' })
  await db.insert(schema.material).values({
    ...{ ...ofMaterial, id: materialId, state: 'handed_in', handedAt: now, handedBy: watched.id },
    numberSealed: seal('material.number', materialId, 'CANARY-NUMBER-2'),
  })
  await db.insert(schema.materialFile).values({ ...ofMaterial, id: materialFileId, kind: 'pdf', bytes: 1 })
  const requestId = newId()
  await db.insert(schema.enrolment).values({
    ...{ academyId, id: requestId, classId: classes.published, personId: await makePerson('440308199001016665') },
    ...{ seat: 'requested', lineNumber: 1, answerDueAt: new Date('2030-01-01'), name: 'CANARY-asks' },
    ...{ employer: 'CANARY-employer', createdAt: now },
  })
  const claimant = await makeAccount('worker', { personId: person }) // says to be the watched worker; nobody confirmed it
  return {
    academyId,
    academyCode: 'CANA',
    classes,
    personId: person,
    enrolmentId,
    requestId,
    sessionId,
    siteId,
    instructorId,
    titleId,
    qualificationId,
    heldSessionId,
    placeId,
    aheadSessionId,
    leaveId,
    closedSessionId,
    objectionId,
    openingId,
    assessmentId,
    certificateId,
    proposalId,
    importId,
    uploadId,
    documentId,
    photoId,
    materialId,
    materialFileId,
    questionId,
    deliveryId,
    attemptId: await watchedAttempt(db, watched.id),
    strangers: {
      'a worker': await makeAccount('worker', { personId: strangersPerson, personConfirmedAt: now }),
      'a worker of the same class': classmate,
      'a worker who only claims the document': claimant,
      'an instructor of another academy': await makeAccount('instructor', { academyId: otherAcademy }),
      'an instructor of the academy without classes': await makeAccount('instructor', { academyId }),
      'an administrator of another academy': await makeAccount('academy_admin', { academyId: otherAcademy }),
      'a union of an enterprise': await makeAccount('enterprise_union', { enterpriseId }),
      'a sponsor of other academies': await makeAccount('sponsor_reviewer', { unionId: otherSponsor }),
      'an operator': await makeAccount('operator'),
    },
  }
}

/** The account that an anonymous visitor acts as where the guards are off (accounts/guard.server.ts): it has nothing. */
export async function makeNobody(test: TestDatabase): Promise<void> {
  const [db, id, personId] = [drizzle(test.owner), '00000000-0000-0000-0000-000000000000', newId()]
  const document = '440308199001017777'
  await db.insert(schema.person).values({
    id: personId,
    documentType: 'resident_id',
    documentIndex: indexOf('document', `resident_id:${document}`),
    documentSealed: seal('person.document', personId, document),
    createdAt: now,
  })
  const passwordHash = await hashPassword('synthetic-password-2')
  const login = { login: 'login-nobody', passwordHash, displayName: 'nobody' }
  await db.insert(schema.account).values({ id, role: 'worker', ...login, personId, createdAt: now })
}

/** A course that everybody may read, and what its learner keeps, asks and is told: nobody else's. @returns ids. */
async function watchedLearning(
  db: ReturnType<typeof drizzle>,
  of: { academyId: string; classId: string; watched: { id: string }; administrator: { id: string } },
): Promise<{ questionId: string; deliveryId: string }> {
  const { academyId, classId, watched, administrator } = of
  const at = { courseSlug: WALK_COURSE, lessonSlug: WALK_LESSON }
  const [questionId, answerId] = [newId(), newId()]
  const words = { title: 'a course', titleEn: 'a course', summary: '', summaryEn: '' }
  const course = {
    ...words,
    plannedHours: 1,
    sources: [],
    author: '',
    updatedOn: '2026-03-01',
    digest: Buffer.alloc(32),
  }
  await db.insert(schema.course).values({ slug: WALK_COURSE, ...course, publishedAt: now })
  const lesson = {
    position: 1,
    title: 'a lesson',
    titleEn: 'a lesson',
    summary: '',
    minutes: 5,
    version: 1,
    hasQuiz: true,
  }
  await db.insert(schema.lesson).values({ courseSlug: WALK_COURSE, slug: WALK_LESSON, ...lesson })
  const own = { accountId: watched.id, ...at }
  await db
    .insert(schema.lessonNote)
    .values({ ...own, id: newId(), text: 'CANARY-note', createdAt: now, changedAt: now })
  await db.insert(schema.courseRating).values({
    ...{ accountId: watched.id, courseSlug: WALK_COURSE, score: 1 },
    ...{ comment: 'CANARY-comment', ratedAt: now, changedAt: now },
  })
  await db.insert(schema.lessonMark).values({ ...own, place: 3, bookmarkedAt: now })
  await db
    .insert(schema.lessonQuestion)
    .values({ ...own, academyId, id: questionId, classId, version: 1, text: 'CANARY-question', askedAt: now })
  await db.insert(schema.lessonAnswer).values({
    ...{ academyId, id: answerId, questionId, accountId: administrator.id },
    ...{ name: 'CANARY-answerer', text: 'CANARY-answer', answeredAt: now },
  })
  const detail = { ...at, title: 'CANARY-notice', titleEn: 'CANARY-notice', academyCode: 'CANA', questionId }
  const [noticeId, deliveryId] = [newId(), newId()]
  await db.insert(schema.notice).values([
    { id: noticeId, accountId: watched.id, kind: 'question.answered', subjectId: answerId, detail, at: now },
    { id: newId(), accountId: administrator.id, kind: 'question.asked', subjectId: questionId, detail, at: now },
  ])
  await db.insert(schema.delivery).values({
    ...{ id: deliveryId, noticeId, accountId: watched.id, academyId, channel: 'sms', kind: 'question.answered' },
    ...{ state: 'given_up', reason: 'refused', attempts: 1, nextAt: now, createdAt: now, endedAt: now },
    providerId: 'CANARY-provider',
  })
  await db
    .insert(schema.calendarFeed)
    .values({ accountId: watched.id, secretIndex: Buffer.from('CANARY-calendar'), madeAt: now })
  await db.insert(schema.noticeChoice).values({
    ...{ accountId: watched.id, bySms: true, byMail: true, locale: 'en', chosenAt: now },
    mailSealed: seal('notice_choice.mail', watched.id, 'CANARY@example.test'),
  })
  return { questionId, deliveryId }
}

/** A final test of that course whose bank is full of canaries, and an attempt of the watched worker that runs for long. */
async function watchedAttempt(db: ReturnType<typeof drizzle>, accountId: string): Promise<string> {
  const [courseSlug, digest, id] = [WALK_COURSE, Buffer.alloc(32), newId()]
  const test = { courseSlug, title: 'test', titleEn: 'test', intro: '', introEn: '', version: 1, requiredSince: now }
  await db.insert(schema.finalTest).values(test)
  const rules = { questionCount: 1, passPercent: 80, minutes: 30, attempts: 3, pauseHours: 24, isShuffled: true }
  await db
    .insert(schema.finalTestVersion)
    .values({ courseSlug, version: 1, digest, ...rules, show: 'answers', publishedAt: now })
  const question = { id: 'planted', kind: 'fill_in', prompt: 'CANARY-question ____' }
  await db.insert(schema.finalTestBank).values({
    courseSlug,
    version: 1,
    topics: [{ topic: WALK_LESSON, count: 1, questions: [question] }],
    key: { planted: { answer: ['CANARY-answer'], why: 'CANARY-why' } },
  })
  await db.insert(schema.finalTestAttempt).values({
    ...{ id, accountId, courseSlug, version: 1, number: 1, startedAt: now, deadlineAt: new Date('2099-01-01') },
    paper: [{ question, from: [] }],
    answers: { planted: ['CANARY-given'] },
  })
  return id
}
