import { siteMark } from '#app/features/academies/site-entry.ts'
import { screenCode, workerCode } from '#app/features/attendance/codes.server.ts'
import { attemptsMark } from '#app/features/certification/mend.server.ts'
import { documentMark } from '#app/features/persons/mend.server.ts'
import { documentIndex } from '#app/features/persons/persons.server.ts'
import { namesMark } from '#app/features/training/mend-name.server.ts'
import { sessionMark } from '#app/features/training/session-entry.ts'
import { CANARY_DOCUMENT, CANARY_PHONE, type World } from '#tests/support/canary.ts'

/** The place of canary.ts as its page shows it. */
const SITE_MARK = siteMark({ name: 'a site', address: 'an address' })

/** An afternoon of the published class, whose morning is planned as SESSION_MARK says. */
const SITTING = {
  part: 'theory',
  attempt: '1',
  date: '2027-06-01',
  from: '09:00',
  to: '11:00',
  siteId: '',
  place: 'planted',
}
const SESSION = { date: '2030-01-10', from: '14:00', to: '17:00', hours: '3', kind: 'practical', topic: 'planted' }
const SESSION_MARK = sessionMark({
  ...{ date: '2030-01-10', from: '09:00', to: '12:00', hours: 3, kind: 'practical', topic: null, siteId: null },
  ...{ stations: null, instructorIds: [] },
})

type Form = (world: World) => Record<string, string>

/**
 * For every route with an action, forms that would do something in the right hands: the walk posts them as everyone else.
 * Keyed by the file of app/routes.ts.
 */
