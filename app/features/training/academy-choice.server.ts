import { eq, sql } from 'drizzle-orm'
import type { Viewer } from '#app/features/accounts/actor.ts'
import { record } from '#app/features/audit/audit.server.ts'
import { statement, type Tx } from '#db/client.server.ts'
import { academy, academyChoice } from '#db/schema/index.ts'

export type ChosenAcademy = { code: string; name: string }

const choiceOf = statement((db) =>
  db
    .select({ code: academy.code, name: academy.name })
    .from(academyChoice)
    .innerJoin(academy, eq(academy.id, academyChoice.chosenAcademyId))
    .where(eq(academyChoice.accountId, sql.placeholder('accountId'))),
)

/** The academy that a worker chose, asked by the worker; null: none. */
export async function findAcademyChoice(tx: Tx, accountId: string): Promise<ChosenAcademy | null> {
  const [found] = await choiceOf(tx, { accountId })
  return found ?? null
}

/**
 * Chooses the academy that the viewer wants online courses to count for, in place of an earlier one; null chooses none.
 * Enrolments stay where they are; the same choice again changes nothing. Runs as the viewer.
 * @returns false where no academy has this code; nothing changes then.
 */
export async function chooseAcademy(
  tx: Tx,
  { viewer, code, now, requestId }: { viewer: Viewer; code: string | null; now: Date; requestId?: string },
): Promise<boolean> {
  const { accountId } = viewer
  const [chosen] = code === null ? [] : await tx.select({ id: academy.id }).from(academy).where(eq(academy.code, code))
  if (code !== null && !chosen) return false
  if ((await findAcademyChoice(tx, accountId))?.code === (code ?? undefined)) return true
  if (chosen) {
    const set = { chosenAcademyId: chosen.id, chosenAt: now }
    await tx
      .insert(academyChoice)
      .values({ accountId, ...set })
      .onConflictDoUpdate({ target: academyChoice.accountId, set })
  } else await tx.delete(academyChoice).where(eq(academyChoice.accountId, accountId))
  await record(tx, {
    by: viewer,
    now,
    kind: 'academy.chosen',
    detail: { academy: code },
    subjectId: accountId,
    requestId,
  })
  return true
}
