import type { Question } from './question.ts'

/** A topic of a bank: how many of its questions an attempt has. */
export type Topic = { topic: string; count: number; questions: Question[] }
