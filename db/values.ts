/**
 * Every stored vocabulary, as const tuples. The schema's CHECK constraints are made from these, so a new value is an
 * ordinary migration. Imports nothing. The Chinese words that users read for them are in the features' words.
 */

export const ACADEMY_KINDS = ['comprehensive', 'online', 'local', 'industry', 'enterprise'] as const
export type AcademyKind = (typeof ACADEMY_KINDS)[number]

export const UNION_KINDS = ['provincial_union', 'city_union', 'industrial_union'] as const
export type UnionKind = (typeof UNION_KINDS)[number]

/** Days of the work calendar that are not what their weekday says: a public holiday, a weekend day that is worked in return (调休). */
export const SPECIAL_DAY_KINDS = ['holiday', 'made_up'] as const
export type SpecialDayKind = (typeof SPECIAL_DAY_KINDS)[number]

export const BRAND_STATUSES = ['approved', 'pending'] as const
export type BrandStatus = (typeof BRAND_STATUSES)[number]

export const MODES = ['online', 'classroom', 'practical', 'mixed'] as const
export type Mode = (typeof MODES)[number]

/** How a course is learned: online alone, or online first and then in a practical class. */
export const COURSE_MODES = ['online', 'mixed'] as const satisfies readonly Mode[]
export type CourseMode = (typeof COURSE_MODES)[number]

/** What the catalogue knows: a course to be learned online, a class that one goes to, an online class that offers a course. */
export const CATALOGUE_KINDS = ['course', 'class', 'offer'] as const
export type CatalogueKind = (typeof CATALOGUE_KINDS)[number]

/** Where in an item of the catalogue a word stands; what stands first says more about it. */
export const CATALOGUE_PARTS = [
  'title',
  'title_en',
  'key', // occupation, level, mode; of a course its lessons' titles; of a class academy, city and site
  'summary',
  'often', // of a course: what its lessons say again and again
  'body', // of a course: whatever its lessons say
] as const

/** Stored states of a class run here; `running` and `finished` are derived from its dates. */
export const CLASS_STATUSES = ['draft', 'published', 'cancelled', 'closed'] as const
export type ClassStatus = (typeof CLASS_STATUSES)[number]

/** What may be missing of a class when it is closed, with a reason: parts of its file, results, certificates. */
export const CLOSING_LACKS = ['file', 'no_result', 'pending'] as const
export type ClosingLack = (typeof CLOSING_LACKS)[number]

/**
 * What is unusual about the timetable of a class that is about to be published, and has to be explained: class hours that differ
 * from the plan, or their practical part; a day with many of them; sessions that have begun.
 */
export type PlanDoubt =
  | { is: 'hours' | 'practical'; planned: number; sum: number }
  | { is: 'day'; date: string; hours: number }
  | { is: 'begun'; sessions: number }
  | { is: 'on_holiday'; date: string; name: string; meets?: 'sitting' }
  // Of a class that is all practical, whose hours count as practice whatever its sessions are for.
  | { is: 'theory'; hours: number }
  | DayDoubt

/** What a day is for those who work Monday to Friday. `made_up`: a weekend day that is worked in return for a holiday (调休). */
export const DAY_KINDS = ['workday', 'weekend', 'holiday', 'made_up'] as const
export type DayIs = (typeof DAY_KINDS)[number]

/** What a day became by the work calendar that matters to who meets on it. */
export const DAY_CHANGES = ['holiday', 'made_up', 'workday'] as const satisfies DayIs[]
/**
 * A day of a published class that the work calendar made another one. `name`: the holiday; of a workday the one that it no longer is of;
 * `meets`: what is planned on it is a sitting of the assessment, else a session.
 */
export type DayDoubt = { is: (typeof DAY_CHANGES)[number]; date: string; name: string; meets?: 'sitting' }

/** What a session (课次) is for: its hours are theory (理论) or practical (实操) ones. */
export const SESSION_KINDS = ['theory', 'practical'] as const
export type SessionKind = (typeof SESSION_KINDS)[number]

