import { createHash, randomUUID } from 'node:crypto'
import { SESSION_COOKIE } from '#app/features/accounts/lucia.server.ts'
import { sealOpening } from '#app/features/courses/time/opening.server.ts'
import { newId } from '#app/lib/ids.ts'
import { asOwner } from './own-database.ts'

/** The lesson that is measured. */
export const COURSE = { courseSlug: 'electrical-safety', lessonSlug: 'how-shock-happens' }

export type LearnerAtWork = { accountId: string; cookie: string; opening: string; openedAt: number; toldAt: number }

/** Makes workers who are signed in and have the lesson open, straight in the database. */
export function enrolLearners(dataDir: string, count: number): Promise<LearnerAtWork[]> {
  const made = Array.from({ length: count }, () => ({ id: newId(), person: newId(), session: sessionId() }))
  const [ids, persons] = [made.map(({ id }) => id), made.map(({ person }) => person)]
  const hashes = made.map(({ session }) => createHash('sha256').update(session).digest('hex'))
  return asOwner(dataDir, async (owner) => {
    await owner`
      insert into person (id, document_type, document_index, document_sealed, created_at)
      select p, 'passport', sha256(p::text::bytea), '', now() from unnest(${persons}::uuid[]) p`
    await owner`
      insert into account (id, role, login, password_hash, display_name, person_id, created_at)
      select a, 'worker', a::text, 'none', '测速', p, now() from unnest(${ids}::uuid[], ${persons}::uuid[]) as w (a, p)`
    await owner`
      insert into session (id_hash, account_id, expires_at, created_at)
      select decode(h, 'hex'), a, now() + interval '14 days', now()
      from unnest(${hashes}::text[], ${ids}::uuid[]) as w (h, a)`
    await owner`analyze`
    const now = new Date()
    return made.map(({ id, session }) => ({
      accountId: id,
      cookie: `${SESSION_COOKIE}=${session}`,
      opening: sealOpening({ accountId: id, ...COURSE }, now),
      openedAt: now.getTime(),
      toldAt: now.getTime(),
    }))
  })
}

/** Of lucia's shape: 40 letters of base 32. */
const sessionId = (): string =>
  createHash('sha256')
    .update(randomUUID())
    .digest('hex')
    .slice(0, 40)
    .replace(/[0189]/g, (digit) => ({ '0': 'g', '1': 'h', '8': 'i', '9': 'j' })[digit]!)
