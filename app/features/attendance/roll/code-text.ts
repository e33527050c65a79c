import { readDigits } from '../digits.ts'

/**
 * What a worker's code names; whether it is genuine the server knows. `enrolmentId` null: typed as digits, which say to the server alone
 * whose they are.
 */
export type ReadCode = { code: string; enrolmentId: string | null }

const CODE = /^([\w-]{22})\.[\w-]{16}$/
const PAGE = /\/sessions\/([0-9a-f-]{36})\/scan$/

/**
 * Reads what a camera saw or somebody typed: the address in a worker's code, the code alone, or its digits. `other_session`: a worker's
 * code for another session. `slip`: digits of which one is wrong. Null: no worker's code at all.
 */
export function readCodeText(text: string, sessionId: string): ReadCode | 'other_session' | 'slip' | null {
  const written = text.trim()
  const digits = readDigits(written)
  if (digits) return digits === 'slip' ? digits : { code: digits, enrolmentId: null }
  const url = /^https?:\/\//i.test(written) && URL.canParse(written) ? new URL(written) : null
  const [, session] = (url && PAGE.exec(url.pathname)) ?? []
  if (url && !session) return null
  const code = url ? (url.searchParams.get('w') ?? '') : written
  const [, packed] = CODE.exec(code) ?? []
  if (!packed) return null
  return session && session !== sessionId ? 'other_session' : { code, enrolmentId: unpack(packed) }
}

/** The id of an enrolment as codes.server.ts packs it. */
function unpack(packed: string): string {
  const bytes = atob(packed.replaceAll('-', '+').replaceAll('_', '/'))
  const hex = [...bytes].map((sign) => sign.charCodeAt(0).toString(16).padStart(2, '0')).join('')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}
