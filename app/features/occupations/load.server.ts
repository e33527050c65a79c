import type { Tx } from '#db/client.server.ts'
import { occupation } from '#db/schema/index.ts'
import type { Occupation } from './find.server.ts'

/** Adds the occupations of the reference data that are not there yet. Names that were imported since stay. */
export async function loadOccupations(tx: Tx, occupations: readonly Occupation[]): Promise<void> {
  if (occupations.length > 0)
    await tx
      .insert(occupation)
      .values([...occupations])
      .onConflictDoNothing()
}
