/** In characters; the same stands in the database's CHECKs. */
export const LONGEST_QUESTION = 1000
export const LONGEST_ANSWER = 2000
/** An answer is put right by another one; more than this is a talk. */
export const MOST_ANSWERS = 10

export type Answer = { id: string; name: string; text: string; answeredAt: Date }

/** A worker's own question on a lesson, with what was answered so far. */
export type OwnQuestion = { id: string; text: string; askedAt: Date; academyName: string; answers: Answer[] }

/** An online class through which its worker may ask: it is answered by the academy that runs it. */
export type AskableClass = { academyId: string; classId: string; className: string; academyName: string }

export type AskRefusal = 'empty' | 'long' | 'no_class' | 'wait'
export type AnswerRefusal = 'empty' | 'long' | 'many'

/**
 * Who is told of a question: those who teach or head the class; where nobody does, the academy's administrators. The
 * others find it in the list all the same.
 */
export const whoIsTold = (teachers: readonly string[], administrators: readonly string[]): readonly string[] =>
  teachers.length > 0 ? teachers : administrators
