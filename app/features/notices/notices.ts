import type { NoticeKind, Result } from '#db/values.ts'

/** A lesson as a notice names it. */
type OfLesson = { courseSlug: string; lessonSlug: string; title: string; titleEn: string }

/** A class as a notice of a seat names it; `until`: an instant up to which somebody must answer (ISO 8601). */
type OfClass = { academyCode: string; classId: string; title: string; titleEn: string; until: string | null }

/**
 * What a message says where the title is too long for an SMS: what becomes of a session and when, what is lacking, whole; the class's name
 * is cut where it must be. Left out in notices from before it was kept. `reason`: why, as somebody wrote it for workers to read.
 */
type InShort = OfClass & { className?: string; what?: string; whatEn?: string; reason?: string }

/**
 * What each kind of notice carries, so that its words and its link need no other row: titles, slugs, codes and ids, never
 * personal data. Adding a kind is a line here, one in db/values.ts, one in words.ts, one in {@link noticePath}; how it leaves
 * the house is a line in delivering.ts and one in message-words.ts. The compiler asks for each.
 */
export type NoticeDetails = {
  /** To those who answer: a worker of one of their classes asked. */
  'question.asked': OfLesson & { academyCode: string; questionId: string }
  /** To the asker. */
  'question.answered': OfLesson & { questionId: string }
  /** To the worker whose seat it is. */
  'seat.enrolled': OfClass
  'seat.waitlisted': OfClass
  'seat.offered': OfClass
  'seat.offer_expired': OfClass
  'seat.rejected': OfClass
  'seat.request_expired': OfClass
  'seat.withdrawn': OfClass
  /** To everybody who had a place in it, or asked or waited for one; to who teaches, heads or was to assess it. */
  'class.cancelled': OfClass
  /** To those in a class and its staff: what its page says has changed. `what`: which of it. */
  'class.changed': InShort
  /** To those in a class and its staff: its timetable changed. The title says what of which session. */
  'session.added': InShort
  'session.changed': InShort
  'session.substituted': InShort
  'session.cancelled': InShort
  'session.made_up': InShort
  /** To a worker with a seat, the evening before: when and where; of the first session `bring`, what to bring. */
  'session.ahead': InShort & { bring?: string }
  /** To who teaches a session that is over: its sheet is not closed. `until`: when the clock closes what was begun of it. */
  'sheet.open': OfClass & { sessionId: string }
  /** To a worker who cannot miss another session of the class. */
  'attendance.at_risk': OfClass
  /** To a worker whose mark on a closed sheet was corrected, `becomes` as the app alone says it. `until`: they may object; null: they have. */
  'attendance.corrected': InShort & { sessionId: string; becomes: string; becomesEn: string }
  /** To those who answer, and to the worker once it is answered. The title says of which sessions, never why. */
  'leave.asked': OfClass
  'leave.granted': OfClass
  'leave.refused': OfClass
  'leave.revoked': OfClass
  'leave.withdrawn': OfClass
  /** To those who may answer it; the sponsor's have a page of their own. */
  'objection.made': OfClass & { isForSponsor: boolean }
  /** To the worker who objected to a sheet. The title says of which session. */
  'objection.accepted': OfClass
  'objection.refused': OfClass
  /** To the worker who handed it in. The title says what of which class, never why it was refused. */
  'material.accepted': OfClass
  'material.refused': OfClass
  /** To a worker with a seat who lacks something of what the class needs, some days before it starts. The title says what. */
  'materials.lacking': InShort
  /** To the academy's administrators and the class's head, once a class and change of the work calendar. The title says which days. */
  'class.days_changed': InShort
  /** To one of the academy's own who assesses at a sitting of a published class. The title says which. */
  'sitting.named': InShort
  'sitting.changed': InShort
  'sitting.dropped': InShort
  /** To those who approve it: a class waits for it. To who asked, once it is answered. */
  'opening.asked': OfClass
  'opening.approved': OfClass
  'opening.returned': OfClass
  /** To the worker: results were confirmed. The app alone says which; nothing says a score. */
  'results.confirmed': OfClass & { result: Result }
  /** To the worker: a certificate was entered. Never its number. */
  'certificate.entered': OfClass
  /** To the academy's administrators who may confirm results of the class, once a class and day. */
  'results.waiting': OfClass
  /** To the academy's administrators and the class's head, once a class and day. */
  'requests.waiting': OfClass
  /** To the union that enrolled workers whom no account reaches: what `workers` of them should hear. Never who they are: its page says. */
  'worker.not_reached': OfClass & { about: PlaceNoticeKind; workers: number; reason?: string }
}

/** What is told of a place in a class, to the worker whose it is. */
export type PlaceNoticeKind = Extract<
  NoticeKind,
  | `seat.${string}`
  | `session.${string}`
  | 'class.cancelled'
  | 'class.changed'
  | 'attendance.at_risk'
  | 'attendance.corrected'
  | 'materials.lacking'
  | 'results.confirmed'
  | 'certificate.entered'
>

export type Notice = {
  [K in NoticeKind]: { id: string; kind: K; detail: NoticeDetails[K]; at: Date; isRead: boolean }
}[NoticeKind]

/** Where a notice leads. */
export function noticePath(notice: Notice | Told): string {
  switch (notice.kind) {
    case 'question.asked':
      return `/academies/${notice.detail.academyCode}/manage/questions/${notice.detail.questionId}`
    case 'question.answered':
      return `/courses/${notice.detail.courseSlug}/${notice.detail.lessonSlug}/ask#q-${notice.detail.questionId}`
    case 'leave.asked':
    case 'leave.withdrawn':
      return `/academies/${notice.detail.academyCode}/manage/leave`
    case 'leave.granted':
    case 'leave.refused':
    case 'leave.revoked':
      return '/learn/leave'
    case 'objection.made':
      return notice.detail.isForSponsor ? '/objections' : `/academies/${notice.detail.academyCode}/manage/objections`
    case 'attendance.corrected':
      return `/learn/objections?session=${notice.detail.sessionId}`
    case 'objection.accepted':
    case 'objection.refused':
      return '/learn/objections'
    case 'worker.not_reached':
      return `/enterprise/classes/${notice.detail.academyCode}/${notice.detail.classId}`
    case 'opening.asked':
      return '/openings'
    case 'class.days_changed':
    case 'opening.approved':
    case 'opening.returned':
      return `/academies/${notice.detail.academyCode}/manage/classes/${notice.detail.classId}`
    case 'sheet.open':
      return `/academies/${notice.detail.academyCode}/manage/sessions/${notice.detail.sessionId}`
    case 'certificate.entered':
      return '/learn/certificates'
    case 'results.confirmed':
      return notice.detail.result === 'passed' ? '/learn/certificates' : classPage(notice.detail)
    case 'results.waiting':
      return `/academies/${notice.detail.academyCode}/manage/classes/${notice.detail.classId}?view=confirm`
    case 'requests.waiting':
      return `/academies/${notice.detail.academyCode}/manage/classes/${notice.detail.classId}/seats`
    case 'material.accepted':
    case 'material.refused':
    case 'materials.lacking':
      return `/academies/${notice.detail.academyCode}/classes/${notice.detail.classId}/materials`
    default:
      return classPage(notice.detail)
  }
}

const classPage = ({ academyCode, classId }: Pick<OfClass, 'academyCode' | 'classId'>) =>
  `/academies/${academyCode}/classes/${classId}`

/** What is told, without whom and when. */
export type Told = { [K in NoticeKind]: { kind: K; detail: NoticeDetails[K] } }[NoticeKind]
