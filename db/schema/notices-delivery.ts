import { sql } from 'drizzle-orm'
import { boolean, check, index, integer, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { CHANNELS, DELIVERY_REASONS, DELIVERY_STATES, NOTICE_KINDS } from '../values.ts'
import { academy } from './academies.ts'
import { account } from './accounts.ts'
import { bytea, id, instant, oneOf } from './kit.ts'
import { notice, TELLERS } from './notices.ts'
import { ownAcademy, ownAccount, policies, purposeIn } from './rls.ts'

/**
 * The outbox: one message of one notice by one channel, written in the notice's transaction and sent by a worker. It holds
 * neither text nor number nor address: these are made and opened at the moment of sending. The row that waits is the job. What was sent
 * or dropped is removed after OUTBOX_DAYS; the notice stays.
 */
export const delivery = pgTable(
  'delivery',
  {
    /** Also what the gateway is told to know it again by, should it come twice. */
    id: id().primaryKey(),
    noticeId: uuid('notice_id')
      .notNull()
      .references(() => notice.id, { onDelete: 'cascade' }),
    channel: text('channel').notNull(),
    /** As in the notice: so that an academy and the operator see what failed without reading what people are told. */
    accountId: uuid('account_id').references(() => account.id),
    /** As in the notice: a place of the academy below; an SMS to the number that was entered for it. */
    placeId: uuid('place_id'),
    kind: text('kind').notNull(),
    /** The academy that it comes from, which may look after it when it fails; null: none. */
    academyId: uuid('academy_id').references(() => academy.id),
    state: text('state').notNull().default('waiting'),
    /** Why it failed last, was given up or dropped; null while nothing went wrong, and once it is sent. */
    reason: text('reason'),
    /** Begun ones: counted before the message leaves, so that a process that is killed has counted it. */
    attempts: integer('attempts').notNull().default(0),
    /** Not before; while it is being sent, when it would be taken for lost and sent again. */
    nextAt: instant('next_at').notNull(),
    /** What the gateway or mail server calls it; null where it said nothing. */
    providerId: text('provider_id'),
    createdAt: instant('created_at').notNull(),
    /** When it was sent, given up or dropped; null before. */
    endedAt: instant('ended_at'),
  },
  (t) => [
    uniqueIndex('delivery_once').on(t.noticeId, t.channel),
    index('delivery_due').on(t.nextAt).where(sql`${t.endedAt} is null`),
    index('delivery_done').on(t.endedAt).where(sql`${t.state} in ('sent', 'dropped')`),
    index('delivery_troubled').on(t.academyId, t.id).where(sql`${t.state} in ('failed', 'given_up')`),
    // Whom no SMS can reach: the academy should see it.
    index('delivery_numberless').on(t.academyId, t.accountId).where(sql`${t.reason} = 'no_number'`),
    check('delivery_channel', oneOf(t.channel, CHANNELS)),
    check(
      'delivery_for',
      sql`(${t.accountId} is null) = (${t.placeId} is not null) and (${t.placeId} is null or ${t.channel} = 'sms' and ${t.academyId} is not null)`,
    ),
    check('delivery_kind', oneOf(t.kind, NOTICE_KINDS)),
    check('delivery_state', oneOf(t.state, DELIVERY_STATES)),
    check('delivery_reason', oneOf(t.reason, DELIVERY_REASONS)),
    check('delivery_why', sql`${t.state} in ('waiting', 'sent') or ${t.reason} is not null`),
    check('delivery_ended', sql`(${t.endedAt} is null) = (${t.state} in ('waiting', 'failed'))`),
    check('delivery_attempts', sql`${t.attempts} >= 0`),
    ...policies('delivery', {
      read: [ownAcademy(t.academyId), purposeIn('delivery', 'health')],
      insert: [purposeIn(...TELLERS)],
      update: [ownAcademy(t.academyId), purposeIn('delivery')],
      // Long done; what was given up stays as long as somebody may still look after it.
      remove: [sql`(${purposeIn('delivery')} and ${t.state} in ('sent', 'dropped'))`],
    }),
  ],
)

/** How an account wants to be told beside the app. No row: by every channel that reaches it, in Chinese. */
export const noticeChoice = pgTable(
  'notice_choice',
  {
    accountId: uuid('account_id')
      .primaryKey()
      .references(() => account.id),
    bySms: boolean('by_sms').notNull(),
    byMail: boolean('by_mail').notNull(),
    /** The address, sealed; null: none was given. */
    mailSealed: bytea('mail_sealed'),
    /** The language of what is sent: that of the page on which the choice was made. */
    locale: text('locale').notNull(),
    chosenAt: instant('chosen_at').notNull(),
  },
  (t) => [
    check('notice_choice_locale', oneOf(t.locale, ['zh-CN', 'en'])),
    check('notice_choice_address', sql`not ${t.byMail} or ${t.mailSealed} is not null`),
    ...policies('notice_choice', {
      read: [ownAccount(t.accountId), purposeIn('delivery')],
      insert: [ownAccount(t.accountId)],
      update: [ownAccount(t.accountId)],
    }),
  ],
)
