import { sql } from 'drizzle-orm'
import { boolean, check, foreignKey, index, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { SESSION_KINDS, SESSION_STATUSES } from '../values.ts'
import { site } from './academies.ts'
import { hours, id, instant, oneOf } from './kit.ts'
import { ownAcademy, policies, purposeIn } from './rls.ts'
import { trainingClass } from './training.ts'

/** A session (课次): one dated meeting of a class. */
export const classSession = pgTable(
  'class_session',
  {
    academyId: uuid('academy_id').notNull(),
    id: id().notNull(),
    classId: uuid('class_id').notNull(),
    startsAt: instant('starts_at').notNull(),
    /** Exclusive. */
    endsAt: instant('ends_at').notNull(),
    hours: hours('hours').notNull(),
    /** What its hours are for; null: not said, as of a mixed class's sessions planned before it was asked. */
    kind: text('kind'),
    topic: text('topic'),
    /** Null: at the class's own site. */
    siteId: uuid('site_id'),
    /**
     * Whether nobody else may be at its site meanwhile (exclusion constraint `class_session_site_free`); false where two
     * sessions shared one before that was looked at.
     */
    holdsSite: boolean('holds_site').notNull().default(true),
    /** 工位: the first and the last of the workstations that it holds there, both inclusive; both null: the whole place. */
    firstStation: integer('first_station'),
    lastStation: integer('last_station'),
    status: text('status').notNull().default('planned'),
    /** Why it does not take place, as workers read it (台风停课); null while it is planned. */
    cancelReason: text('cancel_reason'),
    /**
     * 补课: the cancelled session in whose place it stands, or the one that was held and whose hours it brings back to those who missed them, so
     * that they count once; null: it stands for itself.
     */
    makesUpForId: uuid('makes_up_for_id'),
  },
  (t) => [
    primaryKey({ columns: [t.academyId, t.id] }),
    // One make-up at a time: the trigger `made_up_once` (of a session that was held another one, once the sheet of the last is closed).
    index('class_session_makes_up').on(t.academyId, t.makesUpForId).where(sql`${t.makesUpForId} is not null`),
    foreignKey({ columns: [t.academyId, t.makesUpForId], foreignColumns: [t.academyId, t.id] }),
    check('class_session_kind', oneOf(t.kind, SESSION_KINDS)),
    check('class_session_status', oneOf(t.status, SESSION_STATUSES)),
    check('class_session_cancelled', sql`(${t.status} = 'cancelled') = (${t.cancelReason} is not null)`),
    index('class_session_month').on(t.academyId, t.startsAt),
    index('class_session_class').on(t.academyId, t.classId, t.startsAt),
    foreignKey({ columns: [t.academyId, t.classId], foreignColumns: [trainingClass.academyId, trainingClass.id] }),
    foreignKey({ columns: [t.academyId, t.siteId], foreignColumns: [site.academyId, site.id] }),
    check(
      'class_session_stations',
      sql`(${t.firstStation} is null) = (${t.lastStation} is null) and ${t.firstStation} between 1 and ${t.lastStation} and ${t.lastStation} <= 10000 and (${t.firstStation} is null or ${t.siteId} is not null)`,
    ),
    check('class_session_times', sql`${t.endsAt} > ${t.startsAt}`),
    check('class_session_hours', sql`${t.hours} > 0`),
    ...policies('class_session', {
      read: [
        sql`exists (select 1 from class c where c.academy_id = ${t.academyId} and c.id = ${t.classId})`,
        purposeIn('setup'),
      ],
      insert: [ownAcademy(t.academyId), purposeIn('setup')],
      update: [ownAcademy(t.academyId), purposeIn('setup')],
      remove: [ownAcademy(t.academyId)],
    }),
  ],
)