/** Who has to approve that a class is opened (policy subject `opening`). */
export const OPENING_APPROVALS = [
  'none',
  'sponsor', // the union that recommends the academy
] as const
export type OpeningApproval = (typeof OPENING_APPROVALS)[number]

/** What becomes of a draft that was handed to a reviewer. */
export const OPENING_STATES = [
  'waiting',
  'approved',
  'returned', // with a reason
  'withdrawn', // by the academy, before it was answered
] as const
export type OpeningState = (typeof OPENING_STATES)[number]

/** What somebody is in a class (class_staff). */
export const STAFF_ROLES = [
  'head', // 班主任: looks after the class and its workers
  'instructor', // 教师: teaches it
] as const
export type StaffRole = (typeof STAFF_ROLES)[number]

/** Stored states of a session; whether it was held is derived from the clock. */
export const SESSION_STATUSES = ['planned', 'cancelled'] as const
export type SessionStatus = (typeof SESSION_STATUSES)[number]

/** What a sitting of a class's assessment plan assesses (考核内容). */
export const ASSESSED_PARTS = ['theory', 'practical', 'both'] as const
export type AssessedPart = (typeof ASSESSED_PARTS)[number]

/** How a session of a published class was changed afterwards. */
export const SESSION_CHANGES = ['added', 'changed', 'cancelled', 'made_up', 'substituted'] as const
export type SessionChange = (typeof SESSION_CHANGES)[number]

/** What an instructor bears (instructor_title). The first three make a craftsman instructor: `CRAFTSMAN_TITLES`. */
export const INSTRUCTOR_TITLES = [
  'model_worker', // 劳动模范
  'craftsman', // 工匠（大国工匠、南粤工匠、企业工匠……）
  'skill_master', // 技能大师、技术能手
  'chief_technician', // 首席技师
  'special_technician', // 特级技师
  'senior_technician', // 高级技师
  'technician', // 技师
  'senior_engineer', // 高级职称
  'engineer', // 中级职称
  'other',
] as const
export type InstructorTitle = (typeof INSTRUCTOR_TITLES)[number]
export const CRAFTSMAN_TITLES = ['model_worker', 'craftsman', 'skill_master'] as const satisfies InstructorTitle[]

/** Who gave an honour. */
export const HONOUR_SCOPES = ['national', 'provincial', 'city', 'industry', 'enterprise'] as const
export type HonourScope = (typeof HONOUR_SCOPES)[number]

/** Where a class came from: opened in the system, or brought by a ledger. */
export const CLASS_ORIGINS = ['system', 'ledger'] as const
export type ClassOrigin = (typeof CLASS_ORIGINS)[number]

/** What becomes of a ledger that was uploaded in the browser. */
export const UPLOAD_STATES = [
  'received', // stored; looking at its sheets and headers waits or runs
  'unreadable', // no ledger: why stands in `errors`; the file is gone
  'uploaded', // read as far as its headers; columns and sheets are to be chosen
  'mapped', // chosen; the check of all rows waits or runs
  'previewed', // checked; somebody decides
  'importing', // decided; the import waits or runs
  'done', // imported, or there was nothing to import
  'failed', // given up after several attempts; nothing was imported
  'cancelled', // by whoever uploaded it
  'expired', // nobody came back for it
] as const
export type UploadState = (typeof UPLOAD_STATES)[number]

/** What becomes of an import that somebody asked to have undone in the browser. */
export const UNDO_STATES = [
  'waiting', // for the worker, or it runs
  'done', // taken back
  'refused', // something had been built on it by then; nothing was changed
  'failed', // given up after several attempts; nothing was changed
] as const
export type UndoState = (typeof UNDO_STATES)[number]

/** How far an undo is. */
export const UNDO_STEPS = ['looking', 'results', 'enrolments', 'persons'] as const
export type UndoStep = (typeof UNDO_STEPS)[number]

/** Stored states of a seat; everything else (full, attending, credited) is derived. */
export const SEATS = ['requested', 'enrolled', 'waitlisted', 'offered', 'withdrawn', 'rejected'] as const
export type Seat = (typeof SEATS)[number]

