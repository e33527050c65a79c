import { sql } from 'drizzle-orm'
import { isClassClosed } from '#app/features/training/close-class.server.ts'
import type { Tx } from '#db/client.server.ts'
import type { FiledClass } from './find.server.ts'

/**
 * Who changes a class's file or closes the class waits for whoever is doing so: the limits of a file hold for all who add to it together, and
 * what a class was closed with stays as it was. Until the end of the transaction.
 */
export const takeTurn = (tx: Tx, classId: string) =>
  tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`classfile.keep ${classId}`}, 0))`)

/** The same, and whether the class is open then: it may have been closed since its page was read, or while a document was on its way. */
export async function takeTurnWhileOpen(tx: Tx, { academyId, id: classId }: Pick<FiledClass, 'academyId' | 'id'>) {
  await takeTurn(tx, classId)
  return !(await isClassClosed(tx, { academyId, classId }))
}
