import { jsonb, pgTable, primaryKey, uuid } from 'drizzle-orm/pg-core'
import { account } from './accounts.ts'
import { bytea, instant } from './kit.ts'
import { ownAccount, policies } from './rls.ts'

/**
 * A form that was sent and what was answered, kept in the transaction of what it did: sent again, by a second click or a phone
 * that lost its signal, it does nothing more and is answered the same (app/features/once). Forgotten some days later, when the account sends
 * another.
 */
export const answeredForm = pgTable(
  'answered_form',
  {
    accountId: uuid('account_id')
      .notNull()
      .references(() => account.id),
    /** Made with the form, when its page was read. */
    key: uuid('key').notNull(),
    /** SHA-256 of what was asked: the same key with another body is refused. */
    digest: bytea('digest').notNull(),
    /** Null only inside the transaction that does it. */
    answer: jsonb('answer').$type<unknown>(),
    at: instant('at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.accountId, t.key] }),
    ...policies('answered_form', {
      read: [ownAccount(t.accountId)],
      insert: [ownAccount(t.accountId)],
      update: [ownAccount(t.accountId)],
      remove: [ownAccount(t.accountId)],
    }),
  ],
)
