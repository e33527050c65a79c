/** What the text of a worker's code names: `scan.server.ts` says whether it is genuine, once there is a network. */
export type ReadCode = { code: string; enrolmentId: string }

const CODE = /^([\w-]{22})\.[\w-]{16}$/
const PAGE = /\/sessions\/([0-9a-f-]{36})\/scan$/

/**
 * Reads what a camera saw or somebody pasted: the address in a worker's code, or the code alone. `other_session`: a worker's code for
 * another session. Null: no worker's code at all.
 */
export function readCodeText(text: string, sessionId: string): ReadCode | 'other_session' | null {
  const written = text.trim()
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
