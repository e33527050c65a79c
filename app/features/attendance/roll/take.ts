import { newId } from '#app/lib/ids.ts'
import type { SentMark } from '../sent.ts'
import { keepPage } from './page-cache.ts'
import { keepRoll, readRolls } from './rolls.ts'
import { deviceKey, keyText } from './seal.ts'
import { batchesOf, sendBatch } from './send.ts'
import { withMarks } from './standings.ts'
import { type KeptMark, openStore, type Store } from './store.ts'
import type { RollActs, RollView } from './view.ts'
import { askRoll } from './wire.ts'

/** Out of reach it asks this often: browsers are not to be relied on to say that a network is back. */
const RETRY_MS = 5000
/** With a network, to see who has come meanwhile. */
const LOOK_MS = 20_000

/**
 * Takes a session's roll in the browser, with a network or without: shows what lies on the device, asks the server, keeps each
 * mark before anything else and sends it when the server answers. Knows no React. Without a session: what lies on this device.
 */
export function takeRoll(
  of: { academyCode: string; sessionId: string | null },
  tell: (view: RollView) => void,
): RollActs {
  const { academyCode, sessionId } = of
  let store: Store | null = null
  let [offset, askedAt] = [0, 0]
  let key = ''
  let [isBusy, isDue, hasStopped] = [false, false, false]
  let view: RollView = {
    ...{ roll: null, rolls: [], marks: [], sent: {}, overtaken: [], trouble: 'asking', sentAt: null },
    ...{ isKept: false, isStored: true, isAsked: false },
  }
  const show = (changes: Partial<RollView>) => {
    view = { ...view, ...changes }
    if (!hasStopped) tell(view)
  }
  const account = () => view.roll?.account ?? view.rolls[0]?.account
  const waiting = () => view.marks.filter(({ refusal }) => refusal === null)

  const start = async () => {
    key = keyText()
    store = await openStore()
    const kept = await readRolls(store)
    const own = kept.find(({ roll }) => roll.sessionId === sessionId)
    offset = own?.offset ?? kept[0]?.offset ?? 0
    show({
      ...{ isStored: store !== null, rolls: kept.map(({ roll }) => roll) },
      ...{ roll: own?.roll ?? null, sentAt: own?.sentAt ?? null },
    })
    await readMarks()
    await tick()
    // For nobody who only looked at it.
    const isPageKept = account() !== undefined && (await keepPage(academyCode))
    show({ isAsked: true, isKept: isPageKept && store !== null && (await deviceKey()) !== null })
  }

  /** Of this account alone: whoever else used the device sees and sends nothing of it. */
  const readMarks = async () => {
    const stored = (await store?.marks()) ?? view.marks
    show({ marks: stored.filter((mark) => mark.account === account()) })
  }

  const tick = async () => {
    isDue = true
    askedAt = Date.now()
    if (isBusy) return
    isBusy = true
    // What is marked while it is busy is sent right after.
    while (isDue && !hasStopped) {
      isDue = false
      await refresh()
      if (view.trouble !== 'offline' && view.trouble !== 'signed_out') await sendAll()
    }
    isBusy = false
  }

  const refresh = async () => {
    if (!sessionId) return show({ trouble: navigator.onLine ? null : 'offline' })
    const answer = await askRoll({ academyCode, sessionId })
    if (typeof answer === 'string') return show({ trouble: answer })
    offset = answer.now - Date.now()
    key = keyText()
    const others = view.rolls.filter((roll) => roll.sessionId !== sessionId)
    const isNew = account() !== answer.account
    show({ roll: answer, rolls: [...others, answer], trouble: null })
    await keepRoll(store, answer, { offset, sentAt: view.sentAt })
    if (isNew) await readMarks()
  }

  const sendAll = async () => {
    const by = account()
    if (!by) return
    let hasSent = false
    for (const batch of batchesOf(waiting())) {
      const sent = await sendBatch(batch, by)
      if (typeof sent === 'string') return show({ trouble: sent })
      // Where somebody else has signed in here, it is their session that is not to be found.
      if (sent.isGone && keyText() !== key) return show({ trouble: 'signed_out' })
      offset = sent.offset ?? offset
      for (const mark of sent.taken) await store?.forgetMark(mark.id)
      for (const mark of sent.refused) await store?.keepMark(mark)
      const settled = new Map(sent.refused.map((mark) => [mark.id, mark]))
      const isTaken = new Set(sent.taken.map(({ id }) => id))
      show({
        marks: view.marks.filter(({ id }) => !isTaken.has(id)).map((mark) => settled.get(mark.id) ?? mark),
        sent: { ...view.sent, ...Object.fromEntries(sent.taken.map(({ id, enrolmentId }) => [id, enrolmentId])) },
        overtaken: [...view.overtaken, ...sent.overtaken],
        // What the server has now, until it is asked again.
        roll: view.roll && withMarks(view.roll, sent.taken),
      })
      hasSent ||= sent.taken.length > 0
    }
    if (!hasSent) return
    show({ sentAt: Date.now() + offset, trouble: null })
    if (view.roll) await keepRoll(store, view.roll, { offset, sentAt: view.sentAt })
    await refresh()
  }

  const onOnline = () => void tick()
  addEventListener('online', onOnline)
  const timer = setInterval(() => {
    const isDueAgain = view.trouble !== null || Date.now() - askedAt > LOOK_MS
    if (isDueAgain && (!document.hidden || waiting().length > 0)) void tick()
  }, RETRY_MS)
  void start()

  return {
    now: () => Date.now() + offset,
    async mark(made, enrolmentId) {
      const by = account()
      if (!by || !sessionId) return null
      const id = newId()
      const mark = { ...made, id, at: Date.now() + offset } as SentMark
      const kept: KeptMark = { id, account: by, academyCode, sessionId, enrolmentId, mark, refusal: null }
      try {
        await store?.keepMark(kept)
      } catch {
        show({ isStored: false })
      }
      show({ marks: [...view.marks, kept] })
      void navigator.storage?.persist?.()
      void tick()
      return id
    },
    async forget(id) {
      await store?.forgetMark(id)
      show({ marks: view.marks.filter((mark) => mark.id !== id) })
    },
    stop() {
      hasStopped = true
      clearInterval(timer)
      removeEventListener('online', onOnline)
    },
  }
}