/** How a place in a class came to be withdrawn. */
export const SEAT_ENDINGS = [
  'left', // the worker gave it back, or somebody did it for the worker
  'removed', // the academy took the worker out, and says why
  'declined', // the worker did not want the seat that was offered
  'offer_expired', // nobody answered the offer in time
  'request_expired', // the academy did not answer the request in time
  'class_cancelled', // before anything was delivered
] as const
export type SeatEnding = (typeof SEAT_ENDINGS)[number]

/** Who asked for a change of a seat, as the trail tells it. */
export const SEAT_VOICES = [
  'worker', // the worker, signed in
  'phone', // the worker, by phone: the academy entered it
  'academy', // the academy itself
  'union', // the union of the worker's enterprise
  'clock', // a time limit that ran out, or a seat that became free
] as const
export type SeatVoice = (typeof SEAT_VOICES)[number]

/** How a worker attended a session (考勤). No value: unmarked, which is not absent. */
export const ATTENDANCE_MARKS = [
  'present', // 到课
  'late', // 迟到
  'left_early', // 早退; also where the worker came late as well
  'excused', // 请假
  'absent', // 缺勤
] as const
export type AttendanceMark = (typeof ATTENDANCE_MARKS)[number]

/** What an entry of a sheet says: came, went, or how the worker attended. */
export const ATTENDANCE_ACTS = ['in', 'out', 'mark'] as const
export type AttendanceAct = (typeof ATTENDANCE_ACTS)[number]

/** How an entry came into a sheet. */
export const ATTENDANCE_WAYS = [
  'code', // the worker scanned the code on the instructor's screen
  'spoken', // the worker typed the code that the instructor said
  'scanned', // the instructor scanned the worker's code
  'hand', // by hand, with a reason
  'paper', // from a paper sheet, ticked off in one go
  'leave', // leave was granted
  'correction', // a second person, after the sheet was closed
] as const
export type AttendanceWay = (typeof ATTENDANCE_WAYS)[number]

/** Why a worker asks for leave (请假). */
export const LEAVE_REASONS = [
  'illness', // 生病
  'family', // 家里有事
  'work', // 单位有任务
  'travel', // 天气、交通
  'other', // in the worker's own words
] as const
export type LeaveReason = (typeof LEAVE_REASONS)[number]

/** What became of a worker's leave from one session. That nobody answered in time is derived. */
export const LEAVE_STATES = [
  'asked', // waits for an answer
  'granted',
  'refused', // with a reason
  'withdrawn', // by the worker, before it was answered, or once granted before the session began
  'revoked', // granted, and taken back by those who answer, with a reason
] as const
export type LeaveState = (typeof LEAVE_STATES)[number]

/** What became of a worker's objection (异议) to a closed sheet. */
export const OBJECTION_STATES = [
  'open', // waits for a second person
  'accepted', // the sheet was corrected
  'refused', // with a reason
] as const
export type ObjectionState = (typeof OBJECTION_STATES)[number]

/** The parts of a class's file (一班一档), in the order in which they lie in it. */
export const CLASS_FILE_PARTS = [
  'notice', // 开班通知
  'timetable', // 课程表: the system makes it
  'sign_in', // 签到表: attendance as it was taken, and scans of what was signed on paper
  'photographs', // 现场照片
  'papers', // 试卷
  'scores', // 成绩册: the system makes it
  'receipts', // 证书领取表: the system makes the list, a scan of it signed is added
] as const
export type ClassFilePart = (typeof CLASS_FILE_PARTS)[number]

/** A picture that is kept like a class's documents and lies in no part of its file: the QR code of the workers' group (班级群). */
export const GROUP_QR = 'group_qr'

/** What a part of a class's file is added as. What a file is its content says, never its name. */
export const FILE_KINDS = ['pdf', 'jpg', 'png', 'webp', 'docx', 'xlsx'] as const
export type FileKind = (typeof FILE_KINDS)[number]

