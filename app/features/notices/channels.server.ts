import { runtime } from '#app/lib/runtime.server.ts'
import { CHANNELS, type Channel } from '#db/values.ts'
import { type MailSender, smtpSender } from './mail.server.ts'
import { consoleSmsSender, httpSmsSender, type SmsSender } from './sms.server.ts'

/** Channels that this installation has: without a gateway nothing is written for it, and no page may promise it. */
export function channelsOn(): Channel[] {
  const { env } = runtime()
  return CHANNELS.filter((channel) => env[channel] !== null)
}

export type Senders = { sms: SmsSender | null; mail: MailSender | null }

let made: { env: unknown; senders: Senders } | undefined

/** The senders of this installation's settings. */
export function senders(): Senders {
  const { env, logger } = runtime()
  if (made?.env === env) return made.senders
  const { sms, mail } = env
  const say = (line: string) => logger.info(line)
  const sendSms = sms && (sms.kind === 'http' ? httpSmsSender(sms) : consoleSmsSender(say))
  made = { env, senders: { sms: sendSms, mail: mail && smtpSender(mail) } }
  return made.senders
}
