import { isSame } from '../attempts.ts'
import { type Answers, fieldOf } from '../question.ts'

/** `now`: the server's clock, as far as it told it. */
export type Answer = { is: 'kept' | 'over' | 'offline' | 'signedOut' | 'stopped'; now: number | null }

const ANSWER_MS = 15_000
const PREFIX = 'jxt-test:'

/** Sends answers. `offline`: out of reach, or the server asks to come back. `stopped`: it will never take them. */
export async function post(url: string, fields: URLSearchParams): Promise<Answer> {
  const giveUp = new AbortController()
  const timer = setTimeout(() => giveUp.abort(), ANSWER_MS)
  try {
    const { status, type, headers } = await fetch(url, {
      ...{ method: 'POST', body: fields, redirect: 'manual', signal: giveUp.signal },
    })
    return { is: meaningOf(status, type), now: Date.parse(headers.get('Date') ?? '') || null }
  } catch {
    return { is: 'offline', now: null }
  } finally {
    clearTimeout(timer)
  }
}

function meaningOf(status: number, type: ResponseType): Answer['is'] {
  if (status === 200) return 'kept'
  if (status === 409) return 'over'
  // 202: Remix tells a script where a page would be sent, here to sign in.
  if (status === 202 || type === 'opaqueredirect') return 'signedOut'
  return status === 429 || status >= 500 ? 'offline' : 'stopped'
}

/** What was answered and not saved, and what the server had then. */
type Unsaved = { given: Answers; before: Answers }

/** Where a browser keeps nothing (private windows), what is not saved is lost with the page. */
export function keepUnsaved(attemptId: string, unsaved: Unsaved): void {
  try {
    if (Object.keys(unsaved.given).length === 0) forget(attemptId)
    else localStorage.setItem(PREFIX + attemptId, JSON.stringify(unsaved))
  } catch {}
}

/** What an earlier page of this attempt could not save; where another device answered since, its answer stays. */
export function unsavedOf(attemptId: string, saved: Answers): Answers {
  try {
    const { given, before } = JSON.parse(localStorage.getItem(PREFIX + attemptId) ?? '') as Unsaved
    return Object.fromEntries(Object.entries(given).filter(([id]) => isSame(saved[id], before[id])))
  } catch {
    return {}
  }
}

export function forget(attemptId: string): void {
  try {
    localStorage.removeItem(PREFIX + attemptId)
  } catch {}
}

/** Puts an answer into its fields. */
export function fill(form: HTMLFormElement, questionId: string, given: readonly string[]): void {
  const name = fieldOf(questionId)
  const fields = [...form.elements].filter((field) => field.getAttribute('name') === name)
  fields.forEach((field, place) => {
    if (field instanceof HTMLInputElement && field.type !== 'text') field.checked = given.includes(field.value)
    else if (field instanceof HTMLInputElement || field instanceof HTMLSelectElement) field.value = given[place] ?? ''
  })
}
