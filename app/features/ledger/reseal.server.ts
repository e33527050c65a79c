import { type SQL, sql } from 'drizzle-orm'
import { open, type Place, seal } from '#app/features/persons/vault.server.ts'
import type { Tx } from '#db/client.server.ts'

const BATCH = 1000

/**
 * Values were sealed for the record that would be new. Where a recorded one is corrected instead, they are sealed again for
 * its id: phones of enrolments and numbers of special-operation licences. Few rows, but any number of them in batches.
 */
export async function resealCorrections(tx: Tx): Promise<void> {
  await reseal(tx, 'enrolment.phone', {
    some: (after) => sql`
      select n.id, n.candidate, n.phone_sealed as sealed from staged_enrolment n
      join enrolment e on e.academy_id = n.academy_id and e.id = n.id
      where n.is_changed and n.phone_index is distinct from e.phone_index and n.phone_index is not null and n.id > ${after}::uuid
      order by n.id limit ${BATCH}`,
    put: (values) => sql`
      update staged_enrolment n set phone_sealed = v.sealed::bytea from ${values} where n.id = v.id`,
  })
  await reseal(tx, 'certificate.number', {
    some: (after) => sql`
      select n.id, n.candidate, n.number_sealed as sealed from staged_certificate n
      where n.is_renumbered and n.number_sealed is not null and n.id > ${after}::uuid order by n.id limit ${BATCH}`,
    put: (values) => sql`
      update staged_certificate n set number_sealed = v.sealed::bytea from ${values} where n.id = v.id`,
  })
}

type Sealed = { id: string; candidate: string; sealed: Uint8Array }

async function reseal(
  tx: Tx,
  place: Place,
  { some, put }: { some: (after: string) => SQL; put: (values: SQL) => SQL },
): Promise<void> {
  let after = '00000000-0000-0000-0000-000000000000'
  for (;;) {
    const rows = (await tx.execute(some(after))) as unknown as Sealed[]
    if (rows.length === 0) return
    const resealed = rows.map(({ id, candidate, sealed }) => {
      const again = seal(place, id, open(place, candidate, sealed))
      return { id, sealed: `\\x${again.toString('hex')}` }
    })
    await tx.execute(put(sql`jsonb_to_recordset(${JSON.stringify(resealed)}::jsonb) as v (id uuid, sealed text)`))
    after = rows.at(-1)!.id
    if (rows.length < BATCH) return
  }
}
