import { and, asc, count, eq } from 'drizzle-orm'
import { readWritten } from '#app/lib/written.ts'
import type { Tx } from '#db/client.server.ts'
import { lessonNote } from '#db/schema/index.ts'
import { findLessonName, type LessonAt, type LessonName } from './lesson-name.server.ts'
import { LONGEST_NOTE, MOST_NOTES, type Note, type NoteRefusal } from './notes.ts'

/**
 * Notes are an account's own: every function here runs as the viewer, and row-level security shows nobody else's. None is
 * in the audit trail, which is about records that others rely on.
 */
type Own = { accountId: string }
type Kept = { ok: true } | { ok: false; reason: NoteRefusal | 'absent' }

const ofLesson = ({ accountId, courseSlug, lessonSlug }: Own & LessonAt) =>
  and(eq(lessonNote.accountId, accountId), eq(lessonNote.courseSlug, courseSlug), eq(lessonNote.lessonSlug, lessonSlug))

export type LessonNotes = { lesson: LessonName; notes: Note[] }

/** A lesson with the account's notes on it, the oldest first, or null. */
export async function findLessonNotes(tx: Tx, of: Own & LessonAt): Promise<LessonNotes | null> {
  const [lesson, notes] = await Promise.all([
    findLessonName(tx, of),
    tx
      .select({
        id: lessonNote.id,
        text: lessonNote.text,
        createdAt: lessonNote.createdAt,
        changedAt: lessonNote.changedAt,
      })
      .from(lessonNote)
      .where(ofLesson(of))
      .orderBy(asc(lessonNote.createdAt), asc(lessonNote.id)),
  ])
  return lesson && { lesson, notes }
}

/** Adds a note. `id` was made with the form: the form that is sent again after a lost answer adds nothing. */
export async function writeNote(
  tx: Tx,
  { text: typed, id, now, ...of }: Own & LessonAt & { id: string; text: unknown; now: Date },
): Promise<Kept> {
  const written = readWritten(typed, LONGEST_NOTE)
  if (!written.ok) return { ok: false, reason: written.fault }
  if (!(await findLessonName(tx, of))) return { ok: false, reason: 'absent' }
  const [counted] = await tx.select({ notes: count() }).from(lessonNote).where(ofLesson(of))
  if ((counted?.notes ?? 0) >= MOST_NOTES) return { ok: false, reason: 'many' }
  await tx
    .insert(lessonNote)
    .values({ ...of, id, text: written.text, createdAt: now, changedAt: now })
    .onConflictDoNothing()
  return { ok: true }
}

/** Changes a note that still reads as it did (`was`, its `changedAt`) when the form was opened; on another phone it may not. */
export async function rewriteNote(
  tx: Tx,
  { text: typed, id, was, now, ...of }: Own & LessonAt & { id: string; text: unknown; was: string; now: Date },
): Promise<Kept> {
  const written = readWritten(typed, LONGEST_NOTE)
  if (!written.ok) return { ok: false, reason: written.fault }
  const [note] = await tx
    .select({ text: lessonNote.text, changedAt: lessonNote.changedAt })
    .from(lessonNote)
    .where(and(ofLesson(of), eq(lessonNote.id, id)))
    .for('update')
  if (!note) return { ok: false, reason: 'absent' }
  if (note.text === written.text) return { ok: true }
  if (note.changedAt.toISOString() !== was) return { ok: false, reason: 'changed' }
  await tx
    .update(lessonNote)
    .set({ text: written.text, changedAt: now })
    .where(and(ofLesson(of), eq(lessonNote.id, id)))
  return { ok: true }
}

/** Removes a note for good; fine if it is gone. */
export async function removeNote(tx: Tx, { id, ...of }: Own & LessonAt & { id: string }): Promise<void> {
  await tx.delete(lessonNote).where(and(ofLesson(of), eq(lessonNote.id, id)))
}
