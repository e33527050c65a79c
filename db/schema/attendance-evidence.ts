import { foreignKey, index, pgTable, primaryKey, uuid } from 'drizzle-orm/pg-core'
import { attendanceEntry } from './attendance.ts'
import { classFile } from './classfile.ts'
import { overseers, ownAcademy, ownClass, policies } from './rls.ts'

/**
 * A photograph by which an entry was made: of a sheet that was signed on paper (`attendance_entry`, way `paper`). Workers do not read
 * it: the others' signatures are on it.
 */
export const attendanceEvidence = pgTable(
  'attendance_evidence',
  {
    academyId: uuid('academy_id').notNull(),
    entryId: uuid('entry_id').notNull(),
    fileId: uuid('file_id').notNull(),
    classId: uuid('class_id').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.academyId, t.entryId, t.fileId] }),
    index('attendance_evidence_file').on(t.academyId, t.fileId),
    foreignKey({ columns: [t.academyId, t.entryId], foreignColumns: [attendanceEntry.academyId, attendanceEntry.id] }),
    foreignKey({ columns: [t.academyId, t.fileId], foreignColumns: [classFile.academyId, classFile.id] }),
    ...policies('attendance_evidence', {
      read: [...overseers(t.academyId), ownClass(t.classId)],
      insert: [ownAcademy(t.academyId), ownClass(t.classId)],
    }),
  ],
)
