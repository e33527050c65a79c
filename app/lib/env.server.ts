import { resolve } from 'node:path'
import { z } from 'zod'
import { StartError } from '#db/start-error.ts'
import { type ChannelSettings, channelFaults, channelSettings, channelShape } from './channel-settings.server.ts'

const empty = (value: unknown) => (value === '' ? undefined : value)
const optional = <T extends z.ZodType>(shape: T) => z.preprocess(empty, shape.optional())
const postgresUrl = z
  .string()
  .refine(
    (value) => /^postgres(ql)?:\/\//.test(value) && URL.canParse(value),
    'must look like postgres://user:password@host:5432/name',
  )
const onOff = z.enum(['1', 'true', 'on', '0', 'false', 'off']).transform((value) => /^(1|true|on)$/.test(value))
const LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const

/** Every setting of the product, all optional; README.md lists them. An empty value counts as not set. */
const shape = z
  .object({
    /** 0 takes any free port. */
    PORT: z.preprocess(empty, z.coerce.number('must be a number').int().min(0).max(65535).default(3000)),
    /** This machine alone by default: the demo's passwords are public. Containers set 0.0.0.0. */
    HOST: z.preprocess(empty, z.string().default('127.0.0.1')),
    /** The embedded database, keys and files. Relative to the working directory. */
    DATA_DIR: z.preprocess(empty, z.string().default('./data')),
    /** The owner's login of a PostgreSQL of one's own, 15 or newer; without it the embedded one is used. */
    DATABASE_URL: optional(postgresUrl),
    /** The app's login there, neither owner nor superuser; without it the owner makes one. */
    DATABASE_APP_URL: optional(postgresUrl),
    /** What the embedded database holds the first time: nothing, six made-up academies, or a made-up province. */
    SEED: z.preprocess(
      empty,
      z.enum(['none', 'small', 'province'], 'must be none, small or province').default('province'),
    ),
    /** Behind one reverse proxy that sets X-Forwarded-For, -Proto and -Host; otherwise they are thrown away. */
    TRUST_PROXY: z.preprocess(empty, onOff.default(false)),
    LOG_LEVEL: optional(z.enum(LEVELS, `must be one of ${LEVELS.join(', ')}`)),
    NODE_ENV: z.preprocess(empty, z.string().default('development')),
    ...channelShape,
  })
  .superRefine((given, context) => {
    for (const [name, message] of channelFaults(given)) context.addIssue({ code: 'custom', path: [name], message })
  })

export type Env = {
  port: number
  host: string
  /** Absolute. */
  dataDir: string
  databaseUrl: string | undefined
  databaseAppUrl: string | undefined
  seed: 'none' | 'small' | 'province'
  trustProxy: boolean
  logLevel: (typeof LEVELS)[number]
  /** As the operator said it; the launcher sets NODE_ENV itself, for React's sake. */
  isProduction: boolean
} & ChannelSettings

/**
 * Reads the settings from the environment.
 * @throws StartError `setting_invalid`, naming the settings and what they must look like, never their values.
 */
export function readEnv(source: Record<string, string | undefined> = process.env): Env {
  const parsed = shape.safeParse({ ...source, NODE_ENV: declaredMode(source) })
  if (!parsed.success) {
    const faults = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`)
    throw new StartError('setting_invalid', `A setting is not understood. ${faults.join('; ')}.`, faults.join('; '))
  }
  const { data } = parsed
  const isProduction = data.NODE_ENV === 'production'
  return {
    port: data.PORT,
    host: data.HOST,
    dataDir: resolve(data.DATA_DIR),
    databaseUrl: data.DATABASE_URL,
    databaseAppUrl: data.DATABASE_APP_URL,
    seed: data.SEED,
    trustProxy: data.TRUST_PROXY,
    // A person at a terminal wants the address and the accounts, not a line for every request.
    logLevel: data.LOG_LEVEL ?? (process.stderr.isTTY && !isProduction ? 'warn' : 'info'),
    isProduction,
    ...channelSettings(data),
  }
}

function declaredMode(source: Record<string, string | undefined>): string | undefined {
  return source.JXT_DECLARED_ENV ?? source.NODE_ENV
}

/** Only in tests, which look at row-level security alone (JXT_GUARDS=off). */
export function guardsAreOff(): boolean {
  return process.env.JXT_GUARDS === 'off' && declaredMode(process.env) === 'test'
}
