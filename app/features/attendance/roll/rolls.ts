import type { Roll } from '../roll.ts'
import { keepPage } from './page-cache.ts'
import { deviceKey, seal, unseal } from './seal.ts'
import { type KeptRoll, openStore, type Store } from './store.ts'
import { askRoll } from './wire.ts'

/** A roll of a session that is over for so long, with nothing left to send, is taken off the device. */
const OVER_MS = 12 * 3_600_000

type ReadRoll = { roll: Roll; offset: number; sentAt: number | null }

/** What the device's key opens. What it does not open names people to nobody any more, and goes; so does what is long over. */
export async function readRolls(store: Store | null): Promise<ReadRoll[]> {
  const key = await deviceKey()
  const marks = (await store?.marks()) ?? []
  const read: ReadRoll[] = []
  for (const kept of (await store?.rolls()) ?? []) {
    const roll = key && (await unseal<Roll>(key, kept.sealed))
    const isOver = kept.endsAt + OVER_MS < Date.now() + kept.offset
    const isNeeded = !isOver || marks.some((mark) => mark.sessionId === kept.sessionId)
    if (roll && isNeeded) read.push({ roll, offset: kept.offset, sentAt: kept.sentAt })
    else await store?.forgetRoll(kept.sessionId)
  }
  return read.sort((one, other) => one.roll.startsAt - other.roll.startsAt)
}

/** Without a key (plain http) it is not kept: nobody's name lies open on a device. */
export async function keepRoll(
  store: Store | null,
  roll: Roll,
  about: Pick<KeptRoll, 'offset' | 'sentAt'>,
): Promise<boolean> {
  const key = await deviceKey()
  if (!store || !key) return false
  const { sessionId, endsAt } = roll
  return store.keepRoll({ ...about, sessionId, endsAt, sealed: await seal(key, roll) }).then(
    () => true,
    () => false,
  )
}

/** Takes the rolls of several sessions along and sends what waits of them. @returns whether they open without a network. */
export async function takeAlong(academyCode: string, sessionIds: readonly string[]): Promise<boolean> {
  const store = await openStore()
  let isKept = store !== null
  for (const sessionId of sessionIds) {
    const roll = await askRoll({ academyCode, sessionId })
    if (typeof roll === 'string') return false
    isKept = (await keepRoll(store, roll, { offset: roll.now - Date.now(), sentAt: null })) && isKept
  }
  return (await keepPage(academyCode)) && isKept
}