/** What a class needs of its workers (class_requirement), in the order in which they read it. */
export const REQUIREMENT_KINDS = [
  'photo', // 一寸照片
  'earlier_certificate', // 原证书
  'work_years', // 工龄证明
  'other', // in the academy's own words
] as const
export type RequirementKind = (typeof REQUIREMENT_KINDS)[number]

/** What became of what a worker handed in. No row: nothing was, or it is gone again. */
export const MATERIAL_STATES = [
  'handed_in', // waits for the academy
  'accepted',
  'refused', // with a reason: to be handed in again
] as const
export type MaterialState = (typeof MATERIAL_STATES)[number]

/** What a worker hands in: pictures, and PDF but where a picture is asked for. */
export const MATERIAL_KINDS = ['pdf', 'jpg', 'png', 'webp'] as const satisfies FileKind[]
export type MaterialKind = (typeof MATERIAL_KINDS)[number]

export const RESULTS = ['passed', 'failed', 'absent'] as const
export type Result = (typeof RESULTS)[number]

/** What spoke against a result when it was entered: before the class's last session, or of a worker whose hours were not enough. */
export const RESULT_DOUBTS = ['before_last_session', 'no_credit'] as const
export type ResultDoubt = (typeof RESULT_DOUBTS)[number]

/** What becomes of a result that somebody entered. */
export const PROPOSAL_STATES = [
  'open', // waits for a second person
  'confirmed', // by a second person: it is an assessment now
  'returned', // somebody did not confirm it, and said why; or took it back
  'replaced', // entered anew before anybody had confirmed it
] as const
export type ProposalState = (typeof PROPOSAL_STATES)[number]

/** What a final test shows once it is over. */
export const TEST_SHOWS = [
  'score', // how many were right
  'mistakes', // which were wrong, and why; not what is right
  'answers', // everything
] as const
export type TestShow = (typeof TEST_SHOWS)[number]

/** Who a page of the product's manual is for, in the order in which it lists them. */
export const HELP_READERS = ['worker', 'administrator', 'reviewer', 'author'] as const
export type HelpReader = (typeof HELP_READERS)[number]

/** The languages of the manual: those of the interface. */
export const HELP_LOCALES = ['zh-CN', 'en'] as const
export type HelpLocale = (typeof HELP_LOCALES)[number]

export const DOCUMENT_TYPES = [
  'resident_id', // 居民身份证
  'hk_mo_residence', // 港澳居民居住证
  'tw_residence', // 台湾居民居住证
  'hk_mo_permit', // 港澳居民来往内地通行证
  'tw_permit', // 台湾居民来往大陆通行证
  'foreign_pr', // 外国人永久居留身份证
  'passport', // 护照
] as const
export type DocumentType = (typeof DOCUMENT_TYPES)[number]

/** What a person's history tells (person_revision). */
export const PERSON_CHANGES = ['document', 'name', 'merged', 'kept'] as const
export type PersonChange = (typeof PERSON_CHANGES)[number]

export const CATEGORIES = [
  'employed', // 在职职工
  'flexible', // 灵活就业
  'new_form', // 新就业形态
  'laid_off', // 下岗待岗
  'student', // 在校学生
  'retired', // 退休
  'other', // 其他
] as const
export type Category = (typeof CATEGORIES)[number]

/**
 * Skill levels with their ranks (domain.md, "How figures are counted"); `none` is declared only (无): the worker says
 * that no level is held. Rank order is what `improved` compares.
 */
export const LEVELS = ['apprentice', 'l5', 'l4', 'l3', 'l2', 'l1', 'special_technician', 'chief_technician'] as const
export type Level = (typeof LEVELS)[number]
export const DECLARED_LEVELS = ['none', ...LEVELS] as const
export type DeclaredLevel = (typeof DECLARED_LEVELS)[number]

export const CERTIFICATE_TYPES = [
  'skill_level', // 职业技能等级证书: carries a level
  'qualification', // 职业资格证书: carries a level
  'special_ability', // 专项职业能力证书: rank 0
  'special_operation', // 特种作业操作证: its number contains the document number
  'special_equipment', // 特种设备作业人员证
  'training', // 培训合格证书
  'other', // 其他证书
] as const
export type CertificateType = (typeof CERTIFICATE_TYPES)[number]

