import { createTransport } from 'nodemailer'
import type { MailSettings } from '#app/lib/channel-settings.server.ts'
import type { Outcome } from './delivering.ts'
import type { MailText } from './messages.ts'

/** `id`: the same for the same message, however often it is sent; it becomes the mail's Message-ID. */
export type Mail = MailText & { id: string; to: string }

/** A way to send one mail. Never throws: what went wrong is an outcome. */
export type MailSender = (mail: Mail) => Promise<Outcome>

const PATIENCE_MS = 10_000

const LOCAL = /^(localhost|127(\.\d+){3}|\[::1\])$/

/**
 * Sends through an SMTP server, one connection per mail: encrypted from the first byte (`smtps:`) or by STARTTLS (`smtp:`),
 * which only a server on this machine may lack.
 */
export function smtpSender({ url, from }: MailSettings, patienceMs = PATIENCE_MS): MailSender {
  const patience = { connectionTimeout: patienceMs, greetingTimeout: patienceMs, socketTimeout: patienceMs }
  const address = new URL(url)
  const transport = createTransport({
    host: address.hostname,
    port: Number(address.port) || (address.protocol === 'smtps:' ? 465 : 587),
    secure: address.protocol === 'smtps:',
    requireTLS: address.protocol === 'smtp:' && !LOCAL.test(address.hostname),
    auth: address.username
      ? { user: decodeURIComponent(address.username), pass: decodeURIComponent(address.password) }
      : undefined,
    ...patience,
    // What is attached or linked comes from nowhere but the text.
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  const domain = from.slice(from.lastIndexOf('@') + 1)
  return async ({ id, to, subject, text }) => {
    try {
      const messageId = `<${id}@${domain}>`
      await transport.sendMail({ from, to: { name: '', address: to }, subject, text, messageId, headers: HEADERS })
      return { ok: true, providerId: messageId }
    } catch (error) {
      return outcomeOf(error as { code?: string; responseCode?: number })
    }
  }
}

/** No holiday reply to a machine (RFC 3834). */
const HEADERS = { 'Auto-Submitted': 'auto-generated' }

/** SMTP's own distinction (RFC 5321, section 4.2.1): 4xx later, 5xx never. */
function outcomeOf({ code = '', responseCode = 0 }: { code?: string; responseCode?: number }): Outcome {
  if (code === 'EAUTH') return { ok: false, reason: 'login', isFinal: false }
  if (responseCode >= 500) return { ok: false, reason: 'refused', isFinal: true }
  if (responseCode >= 400) return { ok: false, reason: 'busy', isFinal: false }
  return { ok: false, reason: code === 'ETIMEDOUT' ? 'timeout' : 'unreachable', isFinal: false }
}
