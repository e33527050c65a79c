import { listSites } from '#app/features/academies/find.server.ts'
import { teachesOn } from '#app/features/academies/instructor-share.ts'
import { listInstructors } from '#app/features/academies/instructors-find.server.ts'
import { listOccupations } from '#app/features/occupations/find.server.ts'
import type { Tx } from '#db/client.server.ts'
import { listHeads } from './class-head.server.ts'
import { listOpeningYears } from './opening-find.server.ts'

/** What the form of a class lets choose from, beside courses. `chosen`: instructors who are in it already. Runs as the academy's administrator. */
export async function findChoices(
  tx: Tx,
  { academyId, today, chosen = [] }: { academyId: string; today: string; chosen?: readonly string[] },
) {
  const [occupations, sites, instructors, heads, openingYears] = await Promise.all([
    listOccupations(tx),
    listSites(tx, academyId),
    listInstructors(tx, { academyId }),
    listHeads(tx, academyId),
    listOpeningYears(tx, today),
  ])
  return {
    occupations,
    sites,
    heads,
    openingYears,
    instructors: instructors
      .filter((one) => teachesOn(one, today) || chosen.includes(one.id))
      .map(({ id, name }) => ({ id, name })),
  }
}