export const CERTIFICATE_STATUSES = ['valid', 'revoked'] as const
export type CertificateStatus = (typeof CERTIFICATE_STATUSES)[number]

export const INDICATORS = ['brands', 'trained', 'practical', 'rate', 'growth'] as const
export type Indicator = (typeof INDICATORS)[number]

/**
 * A policy row judges one indicator, or says who and what counts in a year (`counting`), how online hours are earned
 * (`learning`), how seats are given (`seats`), or how attendance is taken (`attendance`).
 */
export const POLICY_SUBJECTS = [...INDICATORS, 'counting', 'learning', 'seats', 'attendance', 'opening'] as const
export type PolicySubject = (typeof POLICY_SUBJECTS)[number]

/** Readings of the certification rate's denominator. */
export const RATE_BASES = ['assessed', 'practical', 'trained'] as const
export type RateBasis = (typeof RATE_BASES)[number]

export const ROLES = [
  'worker',
  'instructor',
  'academy_admin',
  'enterprise_union', // 企业工会: enrols its own workers
  'sponsor_reviewer',
  'provincial_handler',
  'provincial_reviewer',
  'operator',
] as const
export type Role = (typeof ROLES)[number]

/** What of a published class can change and is kept as a change, by the names of the class's own fields. */
export const CLASS_CHANGE_FIELDS = [
  'code',
  'name',
  'mode',
  'occupationCode',
  'level',
  'startsOn',
  'endsOn',
  'plannedHours',
  'plannedPracticalHours',
  'capacity',
  'siteId',
  'enrolOpensAt',
  'enrolClosesAt',
  'withdrawUntil',
  'needsApproval',
  'hasWaitlist',
  'eligibleCategories',
  'eligibleLevel',
  'eligibleYears',
  'eligibleEmployers',
  'isForMembers',
  'feeFen',
  'bring',
  'lunch',
  'documentsNeeded',
  'classHead',
  'classHeadPhone',
  'certificatesExpectedOn',
] as const
export type ClassChangeField = (typeof CLASS_CHANGE_FIELDS)[number]

/** What of its assessment plan changes and is kept beside them; `sitting`: one of them, null before it was added and after it was cancelled. */
export const PLAN_CHANGE_FIELDS = ['sitting', 'resits', 'assessmentLater'] as const
export type PlanChangeField = (typeof PLAN_CHANGE_FIELDS)[number]

/** What a sitting said before or after a change; its place by name. */
export type SittingFacts = {
  part: AssessedPart
  /** 1: the first sitting; 2: the first re-sit. */
  attempt: number
  /** A day and wall-clock times of Shanghai. */
  date: string
  from: string
  to: string
  place: string
  /** By name, with the body of who comes from outside. */
  assessors: readonly string[]
}

/** A value of such a field as JSON has it; instants in ISO 8601. */
export type ClassChangeValue = string | number | boolean | readonly string[] | SittingFacts | null

/** What an account is told in the app (app/features/notices/notices.ts). */
export const NOTICE_KINDS = [
  'question.asked',
  'question.answered',
  'seat.enrolled', // a request was approved, or somebody entered the worker
  'seat.waitlisted', // a request was approved while no seat was free
  'seat.offered',
  'seat.offer_expired',
  'seat.rejected',
  'seat.request_expired',
  'seat.withdrawn', // somebody gave the seat back for the worker
  'class.cancelled',
  'class.changed', // what a published class says of itself
  'session.added',
  'session.changed',
  'session.cancelled',
  'session.made_up',
  'attendance.at_risk', // one more session missed, and the hours will not suffice
  'attendance.corrected', // to the worker: a closed sheet says otherwise now
  'session.substituted', // somebody else teaches it
  'leave.asked', // to those who answer
  'leave.granted',
  'leave.refused',
  'leave.revoked',
  'leave.withdrawn', // granted leave, by the worker: to those who answer
  'objection.made', // to those who may answer
  'objection.accepted',
  'objection.refused',
  'material.accepted', // to the worker who handed it in
  'material.refused',
  'class.days_changed', // to the academy's administrators and the class's head: the work calendar made days with sessions other ones
  'sitting.named', // to who is to assess at it
  'sitting.changed',
  'sitting.dropped', // it is off, or somebody else assesses
  'opening.asked', // to who approves it: an academy wants to open a class
  'opening.approved', // to who asked
  'opening.returned',
  'results.waiting', // to who may be the second person to confirm them
  'materials.lacking', // to a worker, before the class starts: not everything is handed in
  'requests.waiting', // to the academy's administrators and the class's head: somebody asks for a seat that the academy gives
  'session.ahead', // to a worker, the evening before
  'sheet.open', // to who teaches a session: it is over, and its sheet not closed yet
  'results.confirmed', // to the worker whose they are
  'certificate.entered',
  'worker.not_reached', // to the union that enrolled a worker whom no account reaches: what the worker should hear
] as const
export type NoticeKind = (typeof NOTICE_KINDS)[number]

