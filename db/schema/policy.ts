import { sql } from 'drizzle-orm'
import { check, index, integer, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import { OPENING_APPROVALS, POLICY_SUBJECTS, RATE_BASES } from '../values.ts'
import { hours, id, instant, oneOf } from './kit.ts'
import { everybody, policies, purposeIn } from './rls.ts'

/**
 * The plan as rows. Never edited: a change is a new row, and the latest `set_at` of a (year, subject) is in force.
 * A year without rows of its own is judged by the nearest one before it, else by the first (app/features/policy).
 */
export const policy = pgTable(
  'policy',
  {
    id: id().primaryKey(),
    year: integer('year').notNull(),
    /**
     * An indicator, `counting`: who and what counts, `learning`: how online hours are earned, `seats`: how seats are given,
     * `attendance`: how it is taken, or `opening`: who approves a class before it is published.
     */
    subject: text('subject').notNull(),
    /** brands: brands; trained, practical: persons; rate: percent; growth: tenths of a percent; the others: null. */
    threshold: integer('threshold'),
    /** rate only: the denominator. */
    basis: text('basis'),
    /** growth only: tenths of a percentage point below the threshold that still meet the plan's "about" (左右). */
    toleranceTenths: integer('tolerance_tenths'),
    /** counting only: percentage of the planned hours that credits a classroom, practical or mixed class. */
    attendancePercent: integer('attendance_percent'),
    /** counting only: 人员类别 that do not count; an enrolment without a category counts. */
    excludedCategories: text('excluded_categories').array(),
    /** counting only: certificate types that count for `certified`. */
    certificateTypes: text('certificate_types').array(),
    /** learning only: share of a lesson's stated minutes, in percent, that its reader must have been active. */
    activePercent: integer('active_percent'),
    /** learning only: share of a required video or recording, in percent, that must have been played. */
    playedPercent: integer('played_percent'),
    /** learning only: the fastest playback that counts, in tenths (15: one and a half times); faster counts nothing. */
    fullSpeedTenths: integer('full_speed_tenths'),
    /** learning only: seconds without a sign of the reader, and with nothing playing, after which time stands still. */
    idleSeconds: integer('idle_seconds'),
    /** learning only: minutes back for which time is believed that was told late, or by opening and sending a page alone. */
    lateMinutes: integer('late_minutes'),
    /** seats only: classes at a place that a worker may hold or ask for in a calendar year; 0: as many as there are. */
    mostSeats: integer('most_seats'),
    /** seats only: days within which an academy answers a request, before it expires. */
    requestDays: integer('request_days'),
    /** seats only: hours that an offered seat is held for the worker; the clock runs from `hold_from` to `hold_until` o'clock in Shanghai. */
    holdHours: integer('hold_hours'),
    holdFrom: integer('hold_from'),
    holdUntil: integer('hold_until'),
    /** seats only: hours before the first day after which freed seats are offered no more. */
    cutOffHours: integer('cut_off_hours'),
    /** attendance only: minutes after the beginning (before the end) of a session within which one is not late (early). */
    graceMinutes: integer('grace_minutes'),
    /** attendance only: hours after the end of a session at which its sheet is closed by itself. */
    closeHours: integer('close_hours'),
    /** attendance only: hours after closing within which marks that were made before it, out of reach, are still taken. */
    sendHours: integer('send_hours'),
    /** attendance only: days after closing within which a worker may object. */
    objectDays: integer('object_days'),
    /** attendance only: days after the class's last day with which its sheets are locked. */
    lockDays: integer('lock_days'),
    /** attendance only: percentage of the planned hours that must be delivered for hours to count over those delivered. */
    deliveredPercent: integer('delivered_percent'),
    /** opening only: who has to approve a class before it is published. */
    openingApproval: text('opening_approval'),
    /** attendance only: o'clock in Shanghai, on the evening before, from which workers are reminded of a session. */
    remindHour: integer('remind_hour'),
    /** attendance only: hours after the end of a session at which its instructors are reminded of a sheet that is not closed. */
    sheetHours: integer('sheet_hours'),
    /** trained, practical: least credited (practical) hours of a person in the year; 0 asks for none. */
    leastHours: hours('least_hours'),
    /** Document and clause; null until one is entered: disagreeing readings then show 口径待定. */
    source: text('source'),
    /** Who set it; null for the reference data. */
    setBy: uuid('set_by'),
    setAt: instant('set_at').notNull(),
  },
  (t) => [
    index('policy_year').on(t.year, t.subject, t.setAt),
    check('policy_subject', oneOf(t.subject, POLICY_SUBJECTS)),
    check('policy_basis', oneOf(t.basis, RATE_BASES)),
    check('policy_attendance', sql`${t.attendancePercent} between 0 and 100`),
    check(
      'policy_learning',
      sql`${t.activePercent} between 0 and 100 and ${t.playedPercent} between 0 and 100 and ${t.fullSpeedTenths} >= 10 and ${t.idleSeconds} >= 10 and ${t.lateMinutes} > 0`,
    ),
    check('policy_opening', oneOf(t.openingApproval, OPENING_APPROVALS)),
    check(
      'policy_seats',
      sql`${t.mostSeats} >= 0 and ${t.requestDays} > 0 and ${t.holdHours} > 0 and ${t.cutOffHours} >= 0 and ${t.holdFrom} between 0 and 23 and ${t.holdUntil} between 1 and 24 and ${t.holdFrom} < ${t.holdUntil}`,
    ),
    check(
      'policy_attendance_taken',
      sql`${t.graceMinutes} between 0 and 120 and ${t.closeHours} > 0 and ${t.sendHours} >= 0 and ${t.objectDays} > 0 and ${t.lockDays} >= 0 and ${t.deliveredPercent} between 0 and 100 and ${t.remindHour} between 8 and 20 and ${t.sheetHours} >= 0`,
    ),
    ...policies('policy', { read: [everybody], insert: [purposeIn('setup')] }),
  ],
)
