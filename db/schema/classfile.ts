import { sql } from 'drizzle-orm'
import { check, foreignKey, index, integer, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { CLASS_FILE_PARTS, FILE_KINDS, GROUP_QR } from '../values.ts'
import { bytea, id, instant, oneOf } from './kit.ts'
import { account, overseers, ownAcademy, ownClass, ownSeat, policies, purposeIn } from './rls.ts'
import { trainingClass } from './training.ts'
import { classSession } from './training-sessions.ts'

/**
 * A document that somebody added to a class's file (一班一档). Its bytes lie under DATA_DIR by its id, where no address leads; they
 * go when it is removed, the row stays and says why. What the system makes itself is made when it is asked for and has no row.
 */
export const classFile = pgTable(
  'class_file',
  {
    academyId: uuid('academy_id').notNull(),
    id: id().notNull(),
    classId: uuid('class_id').notNull(),
    /** The part of the file in which it lies; `group_qr`: in none, for the workers of the class. */
    part: text('part').notNull(),
    /** As whoever added it named it; the extension is that of its kind. */
    name: text('name').notNull(),
    /** What its content is. */
    kind: text('kind').notNull(),
    /** Bytes as they are kept: of a picture without what the camera wrote into it. */
    bytes: integer('bytes').notNull(),
    /** SHA-256 of those bytes. */
    digest: bytea('digest').notNull(),
    addedBy: uuid('added_by').notNull(),
    addedAt: instant('added_at').notNull(),
    removedBy: uuid('removed_by'),
    /** Null: it is there. */
    removedAt: instant('removed_at'),
    removedBecause: text('removed_because'),
  },
  (t) => [
    primaryKey({ columns: [t.academyId, t.id] }),
    index('class_file_class').on(t.academyId, t.classId),
    // The same bytes stand once in a part: a form sent twice adds nothing.
    uniqueIndex('class_file_once').on(t.academyId, t.classId, t.part, t.digest).where(sql`${t.removedAt} is null`),
    foreignKey({ columns: [t.academyId, t.classId], foreignColumns: [trainingClass.academyId, trainingClass.id] }),
    check('class_file_part', oneOf(t.part, [...CLASS_FILE_PARTS, GROUP_QR])),
    uniqueIndex('class_file_group_qr')
      .on(t.academyId, t.classId)
      .where(sql`${t.part} = 'group_qr' and ${t.removedAt} is null`),
    check('class_file_kind', oneOf(t.kind, FILE_KINDS)),
    check('class_file_bytes', sql`${t.bytes} > 0 and length(${t.digest}) = 32`),
    check('class_file_name', sql`char_length(${t.name}) between 1 and 130`),
    check(
      'class_file_removed',
      sql`(${t.removedAt} is null) = (${t.removedBy} is null) and (${t.removedAt} is null) = (${t.removedBecause} is null)`,
    ),
    ...policies('class_file', {
      read: [
        ...overseers(t.academyId),
        ownClass(t.classId),
        sql`(${t.part} = 'group_qr' and ${ownSeat(t.classId)})`,
        purposeIn('classfile'),
      ],
      insert: [
        sql`(${t.addedBy} = ${account} and ${t.removedAt} is null and (${ownAcademy(t.academyId)} or ${ownClass(t.classId)}))`,
      ],
      update: [ownAcademy(t.academyId), ownClass(t.classId)],
      updateTo: [sql`(${t.removedBy} = ${account} and (${ownAcademy(t.academyId)} or ${ownClass(t.classId)}))`],
    }),
  ],
)

/**
 * A signed sheet on a photograph is of this session. One photograph may show a morning and an afternoon. Rows stay when the document is
 * removed: it says why.
 */
export const classFileSession = pgTable(
  'class_file_session',
  {
    academyId: uuid('academy_id').notNull(),
    sessionId: uuid('session_id').notNull(),
    fileId: uuid('file_id').notNull(),
    classId: uuid('class_id').notNull(),
    addedBy: uuid('added_by').notNull(),
    addedAt: instant('added_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.academyId, t.sessionId, t.fileId] }),
    foreignKey({ columns: [t.academyId, t.sessionId], foreignColumns: [classSession.academyId, classSession.id] }),
    foreignKey({ columns: [t.academyId, t.fileId], foreignColumns: [classFile.academyId, classFile.id] }),
    ...policies('class_file_session', {
      read: [...overseers(t.academyId), ownClass(t.classId)],
      insert: [sql`(${t.addedBy} = ${account} and (${ownAcademy(t.academyId)} or ${ownClass(t.classId)}))`],
    }),
  ],
)

/** Somebody said that a class has none of a part of its file, and why. Rows are never removed: who took it back stands beside it. */
export const classFileNone = pgTable(
  'class_file_none',
  {
    academyId: uuid('academy_id').notNull(),
    id: id().notNull(),
    classId: uuid('class_id').notNull(),
    part: text('part').notNull(),
    because: text('because').notNull(),
    saidBy: uuid('said_by').notNull(),
    saidAt: instant('said_at').notNull(),
    endedBy: uuid('ended_by'),
    /** Null: it holds. */
    endedAt: instant('ended_at'),
  },
  (t) => [
    primaryKey({ columns: [t.academyId, t.id] }),
    uniqueIndex('class_file_none_once').on(t.academyId, t.classId, t.part).where(sql`${t.endedAt} is null`),
    foreignKey({ columns: [t.academyId, t.classId], foreignColumns: [trainingClass.academyId, trainingClass.id] }),
    check('class_file_none_part', oneOf(t.part, CLASS_FILE_PARTS)),
    check('class_file_none_ended', sql`(${t.endedAt} is null) = (${t.endedBy} is null)`),
    ...policies('class_file_none', {
      read: [...overseers(t.academyId), ownClass(t.classId)],
      insert: [sql`(${t.saidBy} = ${account} and (${ownAcademy(t.academyId)} or ${ownClass(t.classId)}))`],
      update: [ownAcademy(t.academyId), ownClass(t.classId)],
      updateTo: [sql`(${t.endedBy} = ${account} and (${ownAcademy(t.academyId)} or ${ownClass(t.classId)}))`],
    }),
  ],
)