/** Ways in which an account is told beside the app, which always does. */
export const CHANNELS = ['sms', 'mail'] as const
export type Channel = (typeof CHANNELS)[number]

/** What becomes of a message that is to leave the house. */
export const DELIVERY_STATES = [
  'waiting', // not tried yet, or held back for the night
  'failed', // tried in vain; will be tried again
  'sent', // the gateway or the mail server took it
  'given_up', // tried in vain for the last time, or somebody decided so
  'dropped', // never sent: it had no use any more, or nowhere to go
] as const
export type DeliveryState = (typeof DELIVERY_STATES)[number]

/** Why a message failed, was given up or was dropped. */
export const DELIVERY_REASONS = [
  'unreachable', // no connection to the gateway or the mail server
  'timeout', // no answer in time
  'busy', // it said: later
  'broken', // it said: an error of mine
  'refused', // it does not take this message or this recipient
  'login', // it does not know us: key, user or password is wrong
  'unreadable', // the number or address does not open with this installation's keys
  'stopped', // an administrator or operator decided
  'no_number', // the account gave no phone number
  'no_address', // the account gave no e-mail address
  'unwanted', // the account wants no messages this way
  'disabled', // the account was closed
  'read', // opened in the app before it was sent
  'late', // nothing could be done about it any more
  'switched_off', // the installation has this channel no more
] as const
export type DeliveryReason = (typeof DELIVERY_REASONS)[number]

/**
 * Named purposes for which the system itself sees more than the person who asked. Row-level security admits each only
 * to the tables it needs (db/schema/rls.ts): the list is short on purpose.
 */
export const PURPOSES = [
  'setup', // reference data, academies, brands, occupations, accounts from the shell
  'content', // publishing courses
  'catalogue', // the catalogue's index, written by triggers on courses and classes
  'sign_in', // finding an account by login, its session, and slowing failures
  'register', // making a worker's account and finding or making the person behind the document
  'identity', // an academy confirms that an account belongs to a person
  'seats', // taking and freeing seats under the class's lock
  'credit', // crediting online enrolments when a course is finished
  'hours', // counting the time that lessons were read and recordings played
  'delivery', // sending what waits in the outbox: opening a phone number at that moment
  'calendar', // a phone's calendar, which cannot sign in: whose it is, and what changed since it last looked
  'attendance', // a worker's own check-in, closing sheets, and the hours that come of them
  'timetable', // whose time a session takes, province-wide; telling those in a class that it was changed
  'materials', // what workers hand in for a class: telling them what became of it and what is lacking, removing it when its time is over
  'results', // telling a second person that results wait to be confirmed, and workers of those that are and of certificates
  'classfile', // bytes of class files that lie on the disk and belong to nothing
  'questions', // asking an instructor and answering: finding whom to tell, telling them
  'ledger', // importing and undoing a ledger
  'figures', // counting: province-wide levels held before, tallies
  'audit', // recording trespass in its own transaction
  'health', // readiness and system state: counts, never rows of people
] as const
export type Purpose = (typeof PURPOSES)[number]
