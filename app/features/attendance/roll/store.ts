import type { SentMark, SentRefusal } from '../sent.ts'
import type { Sealed } from './seal.ts'

/** Why a mark stays on the device: what the server says of it, or of its session or sending as a whole. */
export type KeptRefusal = SentRefusal | 'session_gone' | 'malformed'

/**
 * A mark that did not arrive yet, or was refused. It names nobody: who it is about stands in the sealed roll. It stays until it was
 * sent or its maker has read why not, whoever signs out meanwhile.
 */
export type KeptMark = {
  id: string
  account: string
  academyCode: string
  sessionId: string
  /** Null: a code that names nobody on the roll. */
  enrolmentId: string | null
  mark: SentMark
  /** Null: it waits. */
  refusal: KeptRefusal | null
}

/** A roll that was taken along. `offset`: how far the server's clock is before the device's, in milliseconds. */
export type KeptRoll = { sessionId: string; endsAt: number; offset: number; sentAt: number | null; sealed: Sealed }

export type Store = {
  rolls: () => Promise<KeptRoll[]>
  keepRoll: (roll: KeptRoll) => Promise<void>
  forgetRoll: (sessionId: string) => Promise<void>
  marks: () => Promise<KeptMark[]>
  keepMark: (mark: KeptMark) => Promise<void>
  forgetMark: (id: string) => Promise<void>
}

const NAME = 'jxt-roll'
const [ROLLS, MARKS] = ['rolls', 'marks'] as const

/** What the browser keeps for this page; null: it keeps nothing (a private window, an old browser). */
export async function openStore(): Promise<Store | null> {
  const db = await open().catch(() => null)
  if (!db) return null
  const ask = <T>(store: string, mode: IDBTransactionMode, work: (of: IDBObjectStore) => IDBRequest<T>) => {
    const transaction = db.transaction(store, mode)
    const request = work(transaction.objectStore(store))
    return new Promise<T>((done, fail) => {
      // Kept is what the transaction has written, not what was asked of it.
      transaction.oncomplete = () => done(request.result)
      transaction.onerror = transaction.onabort = () => fail(transaction.error)
    })
  }
  const write = <T>(store: string, work: (of: IDBObjectStore) => IDBRequest<T>) =>
    ask(store, 'readwrite', work).then(() => undefined)
  return {
    rolls: () => ask<KeptRoll[]>(ROLLS, 'readonly', (of) => of.getAll()),
    keepRoll: (roll) => write(ROLLS, (of) => of.put(roll)),
    forgetRoll: (sessionId) => write(ROLLS, (of) => of.delete(sessionId)),
    marks: () => ask<KeptMark[]>(MARKS, 'readonly', (of) => of.getAll()),
    keepMark: (mark) => write(MARKS, (of) => of.put(mark)),
    forgetMark: (id) => write(MARKS, (of) => of.delete(id)),
  }
}

function open(): Promise<IDBDatabase> {
  return new Promise((done, fail) => {
    const request = indexedDB.open(NAME, 1)
    request.onupgradeneeded = () => {
      request.result.createObjectStore(ROLLS, { keyPath: 'sessionId' })
      request.result.createObjectStore(MARKS, { keyPath: 'id' })
    }
    request.onsuccess = () => done(request.result)
    request.onerror = () => fail(request.error)
  })
}
