import { sql } from 'drizzle-orm'
import { check, foreignKey, index, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { NOTICE_KINDS, type Purpose } from '../values.ts'
import { account } from './accounts.ts'
import { id, instant, oneOf } from './kit.ts'
import { ownAccount, policies, purposeIn } from './rls.ts'
import { enrolment } from './training-enrolments.ts'

/** Purposes whose commands tell people of something. */
export const TELLERS = [
  'questions',
  'seats',
  'timetable',
  'attendance',
  'materials',
  'results',
] as const satisfies Purpose[]

/**
 * Something that an account should hear of, and the in-app channel at once: shown under 消息 until it is read. Written in
 * the transaction of what it is about. Other channels (SMS, mail) are an outbox of deliveries that refer to it
 * (notices-delivery.ts).
 */
export const notice = pgTable(
  'notice',
  {
    id: id().primaryKey(),
    /** Null: it goes to the number that was entered for the place, since no account is known to be its worker's. */
    accountId: uuid('account_id').references(() => account.id),
    /** The place in a class whose worker has no account; null: it is an account's. */
    placeAcademyId: uuid('place_academy_id'),
    placeId: uuid('place_id'),
    /** Past tense, `noun.verb`. */
    kind: text('kind').notNull(),
    /** The row that it is about; of one row and kind an account, or a place, hears once. */
    subjectId: uuid('subject_id').notNull(),
    /** What its words and its link are made of (app/features/notices/notices.ts): never personal data. */
    detail: jsonb('detail').$type<unknown>().notNull(),
    at: instant('at').notNull(),
    /** When it was opened; null: it counts as unread in the shell of every page. */
    readAt: instant('read_at'),
  },
  (t) => [
    uniqueIndex('notice_once').on(t.accountId, t.kind, t.subjectId),
    uniqueIndex('notice_place_once')
      .on(t.placeAcademyId, t.placeId, t.kind, t.subjectId)
      .where(sql`${t.placeId} is not null`),
    foreignKey({
      columns: [t.placeAcademyId, t.placeId],
      foreignColumns: [enrolment.academyId, enrolment.id],
    }).onDelete('cascade'),
    check(
      'notice_for',
      sql`(${t.accountId} is null) = (${t.placeId} is not null) and (${t.placeId} is null) = (${t.placeAcademyId} is null)`,
    ),
    index('notice_account').on(t.accountId, t.id),
    index('notice_unread').on(t.accountId).where(sql`${t.readAt} is null`),
    check('notice_kind', oneOf(t.kind, NOTICE_KINDS)),
    ...policies('notice', {
      // Signing in: the number of unread ones comes with the session of every request.
      // Who tells reads back which ones are new; who sends reads what to say.
      read: [ownAccount(t.accountId), purposeIn('sign_in', 'delivery', ...TELLERS)],
      insert: [purposeIn(...TELLERS)],
      // What an opening asked of several reviewers is read by all once one of them has answered; that a seat is kept, once it is no more.
      update: [ownAccount(t.accountId), purposeIn('timetable', 'seats')],
    }),
  ],
)
