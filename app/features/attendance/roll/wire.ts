import type { Roll } from '../roll.ts'
import { rollPath, type SentAnswer, type SentMark } from '../sent.ts'

/** `offline`: no answer, or one that asks to come back. `signed_out`: nobody is signed in, or another account. `gone`: no such session of theirs. */
export type Trouble = 'offline' | 'signed_out' | 'gone'

const ANSWER_MS = 12_000

type Of = { academyCode: string; sessionId: string }

export async function askRoll({ academyCode, sessionId }: Of): Promise<Roll | Trouble> {
  const response = await ask(rollPath(academyCode, sessionId))
  if (typeof response === 'string') return response === 'malformed' ? 'offline' : response
  return ((await response.json().catch(() => null)) as Roll | null) ?? 'offline'
}

/** Sends marks of one session. `malformed`: the server reads no such thing. */
export async function sendMarks(
  { academyCode, sessionId }: Of,
  account: string,
  marks: readonly SentMark[],
): Promise<{ now: number; answers: SentAnswer[] } | Trouble | 'malformed'> {
  const body = new URLSearchParams({ account, marks: JSON.stringify(marks) })
  const response = await ask(rollPath(academyCode, sessionId), { method: 'POST', body })
  if (typeof response === 'string') return response
  return ((await response.json().catch(() => null)) as { now: number; answers: SentAnswer[] } | null) ?? 'offline'
}

async function ask(url: string, init?: RequestInit): Promise<Response | Trouble | 'malformed'> {
  const giveUp = new AbortController()
  const timer = setTimeout(() => giveUp.abort(), ANSWER_MS)
  try {
    const response = await fetch(url, { ...init, redirect: 'manual', signal: giveUp.signal })
    if (response.ok) return response
    if (response.type === 'opaqueredirect' || response.status === 409) return 'signed_out'
    if (response.status === 404) return 'gone'
    return response.status === 400 || response.status === 413 ? 'malformed' : 'offline'
  } catch {
    return 'offline'
  } finally {
    clearTimeout(timer)
  }
}