export const actionForms: Record<string, Form[]> = {
  'site/class.tsx': [
    () => ({ intent: 'enrol', yearsOfWork: '3', form: '0192f000-0000-7000-8000-00000000000d' }),
    () => ({ intent: 'withdraw' }),
    () => ({ intent: 'accept' }),
    () => ({ intent: 'decline' }),
  ],
  'academy/assessment-plan.tsx': [
    () => ({ intent: 'stay', mark: 'planted', reason: 'planted' }),
    () => ({ intent: 'added', ...SITTING }),
    ({ sessionId }) => ({ intent: 'changed', sitting: sessionId, ...SITTING, reason: 'planted' }),
    ({ sessionId }) => ({ intent: 'cancelled', sitting: sessionId, reason: 'planted' }),
    () => ({ intent: 'settings', resits: '3', later: 'yes', reason: 'planted' }),
  ],
  'academy/timetable.tsx': [
    () => ({ intent: 'stay', mark: 'planted', reason: 'planted' }),
    () => ({ intent: 'added', ...SESSION }),
    ({ sessionId }) => ({ intent: 'changed', session: sessionId, ...SESSION, reason: 'planted', was: SESSION_MARK }),
    ({ sessionId }) => ({ intent: 'cancelled', session: sessionId, reason: 'planted' }),
    ({ sessionId }) => ({ intent: 'made_up', session: sessionId, ...SESSION }),
  ],
  'academy/sites.tsx': [
    ({ siteId }) => ({ [`seats.${siteId}`]: '9', [`workstations.${siteId}`]: '9' }),
    () => ({ intent: 'add', name: 'planted', address: 'planted' }),
    ({ siteId }) => ({ intent: 'change', site: siteId, name: 'planted', address: 'planted', was: SITE_MARK }),
    ({ siteId }) => ({ intent: 'retire', site: siteId }),
    ({ siteId }) => ({ intent: 'bring_back', site: siteId }),
  ],
  'academy/instructors.tsx': [
    () => ({ intent: 'add', name: '李合成', documentType: 'resident_id', documentNumber: CANARY_DOCUMENT }),
  ],
  'academy/instructor.tsx': [
    () => ({ intent: 'change', name: '李合成', endedOn: '2026-01-01' }),
    () => ({ intent: 'add_title', title: 'model_worker', evidence: 'planted' }),
    () => ({ intent: 'add_qualification', occupationCode: '6-31-01-03', level: 'l3', validFrom: '2026-01-01' }),
    ({ qualificationId }) => ({ intent: 'extend', id: qualificationId, validTo: '2027-01-01' }),
    ({ titleId }) => ({ intent: 'remove_title', id: titleId }),
    ({ qualificationId }) => ({ intent: 'remove_qualification', id: qualificationId }),
  ],
  'union/session-sheet.tsx': [
    ({ placeId }) => ({
      ...{ intent: 'save', state: 'closed', reason: 'planted' },
      ...{
        [`mark.${placeId}`]: 'present',
        [`in.${placeId}`]: '',
        [`out.${placeId}`]: '',
        [`was.${placeId}`]: 'absent//',
      },
    }),
  ],
  'academy/session-sheet.tsx': [
    ({ placeId }) => ({
      ...{ intent: 'save', state: 'open', reason: 'planted' },
      ...{
        [`mark.${placeId}`]: 'present',
        [`in.${placeId}`]: '',
        [`out.${placeId}`]: '',
        [`was.${placeId}`]: 'absent//',
      },
    }),
    () => ({ intent: 'close' }),
  ],
  // Sent by each as their own: whose marks they are is asked first.
  'api/session-roll.ts': [
    'an instructor of the academy without classes',
    'an instructor of another academy',
    'an administrator of another academy',
  ].map((who) => ({ placeId, strangers }) => ({
    account: strangers[who]!.id,
    marks: JSON.stringify([
      {
        ...{ id: '0192f000-0000-7000-8000-0000000000aa', at: Date.now(), kind: 'hand', enrolmentId: placeId },
        ...{ mark: 'present', in: null, out: null, reason: 'planted' },
      },
    ]),
  })),
  'academy/session-paper.tsx': [
    ({ placeId, photoId }) => ({
      ...{ photo: photoId, reason: 'planted', others: 'absent', form: '0192f000-0000-7000-8000-00000000000e' },
      ...{ [`was.${placeId}`]: 'absent//', [`is.${placeId}`]: 'marked', [`mark.${placeId}`]: 'present' },
    }),
  ],
  'academy/class-file-none.tsx': [() => ({ intent: 'say', reason: 'planted' }), () => ({ intent: 'back' })],
  'academy/session-photos.tsx': [() => ({ file: 'planted' })],
  'academy/session-scan.tsx': [
    ({ heldSessionId, placeId }) => ({
      intent: 'out',
      code: workerCode({ sessionId: heldSessionId, enrolmentId: placeId }),
    }),
  ],
  'academy/class-attendance.tsx': [() => ({ intent: 'location', isAsked: 'yes' })],
  'learn/check-in.tsx': [
    ({ heldSessionId }) => ({
      intent: 'code',
      code: screenCode({ sessionId: heldSessionId, act: 'out' }, new Date()).code,
    }),
    ({ heldSessionId }) => ({ intent: 'spoken', session: heldSessionId, act: 'out', digits: '000000' }),
  ],
  'learn/leave.tsx': [
    ({ aheadSessionId }) => ({ intent: 'ask', session: aheadSessionId, reason: 'illness', remark: 'planted' }),
    ({ leaveId }) => ({ intent: 'withdraw', id: leaveId }),
  ],
  'learn/objections.tsx': [({ closedSessionId }) => ({ session: closedSessionId, text: 'planted' })],
  'academy/objections.tsx': [({ objectionId }) => ({ id: objectionId, reason: 'planted' })],
  'academy/group-qr.tsx': [() => ({ file: 'planted' })],
  'academy/group-qr-picture.ts': [() => ({ intent: 'remove' })],
  'union/openings.tsx': [
    ({ openingId }) => ({ id: openingId, answer: 'approved', mark: 'planted' }),
    ({ openingId }) => ({ id: openingId, answer: 'returned', mark: 'planted', reason: 'planted' }),
  ],
  'union/objections.tsx': [({ objectionId }) => ({ id: objectionId, reason: 'planted' })],
  'academy/leave.tsx': [
    ({ leaveId }) => ({ intent: 'grant', chosen: leaveId }),
    ({ leaveId }) => ({ intent: 'refuse', chosen: leaveId, reason: 'planted' }),
    ({ leaveId }) => ({ intent: 'revoke', chosen: leaveId, reason: 'planted' }),
  ],
  'academy/seats.tsx': [
    (world) => ({ intent: 'approve', chosen: world.requestId }),
    (world) => ({ intent: 'reject', chosen: world.requestId, reason: 'planted' }),
    (world) => ({ intent: 'confirm', id: world.requestId }),
    (world) => ({ intent: 'withdraw', id: world.requestId }),
    () => ({ intent: 'enter_list', pasted: `李合成\t${CANARY_DOCUMENT}` }),
    () => ({
      intent: 'enter',
      name: '李合成',
      documentType: 'resident_id',
      documentNumber: CANARY_DOCUMENT,
      phone: CANARY_PHONE,
    }),
    () => ({ intent: 'capacity', capacity: '9', was: '5' }),
    () => ({ intent: 'close' }),
    () => ({ intent: 'cancel', reason: 'planted' }),
  ],
  'site/course.tsx': [() => ({ intent: 'claim' })],
  'site/help-page.tsx': [() => ({ 'before-work': 'a' })],
  'learn/final-test.tsx': [
    () => ({ intent: 'start' }),
    (world) => ({ intent: 'save', attempt: world.attemptId, was: '{}', 'q-planted': 'planted' }),
    (world) => ({ intent: 'keep', attempt: world.attemptId, changed: 'planted', 'q-planted': 'planted' }),
    (world) => ({ intent: 'submit', attempt: world.attemptId, confirmed: 'yes', was: '{}', 'q-planted': 'planted' }),
  ],
  'learn/lesson.tsx': [() => ({ intent: 'finish' }), () => ({ intent: 'seen' }), () => ({ version: '1', q1: 'a' })],
  'learn/lesson-notes.tsx': [
    () => ({ intent: 'write', id: '0192f000-0000-7000-8000-00000000000a', text: 'planted' }),
    () => ({ intent: 'bookmark', bookmark: 'on' }),
  ],
  'learn/lesson-ask.tsx': [
    (world) => ({ id: '0192f000-0000-7000-8000-00000000000b', class: world.classes.published, text: 'planted' }),
  ],
  'learn/rate.tsx': [() => ({ score: '5', comment: 'planted' })],
  'academy/question.tsx': [() => ({ id: '0192f000-0000-7000-8000-00000000000c', text: 'planted' })],
  'auth/notices.tsx': [() => ({ readAll: '' }), (world) => ({ open: world.questionId })],
  'auth/my-notices.tsx': [() => ({ sms: 'on', mail: 'on', address: 'planted@example.test' })],
  'auth/my-calendar.tsx': [() => ({ intent: 'make' }), () => ({ intent: 'remove' })],
  'academy/messages.tsx': [() => ({ intent: 'retry' }), (world) => ({ intent: 'give_up', id: world.deliveryId })],
  'operate/messages.tsx': [() => ({ intent: 'give_up', channel: 'mail', reason: 'late' })],
  'api/lesson-place.ts': [() => ({ place: '3' })],
  'api/heartbeats.ts': [
    () => ({ c: 'electrical-safety', l: 'how-shock-happens', o: 'planted.opening.mac', s: '10000-0', i: '0' }),
  ],
  'auth/sign-in.tsx': [() => ({ name: 'nobody', password: 'not a password' })],
  'auth/sign-out.tsx': [() => ({ _: '' })],
  'auth/register.tsx': [() => ({ name: 'x', documentType: 'resident_id', documentNumber: CANARY_DOCUMENT })],
  'auth/preferences.tsx': [() => ({ locale: 'en' })],
  'auth/my-academy.tsx': [(world) => ({ academy: world.academyCode })],
  'auth/me.tsx': [() => ({ current: 'wrong', next: 'another-password', again: 'another-password' })],
  'academy/ledger-export.ts': [() => ({ format: 'csv' }), () => ({ format: 'xlsx', year: '2026' })],
  'academy/new-class.tsx': [
    () => ({
      code: 'PLANTED-1',
      name: 'planted class',
      mode: 'practical',
      startsOn: '2030-03-02',
      endsOn: '2030-03-03',
      plannedHours: '8',
      capacity: '10',
      siteName: 'planted site',
      siteAddress: 'planted address',
      'sessions[0].date': '2030-03-02',
      'sessions[0].from': '09:00',
      'sessions[0].to': '12:00',
      'sessions[0].hours': '4',
      as: 'published',
    }),
  ],
  'academy/roster.tsx': [
    () => ({ intent: 'publish' }),
    () => ({ intent: 'submit-opening' }),
    () => ({ intent: 'withdraw-opening' }),
    (world) => ({
      intent: 'hours',
      [`attended.${world.enrolmentId}`]: '1',
      [`was.${world.enrolmentId}`]: '20/',
      reason: 'x',
    }),
    (world) => ({ intent: 'results', assessedOn: '2026-01-26', [`result.${world.enrolmentId}`]: 'passed' }),
    (world) => ({
      intent: 'certificates',
      type: 'training',
      issuedOn: '2026-02-11',
      [`number.${world.assessmentId}`]: 'PLANTED-1',
    }),
    (world) => ({ intent: 'confirm', chosen: world.proposalId }),
    (world) => ({ intent: 'return', chosen: world.proposalId, reason: 'planted' }),
    () => ({ intent: 'paste', assessedOn: '2026-01-26', pasted: 'CANARY-name\t80\t80' }),
    () => ({ intent: 'paste-certificates', pasted: 'CANARY-name\tPLANTED-2' }),
    (world) => ({ intent: 'revoke', certificateId: world.certificateId, reason: 'x' }),
    (world) => ({ intent: 'remove', enrolmentId: world.enrolmentId, reason: 'planted' }),
  ],
  'learn/class-materials.tsx': [() => ({ file: 'planted' })],
  'academy/materials.tsx': [
    ({ materialId }) => ({ intent: 'accept', chosen: materialId }),
    ({ materialId }) => ({ intent: 'refuse', chosen: materialId, reason: 'planted' }),
    () => ({ intent: 'ask', otherRequirements: 'planted' }),
  ],
  'academy/closing.tsx': [
    () => ({ intent: 'close', reason: 'planted' }),
    () => ({ intent: 'reopen', reason: 'planted' }),
  ],
  'academy/class-file.tsx': [() => ({ file: 'planted' })],
  'academy/class-file-remove.tsx': [() => ({ reason: 'planted' })],
  'academy/ledger.tsx': [() => ({ file: 'planted' })],
  'academy/ledger-upload.tsx': [
    () => ({ intent: 'import', rows: 'valid' }),
    () => ({ intent: 'cancel' }),
    () => ({ intent: 'choose' }),
    () => ({ intent: 'again' }),
  ],
  'academy/ledger-undo.tsx': [() => ({ intent: 'undo' })],
  'academy/edit-class.tsx': [
    () => ({ intent: 'delete' }),
    () => ({
      ...{ intent: 'save', code: 'planted', name: 'planted', mode: 'practical', plannedHours: '20', capacity: '9' },
      ...{ startsOn: '2026-01-10', endsOn: '2026-01-20', siteName: 'planted', siteAddress: 'planted' },
      ...{ 'sessions[0].date': '2026-01-10', 'sessions[0].from': '09:00', 'sessions[0].to': '12:00' },
      ...{ 'sessions[0].hours': '4', reason: 'planted reason' },
    }),
  ],
  'academy/mend-class.tsx': [
    () => ({
      intent: 'save',
      ...{ name: 'planted', mode: 'practical', startsOn: '2026-01-10', endsOn: '2026-01-20', plannedHours: '20' },
      was: JSON.stringify(['CANARY-ledger-class', 'practical', null, '2026-01-10', '2026-01-20', 20, null]),
      reason: 'planted reason',
    }),
  ],
  'enterprise/workers.tsx': [
    () => ({ intent: 'add', pasted: `planted\t990000196001010013` }),
    (world) => ({ intent: 'remove', chosen: world.enrolmentId }),
  ],
  'enterprise/class.tsx': [
    // Whom a union may not enrol; a worker of its own it may, as anybody may ask for a seat.
    (world) => ({ intent: 'enrol', chosen: world.enrolmentId, pasted: 'planted\t990000196001010014' }),
    (world) => ({ intent: 'withdraw', chosen: world.enrolmentId }),
    (world) => ({ intent: 'accept', chosen: world.enrolmentId }),
  ],
  'union/mend-assessed.tsx': [
    (world) => ({
      from: '2026-01-25',
      to: '2026-01-26',
      was: attemptsMark([world.assessmentId]),
      reason: 'planted reason',
    }),
  ],
  'union/person-mend.tsx': [
    (world) => ({
      intent: 'document',
      documentType: 'resident_id',
      documentNumber: '990000196001010013',
      was: documentMark(world.personId, documentIndex('resident_id', CANARY_DOCUMENT)),
      reason: 'planted reason',
    }),
    (world) => ({
      intent: 'name',
      name: 'planted',
      was: namesMark(world.personId, ['CANARY-name']),
      reason: 'planted reason',
    }),
  ],
  'union/person-merge.tsx': [
    () => ({ intent: 'find', documentType: 'resident_id', documentNumber: CANARY_DOCUMENT }),
    () => ({ intent: 'merge', confirm: '7776', reason: 'planted reason' }),
  ],
  'academy/identity.tsx': [
    () => ({ documentType: 'resident_id', documentNumber: CANARY_DOCUMENT }),
    () => ({ proof: 'forged' }),
  ],
  'academy/class-identity.tsx': [
    ({ placeId }) => ({ of: placeId, covered: CANARY_DOCUMENT.slice(6, 14) }),
    ({ placeId }) => ({ of: placeId, proof: 'forged' }),
  ],
  'academy/templates.tsx': [
    ({ classes }) => ({ intent: 'keep', class: classes.draft, name: 'planted' }),
    ({ classes }) => ({ intent: 'remove', template: classes.draft }),
    ({ classes }) => ({ intent: 'open', template: classes.draft, 'code.0': 'planted', 'startsOn.0': '2027-03-06' }),
  ],
  'union/work-calendar.tsx': [
    () => ({ year: '2027', source: 'a planted notice', list: '2027-01-01\t放假\t元旦' }),
    () => ({ year: 'x', source: '', list: '' }),
  ],
  'union/search.tsx': [
    () => ({ query: CANARY_DOCUMENT }),
    () => ({ query: CANARY_PHONE }),
    () => ({ query: 'CANARY-name' }),
  ],
  'union/person.tsx': [() => ({ purpose: 'identity', reason: 'a planted reason' })],
}
