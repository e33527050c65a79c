import { asc, desc, eq } from 'drizzle-orm'
import type { Tx } from '#db/client.server.ts'
import { occupation } from '#db/schema/index.ts'

export type Occupation = { code: string; edition: number; name: string }

const columns = { code: occupation.code, edition: occupation.edition, name: occupation.name }

/** Every occupation in its latest edition, by code. */
export async function listOccupations(tx: Tx): Promise<Occupation[]> {
  return tx
    .selectDistinctOn([occupation.code], columns)
    .from(occupation)
    .orderBy(asc(occupation.code), desc(occupation.edition))
}

/** The latest edition of a code; null where the code is not known. */
export async function findOccupation(tx: Tx, code: string): Promise<Occupation | null> {
  const [found] = await tx
    .select(columns)
    .from(occupation)
    .where(eq(occupation.code, code))
    .orderBy(desc(occupation.edition))
    .limit(1)
  return found ?? null
}
