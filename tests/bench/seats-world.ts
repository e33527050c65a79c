import { createHash, randomUUID } from 'node:crypto'
import type postgres from 'postgres'
import { SESSION_COOKIE } from '#app/features/accounts/lucia.server.ts'
import { seal } from '#app/features/persons/vault.server.ts'
import { newId } from '#app/lib/ids.ts'
import { asOwner } from './own-database.ts'

export const WORKERS = 2000
/** Classes over which a load is spread. */
export const SPREAD = 300
export const ACADEMY = 'BENCH'
/** Workers on the roster that is read. */
const ROSTER = 500

export type BenchWorker = { id: string; personId: string; cookie: string }
export type SeatsWorld = {
  academyId: string
  workers: BenchWorker[]
  admin: { cookie: string }
  classes: { hot: string; full: string; spread: string[]; roster: string }
  /** A session that is held now, with all workers in its class. */
  now: string
}

/** An academy with its classes, its administrator and workers who are signed in, straight in the database of a running site. */
export function makeSeatsWorld(dataDir: string): Promise<SeatsWorld> {
  return asOwner(dataDir, async (owner) => {
    const academyId = await makeAcademy(owner)
    const workers = await makeWorkers(owner, WORKERS)
    const [admin] = await makeAccounts(owner, [{ role: 'academy_admin', academyId, personId: null }])
    const hot = await makeClass(owner, academyId, { capacity: 30, days: 100, hasWaitlist: true })
    const full = await makeClass(owner, academyId, { capacity: 1, days: 101 })
    await owner`update class set taken = 1 where id = ${full}`
    const spread = []
    for (let n = 0; n < SPREAD; n++)
      spread.push(await makeClass(owner, academyId, { capacity: 30, days: 102, hasWaitlist: true }))
    const roster = await makeClass(owner, academyId, { capacity: ROSTER, days: 103 })
    await seat(owner, { academyId, classId: roster, workers: workers.slice(0, ROSTER) })
    const now = await makeClassNow(owner, academyId, workers)
    await owner`analyze`
    return { academyId, workers, admin: { cookie: admin!.cookie }, classes: { hot, full, spread, roster }, now }
  })
}

/** The academy whose classes these are. @returns its id. */
export async function makeAcademy(owner: postgres.Sql): Promise<string> {
  const [unionId, academyId] = [newId(), newId()]
  await owner`insert into trade_union (id, name, kind) values (${unionId}, '测速工会', 'industrial_union')`
  await owner`insert into academy (id, code, name, kind, sponsor_id, created_at)
    values (${academyId}, ${ACADEMY}, '测速工匠学院', 'local', ${unionId}, now())`
  return academyId
}

/** A class with one session that began ten minutes ago, and who sits in it. @returns the session's id. */
export async function makeClassNow(
  owner: postgres.Sql,
  academyId: string,
  workers: readonly BenchWorker[],
): Promise<string> {
  const [classId, sessionId] = [newId(), newId()]
  await owner`
    insert into class (academy_id, id, code, name, mode, starts_on, ends_on, planned_hours, origin, status, capacity, created_at)
    values (${academyId}, ${classId}, ${classId}, '测速班', 'practical', current_date, current_date + 1, 4, 'system', 'published',
      ${workers.length}, now())`
  await owner`
    insert into class_session (academy_id, id, class_id, starts_at, ends_at, hours)
    values (${academyId}, ${sessionId}, ${classId}, now() - interval '10 minutes', now() + interval '170 minutes', 4)`
  await seat(owner, { academyId, classId, workers })
  return sessionId
}

async function seat(
  owner: postgres.Sql,
  { academyId, classId, workers }: { academyId: string; classId: string; workers: readonly BenchWorker[] },
): Promise<void> {
  await owner`
    insert into enrolment (academy_id, id, class_id, person_id, account_id, seat, name, created_at)
    select ${academyId}, e, ${classId}, p, a, 'enrolled', '测速', now()
    from unnest(${workers.map(() => newId())}::uuid[], ${workers.map((one) => one.personId)}::uuid[], ${workers.map((one) => one.id)}::uuid[]) as s (e, p, a)`
  await owner`update class set taken = ${workers.length} where id = ${classId}`
}

/**
 * A practical class with two meetings, open for enrolment, which begins in so many days: classes of one kind share theirs, so
 * that nobody who sits in one of each has two at a time.
 */
export async function makeClass(
  owner: postgres.Sql,
  academyId: string,
  given: { capacity: number; days: number; hasWaitlist?: boolean },
): Promise<string> {
  const id = newId()
  await owner`
    insert into class (academy_id, id, code, name, mode, starts_on, ends_on, planned_hours, origin, status, capacity, has_waitlist, created_at)
    values (${academyId}, ${id}, ${id}, '测速班', 'practical', current_date + ${given.days}::int, current_date + ${given.days}::int, 16, 'system', 'published',
      ${given.capacity}, ${given.hasWaitlist ?? false}, now())`
  await owner`
    insert into class_session (academy_id, id, class_id, starts_at, ends_at, hours)
    select ${academyId}, s, ${id}, current_date + ${given.days}::int + from_hour * interval '1 hour',
      current_date + ${given.days}::int + (from_hour + 3) * interval '1 hour', 4
    from unnest(${[newId(), newId()]}::uuid[], array[1, 6]) as m (s, from_hour)`
  return id
}

/** Workers who are signed in, whom no academy has confirmed yet. */
export async function makeWorkers(owner: postgres.Sql, count: number): Promise<BenchWorker[]> {
  const persons = Array.from({ length: count }, () => newId())
  const sealed = persons.map((id, index) => seal('person.document', id, `E${index}`).toString('hex'))
  await owner`
    insert into person (id, document_type, document_index, document_sealed, created_at)
    select p, 'passport', sha256(p::text::bytea), decode(d, 'hex'), now()
    from unnest(${persons}::uuid[], ${sealed}::text[]) as w (p, d)`
  return makeAccounts(
    owner,
    persons.map((personId) => ({ role: 'worker', academyId: null, personId })),
  )
}

/** Accounts that are signed in. */
async function makeAccounts<P extends string | null>(
  owner: postgres.Sql,
  of: { role: string; academyId: string | null; personId: P }[],
): Promise<{ id: string; personId: P; cookie: string }[]> {
  const made = of.map((one) => ({ ...one, id: newId(), session: sessionId() }))
  const hashes = made.map(({ session }) => createHash('sha256').update(session).digest('hex'))
  await owner`
    insert into account (id, role, login, password_hash, display_name, academy_id, person_id, created_at)
    select a, r, a::text, 'none', '测速', y, p, now()
    from unnest(${made.map(({ id }) => id)}::uuid[], ${made.map(({ role }) => role)}::text[],
      ${made.map(({ academyId }) => academyId)}::uuid[], ${made.map(({ personId }) => personId)}::uuid[]) as w (a, r, y, p)`
  await owner`
    insert into session (id_hash, account_id, expires_at, created_at)
    select decode(h, 'hex'), a, now() + interval '14 days', now()
    from unnest(${hashes}::text[], ${made.map(({ id }) => id)}::uuid[]) as w (h, a)`
  return made.map(({ id, personId, session }) => ({ id, personId, cookie: `${SESSION_COOKIE}=${session}` }))
}

/** Of lucia's shape: 40 letters of base 32. */
const sessionId = (): string =>
  createHash('sha256')
    .update(randomUUID())
    .digest('hex')
    .slice(0, 40)
    .replace(/[0189]/g, (digit) => ({ '0': 'g', '1': 'h', '8': 'i', '9': 'j' })[digit]!)
