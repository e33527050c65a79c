import { createHash } from 'node:crypto'
import { eq, lte, sql } from 'drizzle-orm'
import { type Adapter, Lucia, TimeSpan } from 'lucia'
import { gather } from '#app/lib/gather.ts'
import { statement, type Tx } from '#db/client.server.ts'
import { session } from '#db/schema/index.ts'
import type { Role } from '#db/values.ts'
import { system, type Viewer } from './actor.ts'
import { as, asNobody } from './as.server.ts'

/**
 * Sessions. The only file that imports lucia, which makes ids, renews and cookies; what is stored is ours: the SHA-256 of
 * an id, never the id, so that who reads the database (or a backup) can't sign in as anyone.
 */
export const SESSION_COOKIE = 'jxt_session'

/**
 * How long a session lasts after its last use (it is renewed once half of it has passed). A worker's phone is their own
 * and typing a password on it is what keeps people away: 14 days. Staff see other people's records, often on a PC in a
 * shared office: 12 hours, a working day.
 */
const LASTS = { worker: new TimeSpan(14, 'd'), staff: new TimeSpan(12, 'h') }

declare module 'lucia' {
  interface Register {
    DatabaseUserAttributes: { viewer: Viewer }
  }
}

/** Who is signed in, and the cookie to send where the session was just renewed. */
export type Found = { viewer: Viewer | null; setCookie?: string }

/**
 * Looks up the viewer of one request by its Cookie header: one query, which requests of the same moment share, and nothing
 * more while the session is young. Who signed out, was disabled or has another role is so from the next request on. Past
 * half its length it is renewed; one that has run out, or whose account was disabled, is removed. A cookie that names no
 * session is left alone: clearing it could clear the one that a sign-in in another tab sets at this moment.
 * @returns `setCookie`: a Set-Cookie header value; leave it out where the response itself sets {@link SESSION_COOKIE}.
 */
export async function findViewer(cookieHeader: string | null, options: { isSecure: boolean }): Promise<Found> {
  const id = readSessionId(cookieHeader)
  const row = id && (await findTogether(id))
  if (!id || !row) return { viewer: null }
  const { viewer, isDisabled, expiresAt } = row
  const left = expiresAt.getTime() - Date.now()
  if (!isDisabled && left > lengthOf(viewer.role).milliseconds() / 2) return { viewer }
  return as(system('sign_in'), async (tx) => {
    const lucia = luciaFor(tx, viewer.role, options.isSecure, row)
    const { user, session: valid } = await lucia.validateSession(id)
    if (!user || !valid) return { viewer: null }
    return valid.fresh ? { viewer, setCookie: lucia.createSessionCookie(id).serialize() } : { viewer }
  })
}

/** Starts a session. For the purpose `sign_in`. @returns a Set-Cookie header value. */
export async function startSession(
  tx: Tx,
  input: { accountId: string; role: Role; isSecure: boolean },
): Promise<string> {
  const lucia = luciaFor(tx, input.role, input.isSecure)
  const { id } = await lucia.createSession(input.accountId, {})
  if (Math.random() < 1 / 64) await lucia.deleteExpiredSessions()
  return lucia.createSessionCookie(id).serialize()
}

/** Ends the session that a Cookie header names; fine if there is none. For the purpose `sign_in`. */
export async function endSession(tx: Tx, cookieHeader: string | null): Promise<void> {
  const id = readSessionId(cookieHeader)
  if (id) await luciaFor(tx, 'worker', false).invalidateSession(id)
}

/** Ends every session of an account. For the purposes `sign_in` and `setup`. */
export async function endSessionsOf(tx: Tx, accountId: string): Promise<void> {
  await luciaFor(tx, 'worker', false).invalidateUserSessions(accountId)
}

/** The Set-Cookie header value that takes the session out of a browser. */
export const blankCookie = (isSecure: boolean): string =>
  `${SESSION_COOKIE}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax${isSecure ? '; Secure' : ''}`

