/** A note of one's own on a lesson. */
export type Note = { id: string; text: string; createdAt: Date; changedAt: Date }

/** In characters: a page of handwriting. The same stands in the database's CHECK. */
export const LONGEST_NOTE = 2000
/** On one lesson: more is a book. */
export const MOST_NOTES = 50

/** Why a note was not kept as written; what was typed comes back. */
export type NoteRefusal = 'empty' | 'long' | 'many' | 'changed'
