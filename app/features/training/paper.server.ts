import { and, eq } from 'drizzle-orm'
import { system, type Viewer } from '#app/features/accounts/actor.ts'
import { within } from '#app/features/accounts/as.server.ts'
import type { Tx } from '#db/client.server.ts'
import { academy, site, trainingClass } from '#db/schema/index.ts'
import { listSittings, type Sitting } from './assessment-sittings.server.ts'
import { findRosterClass, type RosterClass } from './roster.server.ts'
import { type HeldSession, listSessions } from './session-held.server.ts'

/** A class as what is printed of it says on every sheet. */
export type ClassOnPaper = {
  held: RosterClass
  academyId: string
  academyName: string
  classHead: string | null
  classHeadPhone: string | null
  site: string | null
  address: string | null
  /** All of it, cancelled ones too. A session at no place of its own is at the class's. */
  sessions: HeldSession[]
  /** Of its assessment plan, cancelled ones too. */
  sittings: Sitting[]
  /** Dates of the assessment, or of what is left of it, are announced later. */
  isLater: boolean
}

/** A class of the viewer's that is run here and meets somewhere, for paper. Null: none of the viewer's, online, or a ledger's. */
export async function findClassOnPaper(
  tx: Tx,
  { viewer, classId, now }: { viewer: Viewer; classId: string; now: Date },
): Promise<ClassOnPaper | null> {
  const { academyId } = viewer
  const held = await findRosterClass(tx, { viewer, classId, now })
  if (!academyId || held?.origin !== 'system' || held.mode === 'online') return null
  const [about] = await tx
    .select({
      academyName: academy.name,
      classHead: trainingClass.classHead,
      classHeadPhone: trainingClass.classHeadPhone,
      site: site.name,
      address: site.address,
      isLater: trainingClass.assessmentLater,
    })
    .from(trainingClass)
    .innerJoin(academy, eq(academy.id, trainingClass.academyId))
    .leftJoin(site, and(eq(site.academyId, trainingClass.academyId), eq(site.id, trainingClass.siteId)))
    .where(and(eq(trainingClass.academyId, academyId), eq(trainingClass.id, classId)))
  if (!about) return null
  // An instructor does not read who teaches the other sessions; on the timetable that hangs in the room everybody does.
  const { sessions, sittings } = await within(tx, system('timetable'), async (tx) => ({
    sessions: await listSessions(tx, { academyId, classId }),
    sittings: await listSittings(tx, { academyId, classId }),
  }))
  return {
    held,
    academyId,
    ...about,
    sittings,
    sessions: sessions.map((session) => ({ ...session, site: session.site ?? about.site })),
  }
}
