import { CHANGED, changedSince, givenIn, openQuestions } from '../attempts.ts'
import { type Answers, fieldOf, type Question } from '../question.ts'
import { fill, forget, keepUnsaved, post, unsavedOf } from '../saving/unsaved.ts'

/**
 * Runs in the browser beside a running attempt: saves each answer as it is given, tries again while the server is out of
 * reach, and counts down. What is not saved yet is kept on the device too, so that a closed page loses none of it. Knows
 * no React: the page around it shows what it is told.
 */
export type SavedTest = {
  url: string
  attemptId: string
  questions: readonly Question[]
  /** What the server has. */
  saved: Answers
  /** By the server's clock. */
  deadlineAt: number
  /** By the clock of this device; mended by every answer of the server. */
  endsAt: number
}

/** Why answers are not saved just now. */
export type Trouble = 'offline' | 'signedOut' | 'stopped'

export type Told = {
  state: 'saved' | 'saving' | Trouble
  /** What the server is known to have. */
  saved: Answers
  openCount: number
  leftMs: number
}

/** Whoever types is not saved letter by letter. */
const TYPING_MS = 1000
const FIRST_WAIT_MS = 2000
const LONGEST_WAIT_MS = 30_000
const TICK_MS = 1000

/** Begins; `tell` hears whatever changes, `over` that the attempt has ended. @returns ends. */
export function followTest(form: HTMLFormElement, test: SavedTest, tell: (now: Told) => void, over: () => void) {
  const { url, attemptId, questions, deadlineAt } = test
  let { saved, endsAt } = test
  let trouble: Trouble | null = null
  let [isSending, hasEnded] = [false, false]
  let wait = FIRST_WAIT_MS
  let timer: ReturnType<typeof setTimeout> | undefined

  const given = () => givenIn(questions, new FormData(form))
  const unsaved = () => changedSince(given(), saved)
  const say = () => {
    const isSaving = isSending || Object.keys(unsaved()).length > 0
    const leftMs = Math.max(0, endsAt - Date.now())
    const openCount = openQuestions(questions, given()).length
    tell({ state: trouble ?? (isSaving ? 'saving' : 'saved'), saved, openCount, leftMs })
  }
  const soon = (ms: number) => {
    clearTimeout(timer)
    timer = setTimeout(send, ms)
  }

  const send = async () => {
    const changed = unsaved()
    const isTimeOver = Date.now() >= endsAt
    if (isSending || hasEnded || (Object.keys(changed).length === 0 && !isTimeOver)) return
    isSending = true
    say()
    const answer = await post(url, fieldsOf(attemptId, changed))
    isSending = false
    if (hasEnded) return
    if (answer.now) endsAt = Date.now() + deadlineAt - answer.now
    if (answer.is === 'kept') {
      saved = { ...saved, ...changed }
      trouble = null
      wait = FIRST_WAIT_MS
      keepUnsaved(attemptId, { given: unsaved(), before: saved })
      if (Object.keys(unsaved()).length > 0) soon(0)
    } else if (answer.is === 'over') {
      hasEnded = true
      forget(attemptId)
      return over()
    } else {
      trouble = answer.is
      soon(wait)
      wait = Math.min(2 * wait, LONGEST_WAIT_MS)
    }
    say()
  }

  const onInput = ({ type, target }: Event) => {
    keepUnsaved(attemptId, { given: unsaved(), before: saved })
    soon(type === 'input' && target instanceof HTMLInputElement && target.type === 'text' ? TYPING_MS : 0)
    say()
  }
  const onReach = () => soon(0)
  const onView = () => (document.hidden ? leave() : soon(0))
  const leave = () => {
    const changed = unsaved()
    if (!hasEnded && Object.keys(changed).length > 0) navigator.sendBeacon(url, fieldsOf(attemptId, changed))
  }
  const tick = () => {
    const left = endsAt - Date.now()
    // What is still being typed is saved while there is time; at the end the server says that it is over.
    if (left < 3 * TICK_MS && !isSending && trouble === null) soon(0)
    say()
  }

  for (const [id, answer] of Object.entries(unsavedOf(attemptId, saved))) fill(form, id, answer)
  for (const type of ['input', 'change']) form.addEventListener(type, onInput)
  addEventListener('online', onReach)
  addEventListener('pagehide', leave)
  document.addEventListener('visibilitychange', onView)
  const ticking = setInterval(tick, TICK_MS)
  say()
  soon(0)
  return () => {
    hasEnded = true
    clearTimeout(timer)
    clearInterval(ticking)
    for (const type of ['input', 'change']) form.removeEventListener(type, onInput)
    removeEventListener('online', onReach)
    removeEventListener('pagehide', leave)
    document.removeEventListener('visibilitychange', onView)
  }
}

function fieldsOf(attemptId: string, answers: Answers): URLSearchParams {
  const fields = new URLSearchParams({ intent: 'keep', attempt: attemptId })
  for (const [id, given] of Object.entries(answers)) {
    fields.append(CHANGED, id)
    for (const value of given) fields.append(fieldOf(id), value)
  }
  return fields
}