/** The session id of a Cookie header; null where there is none of lucia's shape. Never throws. */
function readSessionId(cookieHeader: string | null): string | null {
  return cookieHeader?.match(/(?:^|;\s*)jxt_session=([a-z2-7]{40})(?:;|$)/)?.[1] ?? null
}

const hashOf = (id: string): Buffer => createHash('sha256').update(id).digest()

type SessionRow = { expiresAt: Date; isDisabled: boolean; viewer: Viewer }

/** The function is `find_sessions`, as the migration of its name has it. Hashes in hex. */
const findByHashes = statement((db) => {
  const text = (column: string) => sql<string | null>`f.${sql.identifier(column)}`
  return db
    .select({
      idHash: sql<string>`f.id_hash`,
      expiresAt: sql<Date>`f.expires_at`.mapWith(session.expiresAt),
      disabledAt: text('disabled_at'),
      accountId: sql<string>`f.account_id`,
      role: sql<Role>`f.role`,
      name: sql<string>`f.name`,
      academyId: text('academy_id'),
      academyCode: text('academy_code'),
      academyName: text('academy_name'),
      unionId: text('union_id'),
      unionName: text('union_name'),
      personId: text('person_id'),
      unread: sql<number>`f.unread`,
    })
    .from(sql`find_sessions(${sql.placeholder('idHashes')}::text[]) f`)
})

/** Sessions that are looked up in one query; their names and academies come with them. */
const AT_ONCE = 100
const findTogether = gather((ids: readonly string[]) => asNobody((db) => findSessions(db, ids)), { most: AT_ONCE })

/** Who carries each session id, from any transaction or from none. */
async function findSessions(tx: Tx, ids: readonly string[]): Promise<(SessionRow | null)[]> {
  const hashes = ids.map((id) => hashOf(id).toString('hex'))
  const found = new Map<string, SessionRow>()
  for (const { idHash, expiresAt, disabledAt, ...shown } of await findByHashes(tx, { idHashes: hashes }))
    found.set(idHash, { expiresAt, isDisabled: disabledAt !== null, viewer: { kind: 'user', ...shown } })
  return hashes.map((hash) => found.get(hash) ?? null)
}

const lengthOf = (role: Role): TimeSpan => (role === 'worker' ? LASTS.worker : LASTS.staff)

function luciaFor(tx: Tx, role: Role, isSecure: boolean, known?: SessionRow) {
  return new Lucia(adapterOn(tx, known), {
    sessionExpiresIn: lengthOf(role),
    sessionCookie: { name: SESSION_COOKIE, attributes: { secure: isSecure, sameSite: 'lax', path: '/' } },
  })
}

/** `known`: the row that was looked up before the role, and so the length of the session, was known. */
function adapterOn(tx: Tx, known?: SessionRow): Adapter {
  return {
    async getSessionAndUser(id) {
      const row = known ?? (await findSessions(tx, [id]))[0]
      if (!row) return [null, null]
      const { accountId } = row.viewer
      const user = row.isDisabled ? null : { id: accountId, attributes: { viewer: row.viewer } }
      return [{ id, userId: accountId, expiresAt: row.expiresAt, attributes: {} }, user]
    },
    /** Nobody asks: ids can't be told from their digests. */
    getUserSessions: async () => [],
    async setSession({ id, userId, expiresAt }) {
      await tx.insert(session).values({ idHash: hashOf(id), accountId: userId, expiresAt, createdAt: new Date() })
    },
    async updateSessionExpiration(id, expiresAt) {
      await tx
        .update(session)
        .set({ expiresAt })
        .where(eq(session.idHash, hashOf(id)))
    },
    async deleteSession(id) {
      await tx.delete(session).where(eq(session.idHash, hashOf(id)))
    },
    async deleteUserSessions(accountId) {
      await tx.delete(session).where(eq(session.accountId, accountId))
    },
    async deleteExpiredSessions() {
      await tx.delete(session).where(lte(session.expiresAt, new Date()))
    },
  }
}
