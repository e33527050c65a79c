import { sql } from 'drizzle-orm'
import { check, foreignKey, index, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { PROPOSAL_STATES, RESULT_DOUBTS, RESULTS } from '../values.ts'
import { account } from './accounts.ts'
import { day, id, instant, oneOf, score, someOf } from './kit.ts'
import { account as acting, overseers, ownAcademy, policies, purposeIn } from './rls.ts'
import { enrolment } from './training-enrolments.ts'

/**
 * A result that one of the academy's people entered, for another to confirm. It is no fact and counts nowhere: no figure, no
 * page of the worker, no certificate. Confirmed, it becomes an `assessment`, or corrects the one of that day. Its values
 * never change; entered anew it is another row, so that what was entered when by whom stays to be seen.
 */
export const proposedResult = pgTable(
  'proposed_result',
  {
    academyId: uuid('academy_id').notNull(),
    id: id().notNull(),
    enrolmentId: uuid('enrolment_id').notNull(),
    assessedOn: day('assessed_on').notNull(),
    result: text('result').notNull(),
    /** Of 100; null where none was given. */
    theoryScore: score('theory_score'),
    practicalScore: score('practical_score'),
    /**
     * What the confirmed assessment of that day said when this was entered, as results.ts marks it; null: there was none.
     * Says it something else by now, this is confirmed by nobody.
     */
    corrects: text('corrects'),
    /** Why a confirmed result is corrected; null where there was none. */
    reason: text('reason'),
    /** What spoke against it, and whoever entered it said was right all the same; for the second person to see. */
    doubts: text('doubts').array().notNull().default([]),
    state: text('state').notNull(),
    proposedBy: uuid('proposed_by')
      .notNull()
      .references(() => account.id),
    proposedAt: instant('proposed_at').notNull(),
    /** Who confirmed, returned or replaced it; null while it is open. */
    decidedBy: uuid('decided_by').references(() => account.id),
    decidedAt: instant('decided_at'),
    /** Why it was returned, in the words of whoever did. */
    returnedBecause: text('returned_because'),
  },
  (t) => [
    primaryKey({ columns: [t.academyId, t.id] }),
    uniqueIndex('proposed_result_once').on(t.academyId, t.enrolmentId, t.assessedOn).where(sql`${t.state} = 'open'`),
    index('proposed_result_enrolment').on(t.academyId, t.enrolmentId),
    // An import that is undone takes proposals along that nobody waits for any more; an open one stands in its way.
    foreignKey({ columns: [t.academyId, t.enrolmentId], foreignColumns: [enrolment.academyId, enrolment.id] }).onDelete(
      'cascade',
    ),
    check('proposed_result_result', oneOf(t.result, RESULTS)),
    check('proposed_result_state', oneOf(t.state, PROPOSAL_STATES)),
    check('proposed_result_doubts', someOf(t.doubts, RESULT_DOUBTS)),
    check('proposed_result_scores', sql`${t.theoryScore} between 0 and 100 and ${t.practicalScore} between 0 and 100`),
    check(
      'proposed_result_passed',
      sql`${t.result} <> 'passed' or (coalesce(${t.theoryScore}, 60) >= 60 and coalesce(${t.practicalScore}, 60) >= 60)`,
    ),
    check(
      'proposed_result_absent',
      sql`${t.result} <> 'absent' or (${t.theoryScore} is null and ${t.practicalScore} is null)`,
    ),
    check('proposed_result_corrects', sql`(${t.corrects} is null) = (${t.reason} is null)`),
    check(
      'proposed_result_decided',
      sql`(${t.state} = 'open') = (${t.decidedBy} is null) and (${t.decidedBy} is null) = (${t.decidedAt} is null)`,
    ),
    check('proposed_result_by_another', sql`${t.state} <> 'confirmed' or ${t.decidedBy} <> ${t.proposedBy}`),
    ...policies('proposed_result', {
      read: [...overseers(t.academyId), purposeIn('ledger')],
      insert: [sql`(${ownAcademy(t.academyId)} and ${t.proposedBy} = ${acting})`],
      update: [ownAcademy(t.academyId)],
      updateTo: [sql`(${ownAcademy(t.academyId)} and ${t.decidedBy} = ${acting})`],
    }),
  ],
)
