import { isStartError } from '#db/start-error.ts'
import type { Locale } from '../i18n.ts'
import { describeError } from '../logger.server.ts'
import { startErrorsInChinese, words } from './words.ts'

/** The language of the shell: English where the machine says so, else Chinese. */
export function shellLocale(environment: Record<string, string | undefined> = process.env): Locale {
  return /^en/i.test(environment.LC_ALL || environment.LANG || '') ? 'en' : 'zh-CN'
}

/**
 * An error for the person at the shell: what stands in the way of a start is a sentence, in Chinese and below it in English;
 * so is a database that went away; a bug is told as the log tells it: the database's messages quote values, and are left out.
 */
export function explain(error: unknown, locale: Locale): string {
  if (isDatabaseLost(error)) return words[locale].databaseLost
  if (!isStartError(error)) return `A bug ended the command: ${JSON.stringify(describeError(error))}`
  const { code, detail, message } = error
  return locale === 'en' ? message : `${startErrorsInChinese[code](detail)}\n${message}`
}

/** What the driver and PostgreSQL say when the connection ends under a command (class 57: the server was told to stop). */
const LOST = new Set([
  'CONNECTION_CLOSED',
  'CONNECTION_ENDED',
  'CONNECTION_DESTROYED',
  'ECONNRESET',
  'EPIPE',
  '57P01',
  '57P02',
])

function isDatabaseLost(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause)
    if ('code' in cause && LOST.has(String(cause.code))) return true
  return false
}
