import { databaseCode, type Tx } from '#db/client.server.ts'
import { findBothParts, findInstructorClash, type InstructorClash } from './instructor-clash.server.ts'
import { type AtSites, findSiteClash, type SiteClash } from './site-clash.server.ts'

const EXCLUSION_VIOLATION = '23P01'

/** Whether the database refused a time or place that was taken in this very moment. */
export const wasTaken = (error: unknown): boolean => databaseCode(error) === EXCLUSION_VIOLATION

/**
 * Writes what takes somebody's time along (merging two records). @returns false: the time was taken in this very moment, and nothing is
 * written.
 */
export async function wasFree(tx: Tx, write: (tx: Tx) => Promise<unknown>): Promise<boolean> {
  try {
    await tx.transaction((savepoint) => write(savepoint as Tx))
    return true
  } catch (error) {
    if (wasTaken(error)) return false
    throw error
  }
}

/** What stands in the way of sessions that were planned: their site, or somebody who was to teach them. */
export type Taken =
  | { ok: false; reason: 'site_taken'; clash: SiteClash }
  | { ok: false; reason: 'instructor_taken'; clash: InstructorClash }
  | { ok: false; reason: 'not_apart'; name: string; to: 'teach' | 'assess' }

/** What was to be written, for finding out what it met. */
export type Planned = AtSites & {
  instructorIds: readonly string[]
  /** The class whose session or sitting it is; left out of one that is opened just now. */
  classId?: string
  /** The sitting that is being moved. */
  besidesSitting?: string
}

/**
 * Writes sessions where the database refuses a site or an instructor that is taken (`class_session_site_free`,
 * `instructor_time_once`, `instructor_time_apart`, triggers of sittings), however many plan at once: it waits for whoever was first. What `write` wrote is undone then, and
 * the transaction goes on.
 * @returns what is taken; null: it was written.
 */
export async function unlessTaken(
  tx: Tx,
  write: (tx: Tx) => Promise<unknown>,
  planned: Planned,
): Promise<Taken | null> {
  try {
    await tx.transaction((savepoint) => write(savepoint as Tx))
    return null
  } catch (error) {
    if (!wasTaken(error)) throw error
    const atSite = await findSiteClash(tx, planned)
    if (atSite) return { ok: false, reason: 'site_taken', clash: atSite }
    const ofInstructor = await findInstructorClash(tx, planned)
    if (ofInstructor) return { ok: false, reason: 'instructor_taken', clash: ofInstructor }
    const [to, classId] = [planned.sittingOf ? 'assess' : 'teach', planned.sittingOf ?? planned.classId] as const
    const both = classId ? await findBothParts(tx, { ...planned, classId, to }) : null
    if (both) return { ok: false, reason: 'not_apart', name: both.name, to }
    throw error // gone again in between: whoever asks once more succeeds
  }
}
