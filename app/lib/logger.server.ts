import pino, { type Logger } from 'pino'

export type { Logger }

/** Fields that never reach a log, wherever someone puts them; the house rule is not to put them there at all. */
const SECRET = ['password', 'document', 'documentNumber', 'phone', 'birthDate', 'cookie', 'authorization', 'token']

/**
 * The log: one JSON object per line on stderr (stdout is for results). Requests are told apart by `requestId`.
 * Errors keep their type, code, place and a message with every long number blotted out: the messages of the database and
 * of drizzle quote values, so they are left out whole.
 */
export function makeLogger(level: string, destination: pino.DestinationStream = pino.destination(2)): Logger {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: { paths: SECRET.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]), censor: '…' },
      serializers: { err: describeError, error: describeError },
      formatters: { level: (label) => ({ level: label }) },
    },
    destination,
  )
}

/** An error as it may be logged. */
export function describeError(error: unknown, depth = 0): Record<string, unknown> {
  if (error instanceof Response) return { type: 'Response', status: error.status }
  if (!(error instanceof Error)) return { type: typeof error }
  const known = error as Error & Record<string, unknown>
  const isFromDatabase = known.name === 'PostgresError' || typeof known.query === 'string'
  return {
    type: known.name,
    message: isFromDatabase ? undefined : blot(known.message),
    ...pick(known, ['code', 'severity', 'constraint_name', 'table_name', 'column_name', 'routine']),
    at: known.stack
      ?.split('\n')
      .filter((line) => /^\s+at /.test(line))
      .slice(0, 12)
      .map((line) => line.trim()),
    cause: known.cause !== undefined && depth < 4 ? describeError(known.cause, depth + 1) : undefined,
  }
}

function pick(from: Record<string, unknown>, names: string[]): Record<string, unknown> {
  return Object.fromEntries(names.filter((name) => typeof from[name] === 'string').map((name) => [name, from[name]]))
}

/** Document, phone and certificate numbers are long runs of digits, with a letter at an end. */
export function blot(text: string): string {
  return text.replace(/[A-Za-z]{0,2}\d[\d -]{4,}\d[\dXx]*/g, '…').slice(0, 500)
}
