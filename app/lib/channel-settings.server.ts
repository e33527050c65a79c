import { z } from 'zod'
import { StartError } from '#db/start-error.ts'

/** The way to an SMS gateway; `console`: none, the log says that a message would have gone. */
export type SmsSettings =
  | { kind: 'console' }
  | { kind: 'http'; url: string; key: string; signature: string; template: string | undefined }

export type MailSettings = { url: string; from: string }

/** Wall-clock times of Shanghai, `HH:MM`; the night may reach over midnight. */
export type QuietHours = { from: string; until: string }

const empty = (value: unknown) => (value === '' ? undefined : value)
const optional = <T extends z.ZodType>(shape: T) => z.preprocess(empty, shape.optional())

const CLOCK = '([01]\\d|2[0-3]):[0-5]\\d'
const LOCAL = /^(localhost|127(\.\d+){3}|\[::1\])$/

/** Phone numbers travel there: in the clear only within this machine. */
function isGateway(value: string): boolean {
  if (value === 'console') return true
  if (!URL.canParse(value)) return false
  const { protocol, hostname } = new URL(value)
  return protocol === 'https:' || (protocol === 'http:' && LOCAL.test(hostname))
}

const isMailServer = (value: string) => /^smtps?:\/\/./.test(value) && URL.canParse(value)

/** Settings of the ways out of the house; README.md lists them. Without an address the channel does not exist. */
export const channelShape = {
  SMS_GATEWAY_URL: optional(
    z.string().refine(isGateway, 'must be console, https://…, or http:// on this machine itself'),
  ),
  SMS_GATEWAY_KEY: optional(z.string().min(8, 'must have 8 characters or more')),
  /** Stands before every message, in 【】: who it is from, as registered with the provider. */
  SMS_SIGNATURE: optional(z.string().regex(/^[^【】\s]{2,12}$/u, 'must be 2 to 12 characters without 【】')),
  SMS_TEMPLATE: optional(z.string().max(64, 'must have 64 characters at most')),
  MAIL_URL: optional(z.string().refine(isMailServer, 'must look like smtp://user:password@host:587 or smtps://…')),
  MAIL_FROM: optional(z.email('must be an e-mail address')),
  /** When nothing is sent that can wait. */
  QUIET_HOURS: z.preprocess(
    empty,
    z
      .string()
      .regex(new RegExp(`^(off|${CLOCK}-${CLOCK})$`), 'must look like 21:00-08:00, or be off')
      .default('21:00-08:00'),
  ),
  /** How long a message that is done stays in the outbox, in days. */
  OUTBOX_DAYS: z.preprocess(empty, z.coerce.number().int().min(30, 'must be 30 days or more').max(3650).default(180)),
  /** The address under which people open the site; without it e-mails have no link. */
  SITE_URL: optional(z.url({ protocol: /^https?$/, error: 'must look like https://host' })),
}

type Given = z.infer<z.ZodObject<typeof channelShape>>

/** What must be set as well, since a half-set channel would promise what nobody sends. `[setting, what it must look like]`. */
export function channelFaults(given: Given): [keyof Given, string][] {
  const faults: [keyof Given, string][] = []
  const isHttp = given.SMS_GATEWAY_URL !== undefined && given.SMS_GATEWAY_URL !== 'console'
  if (isHttp && !given.SMS_GATEWAY_KEY) faults.push(['SMS_GATEWAY_KEY', 'must be set with SMS_GATEWAY_URL'])
  if (isHttp && !given.SMS_SIGNATURE) faults.push(['SMS_SIGNATURE', 'must be set with SMS_GATEWAY_URL'])
  if (given.MAIL_URL && !given.MAIL_FROM) faults.push(['MAIL_FROM', 'must be set with MAIL_URL'])
  return faults
}

export type ChannelSettings = {
  sms: SmsSettings | null
  mail: MailSettings | null
  /** Null: messages go at any hour. */
  quiet: QuietHours | null
  outboxDays: number
  /** Without a slash at the end. */
  siteUrl: string | null
}

export function channelSettings(given: Given): ChannelSettings {
  const [from, until] = given.QUIET_HOURS.split('-')
  return {
    sms: smsSettings(given),
    mail: given.MAIL_URL && given.MAIL_FROM ? { url: given.MAIL_URL, from: given.MAIL_FROM } : null,
    quiet: from && until ? { from, until } : null,
    outboxDays: given.OUTBOX_DAYS,
    siteUrl: given.SITE_URL?.replace(/\/+$/, '') ?? null,
  }
}

/**
 * Numbers of the demo are made up and may be somebody's: with its data nothing goes to a gateway beyond this machine.
 * @throws StartError `demo_must_not_send`.
 */
export function assertDemoIsQuiet({ sms }: Pick<ChannelSettings, 'sms'>, isDemo: boolean): void {
  if (!isDemo || sms?.kind !== 'http' || LOCAL.test(new URL(sms.url).hostname)) return
  throw new StartError(
    'demo_must_not_send',
    'The phone numbers of the demo are made up and may be somebody’s, so it must not send to a real SMS gateway: begin with SEED=none in another DATA_DIR, or set SMS_GATEWAY_URL to console.',
  )
}

function smsSettings(given: Given): SmsSettings | null {
  const { SMS_GATEWAY_URL: url, SMS_GATEWAY_KEY: key, SMS_SIGNATURE: signature, SMS_TEMPLATE: template } = given
  if (!url) return null
  return url === 'console' || !key || !signature ? { kind: 'console' } : { kind: 'http', url, key, signature, template }
}
