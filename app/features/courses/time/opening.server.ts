import { randomBytes } from 'node:crypto'
import { indexOf } from '#app/features/persons/vault.server.ts'

export type Opened = { page: string; openedAt: Date }

type Of = { accountId: string; courseSlug: string; lessonSlug: string }

/**
 * Says when a lesson's page was made for an account, sealed so that nobody can say an earlier time, another lesson or
 * another account: `milliseconds.nonce.mac`. Goes out with the page and comes back with its heartbeats and its form. The
 * nonce names the page: an account may have several open.
 */
export function sealOpening(of: Of, now: Date): string {
  const said = `${now.getTime().toString(36)}.${randomBytes(9).toString('base64url')}`
  return `${said}.${macOf(said, of)}`
}

/** What {@link sealOpening} said of this account and lesson; null for anything else. */
export function readOpening(opening: unknown, of: Of): Opened | null {
  if (typeof opening !== 'string' || opening.length > 100) return null
  const [written = '', page = '', mac = '', ...rest] = opening.split('.')
  const openedAt = new Date(Number.parseInt(written, 36))
  if (rest.length > 0 || Number.isNaN(openedAt.getTime()) || mac !== macOf(`${written}.${page}`, of)) return null
  return { page, openedAt }
}

const macOf = (said: string, { accountId, courseSlug, lessonSlug }: Of): string =>
  indexOf('opening', `${said} ${accountId} ${courseSlug}/${lessonSlug}`).toString('base64url').slice(0, 22)
