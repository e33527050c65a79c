import type { ProblemCode } from '#app/features/courses/publish/problem-words.ts'
import type { Files } from './support.ts'

/**
 * One attack by one file of a course. `§` marks where the refusal must point and is taken out; without it the place is the
 * file's first character. `CANARY` is the path of a file that none of them may manage to write.
 */
export type HostileFile = {
  name: string
  /** Why it is refused; without it, it is published, and `never` proves that it does nothing. */
  code?: ProblemCode
  never?: RegExp
  /** The file; the first lesson if none is named. '' is the course's folder itself. */
  at?: string
  /** What stands after a valid head, where the file is a lesson. */
  body?: string
  /** A whole file instead. */
  file?: string | Uint8Array
  /** No file of its own kind: made by the test in the course's folder, under the name `at`. */
  odd?: 'link' | 'broken link' | 'link to a folder' | 'folder' | 'pipe'
  /** The place, where no sign can be put into the file. */
  place?: string
  quiz?: string
  /** What else is in the folder. */
  more?: Files
}
