/**
 * Every event of the audit trail and the shape of its detail: past tense, counts and states, never personal data.
 * Adding an event is adding a line here; the compiler then asks for its detail wherever it is recorded.
 */
export type AuditDetails = {
  'academies.imported': { created: number; corrected: number; unchanged: number; digest: string }
  'brands.imported': { created: number; corrected: number; unchanged: number; digest: string }
  'occupations.imported': { created: number; corrected: number; unchanged: number; digest: string }
  /** The public holidays and worked weekend days of a year; `before`: how many days it had, null: it was not entered. */
  'work_calendar.entered': { year: number; holidays: number; workdays: number; before: number | null }
  'account.created': { role: string }
  'account.registered': Record<string, never>
  'account.signed_in': Record<string, never>
  'account.signed_out': Record<string, never>
  'account.password_changed': Record<string, never>
  /** `classId`: by somebody who runs this class, of a worker in it; left out: by the document alone. */
  'identity.searched': { claims: number; classId?: string }
  'identity.confirmed': { accountId: string; classId?: string }
  /** By what somebody was looked for, never what; how many were shown. */
  'persons.searched': { by: 'name' | 'phone' | 'document'; found: number }
  /** The person is the event's subject; numbers typed into the reason are covered. */
  'document.revealed': { purpose: string; reason: string }
  'course.published': { slug: string; version: string; lessons: number }
  'help.published': { pages: number; changed: number }
  'lesson.finished': { course: string; lesson: string }
  /** All was given that the lesson asks for: read, quiz passed, time and recordings. */
  'lesson.completed': { course: string; lesson: string; activeSeconds: number }
  'quiz.answered': { course: string; lesson: string; right: number; questions: number; passed: boolean }
  /** Not how: what somebody thinks of a course is told without a name. */
  'course.rated': { course: string; changed: boolean }
  'question.asked': { course: string; lesson: string; classId: string }
  'question.answered': { course: string; lesson: string }
  /** How an account wants to be told beside the app. */
  'notices.chosen': { sms: boolean; mail: boolean }
  /** Messages that did not go, sent again or not tried any more by somebody's decision. */
  'deliveries.retried': { messages: number }
  'deliveries.given_up': { messages: number }
  /** A secret address for a phone's calendar was made (the one before ended), or ended. */
  'calendar.made': Record<string, never>
  'calendar.removed': Record<string, never>
  'test.started': { course: string; attempt: number; questions: number }
  'test.submitted': {
    course: string
    attempt: number
    right: number
    questions: number
    passed: boolean
    isLate: boolean
  }
  'class.opened': { code: string; capacity: number | null }
  'class.published': { code: string }
  /** Why its timetable is unusual was written down: so many doubts. */
  'class.plan_affirmed': { doubts: number }
  /** A draft, with everything under it: its number is free again. */
  'class.deleted': { code: string; sessions: number }
  /** By its form: which fields, never their values. */
  'class.edited': { code: string; fields: string[] }
  /** The account that heads it; null: none does. Name and phone as workers read them may have changed alone. */
  /** A draft was handed to whoever approves it before it is published; what became of that. */
  'opening.asked': { code: string }
  'opening.withdrawn': { code: string }
  'opening.approved': { code: string }
  'opening.returned': { code: string }
  'class.head_changed': { before: string | null; after: string | null }
  /** What a class says was kept as a template; the template is the subject. */
  'class_template.kept': { classId: string }
  'class_template.removed': Record<string, never>
  'session.added': { classId: string }
  'session.changed': { classId: string }
  'session.cancelled': { classId: string }
  'session.substituted': { classId: string }
  'session.made_up': { classId: string }
  'session.removed': { classId: string }
  /** A sitting of a class's assessment plan; of a draft one that is cancelled goes. */
  'sitting.added': { classId: string }
  'sitting.changed': { classId: string }
  'sitting.cancelled': { classId: string }
  /** How often one may sit again, or that dates are announced later. */
  'assessment_plan.changed': { code: string }
  'site.added': Record<string, never>
  'site.changed': { fields: ('name' | 'address')[] }
  'site.retired': Record<string, never>
  'site.brought_back': Record<string, never>
  'site.measured': { seats: number | null; workstations: number | null; workersPerInstructor: number | null }
  'instructor.added': Record<string, never>
  'instructor.changed': { fields: string[]; endedOn: string | null }
  'instructor.title_added': { title: string }
  'instructor.title_removed': { removedId: string }
  'instructor.qualification_added': { occupation: string; level: string; validFrom: string; validTo: string | null }
  'instructor.qualification_changed': {
    occupation: string
    level: string
    before: string | null
    validTo: string | null
  }
  'instructor.qualification_removed': { removedId: string }
  /** By a worker, for online courses to count for; null: none any more. */
  'academy.chosen': { academy: string | null }
  'seat.requested': SeatChange
  'seat.enrolled': SeatChange
  'seat.waitlisted': SeatChange
  'seat.offered': SeatChange
  'seat.withdrawn': SeatChange
  'seat.rejected': SeatChange
  'class.capacity_changed': { from: number; to: number; taken: number }
  'class.enrolment_closed': { code: string; before: string | null }
  'class.cancelled': { code: string; withdrawn: number; kept: number }
  'class.closed': { code: string; missing: string[] }
  'class.reopened': { code: string }
  /** A worker came or went: by a code, or scanned by staff. */
  'attendance.checked': { classId: string; act: string; way: string }
  /** Of the session's sheet, for so many workers; `way`: by hand, or from paper, by these photographs of it. */
  'attendance.marked': { classId: string; workers: number; way: string; photoIds?: readonly string[] }
  'attendance.corrected': { classId: string; workers: number; way: string; photoIds?: readonly string[] }
  /** Marks that a page noted before arrived; `isClosed`: the sheet had been closed meanwhile. */
  'attendance.sent': { classId: string; marks: number; isClosed: boolean }
  /** For how many workers hours or credit changed by it. */
  'attendance.closed': { classId: string; workers: number }
  /** Of a class: whether its workers are asked for their rough position on checking in. */
  'attendance.location_asked': { isAsked: boolean }
  /** Workers who cannot miss another session were told so. */
  'attendance.warned': { classId: string; workers: number }
  /** So many workers were reminded of the class's sessions of that day. */
  'sessions.reminded': { classId: string; date: string; workers: number }
  /** So many instructors were reminded of a sheet that was not closed; the session is the subject. */
  'sheet.reminded': { classId: string; instructors: number }
  /** A worker asked for leave from so many sessions of a class, or took back what was not answered yet. */
  'leave.asked': { classId: string; sessions: number }
  /** `wasGranted`: it was taken back after it had been granted. */
  'leave.withdrawn': { classId: string; wasGranted?: boolean }
  /** So many of them were answered in one go. */
  'leave.granted': { classId: string; leaves: number }
  'leave.refused': { classId: string; leaves: number }
  'leave.revoked': { classId: string; leaves: number }
  /** A worker objected to a closed sheet; a second person corrected it by that, or refused. */
  'objection.made': { classId: string }
  'objection.accepted': { classId: string }
  'objection.refused': { classId: string }
  /** Workers whom an enterprise's union put on its roll, or took off. */
  'roll.changed': { added: number; removed: number }
  /** What a class needs of its workers was said anew, by kinds. */
  'class.requirements_changed': { asked: string[]; ended: string[] }
  /** A worker handed in what a class needs (`of`: its kind); the enrolment is the subject. */
  'material.handed_in': { classId: string; of: string; files: number }
  /** So many of them were answered in one go; the class is the subject. */
  'material.accepted': { classId: string; materials: number }
  'material.refused': { classId: string; materials: number }
  /** Somebody of the academy looked at a file of it. */
  'material.opened': { classId: string; of: string }
  /** So many workers were reminded of what they lack, so many days before the class. */
  'materials.reminded': { classId: string; days: number; workers: number }
  /** Their time was over. */
  'materials.removed': { classId: string; materials: number }
  /** A document of a class's file (一班一档): the stored bytes by their digest, never the name, which somebody typed. */
  'class_file.added': { classId: string; part: string; kind: string; bytes: number; digest: string }
  /** Somebody said that a class has none of a part of its file, or took that back. */
  'class_file.none_said': { classId: string; part: string; reason: string }
  'class_file.none_unsaid': { classId: string; part: string }
  'class_file.removed': { classId: string; part: string; digest: string; reason: string }
  /** The whole file was taken out as one zip. */
  'class_file.taken': { classId: string; files: number; bytes: number; digest: string }
  'enrolment.recorded': { classId: string; credited: boolean }
  'enrolment.credited': { classId: string; creditedOn: string }
  /** Entered for a second person to confirm; `replaced`: of those that waited already. */
  'results.proposed': { assessedOn: string; results: number; corrections: number; replaced: number; doubted?: number }
  'results.returned': { results: number }
  /** Confirmed; `proposedBy`: the account that entered it. */
  'assessment.recorded': { classId: string; result: string; corrected: boolean; proposedBy: string }
  'certificate.recorded': { type: string; corrected: boolean }
  'certificate.revoked': { type: string }
  'ledger.imported': {
    importId: string
    rows: number
    created: number
    unchanged: number
    corrected: number
    rejected: number
    digest: string
  }
  /** `chosenPersons`: how many were asked for by name of a figure; null: all. */
  'ledger.exported': {
    format: string
    year: number | null
    classCode: string | null
    chosenPersons: number | null
    rows: number
    digest: string
  }
  'ledger.undone': { importId: string; removed: number; restored: number }
  'class.mended': { code: string; fields: string[]; credited: { before: number; after: number } }
  'assessment.redated': { classId: string; from: string; to: string; attempts: number }
  'person.document_mended': { type: string }
  'person.name_mended': { enrolments: number }
  'persons.merged': { mergedId: string; enrolments: number; combined: number; accounts: number }
  'trespass.refused': { route: string; method: string }
}

/** A change of a seat: what it was (null: there was none), by what event, in whose voice (db/values.ts). */
type SeatChange = { classId: string; from: string | null; event: string; voice: string }

export type AuditKind = keyof AuditDetails
