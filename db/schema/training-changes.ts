import { sql } from 'drizzle-orm'
import { check, foreignKey, index, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import {
  CLASS_CHANGE_FIELDS,
  type ClassChangeValue,
  PLAN_CHANGE_FIELDS,
  ROLES,
  SESSION_CHANGES,
  type SessionKind,
} from '../values.ts'
import { id, instant, oneOf } from './kit.ts'
import { handler, ownAcademy, policies, purposeIn } from './rls.ts'
import { trainingClass } from './training.ts'
import { classSession } from './training-sessions.ts'

/** What a session said before or after a change; the site by name, which may be gone by the time it is read. */
export type SessionFacts = {
  /** A day and wall-clock times of Shanghai. */
  date: string
  from: string
  to: string
  hours: number
  kind: SessionKind | null
  topic: string | null
  site: string | null
  /** Where the place is; said only where that was changed. */
  address?: string
  /** The workstations it holds there; null: the whole place; left out in changes from before they were asked. */
  stations?: { first: number; last: number } | null
  /** By name; left out in changes from before sessions had instructors. */
  instructors?: string[]
}

/**
 * A change of a published class's timetable: what those enrolled were told, and what stands beside the timetable. Rows are
 * never edited. A draft's timetable changes without them.
 */
export const classSessionChange = pgTable(
  'class_session_change',
  {
    academyId: uuid('academy_id').notNull(),
    id: id().notNull(),
    sessionId: uuid('session_id').notNull(),
    classId: uuid('class_id').notNull(),
    change: text('change').notNull(),
    /** Null where a session was added; of one that makes up for another what that other said. */
    before: jsonb('before').$type<SessionFacts>(),
    /** Null where it was cancelled. */
    after: jsonb('after').$type<SessionFacts>(),
    /** As workers read it; null where a session was added. */
    reason: text('reason'),
    accountId: uuid('account_id').notNull(),
    at: instant('at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.academyId, t.id] }),
    index('class_session_change_class').on(t.academyId, t.classId, t.at),
    foreignKey({ columns: [t.academyId, t.sessionId], foreignColumns: [classSession.academyId, classSession.id] }),
    foreignKey({ columns: [t.academyId, t.classId], foreignColumns: [trainingClass.academyId, trainingClass.id] }),
    check('class_session_change_kind', oneOf(t.change, SESSION_CHANGES)),
    ...policies('class_session_change', {
      read: [sql`exists (select 1 from class c where c.academy_id = ${t.academyId} and c.id = ${t.classId})`],
      insert: [ownAcademy(t.academyId)],
    }),
  ],
)

/**
 * A change of what a published class says of itself, a row a field: what stands beside its page as 发布后的变动, and what those with a
 * place were told. Rows are never edited. A draft changes without them; sessions have rows of their own ({@link classSessionChange}).
 */
export const classChange = pgTable(
  'class_change',
  {
    academyId: uuid('academy_id').notNull(),
    id: id().notNull(),
    classId: uuid('class_id').notNull(),
    field: text('field').notNull(),
    /** As the class's row had it; a site and an occupation by name. Null: not said; of a phone never kept. */
    before: jsonb('before').$type<ClassChangeValue>(),
    after: jsonb('after').$type<ClassChangeValue>(),
    /** As workers read it; null where none was asked for. */
    reason: text('reason'),
    accountId: uuid('account_id').notNull(),
    /** Of that account then: who changed it, as workers read it. */
    role: text('role').notNull(),
    at: instant('at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.academyId, t.id] }),
    index('class_change_class').on(t.academyId, t.classId, t.at),
    foreignKey({ columns: [t.academyId, t.classId], foreignColumns: [trainingClass.academyId, trainingClass.id] }),
    check('class_change_field', oneOf(t.field, [...CLASS_CHANGE_FIELDS, ...PLAN_CHANGE_FIELDS])),
    check('class_change_role', oneOf(t.role, ROLES)),
    ...policies('class_change', {
      read: [sql`exists (select 1 from class c where c.academy_id = ${t.academyId} and c.id = ${t.classId})`],
      insert: [ownAcademy(t.academyId), handler, purposeIn('seats')],
    }),
  ],
)
