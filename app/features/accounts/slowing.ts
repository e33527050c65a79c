/**
 * How fast something may be tried again after it failed. The first `free` failures cost nothing; each further one
 * doubles the wait, from `firstWait` to `longestWait`; one failure is forgiven for every `forgive` that passes. Seconds.
 */
export type Limit = { free: number; firstWait: number; longestWait: number; forgive: number }

/** What is remembered of one thing that is slowed; null: nothing. */
export type Remembered = { failures: number; lastAt: Date } | null

export const LIMITS = {
  /**
   * Passwords of one account: about 130 guesses a day at most, and somebody who keeps failing on purpose holds the owner
   * up for a quarter of an hour, not for a day.
   */
  account: { free: 5, firstWait: 15, longestWait: 900, forgive: 900 },
  /** Passwords from one address, whichever account. A whole academy may sit behind one address. */
  address: { free: 50, firstWait: 5, longestWait: 300, forgive: 30 },
  /** Registrations from one address, successful ones too: a class of fifty registers in the same room. */
  registration: { free: 60, firstWait: 15, longestWait: 300, forgive: 60 },
  /** Documents that one administrator looks up: a busy morning at the desk, not a list. */
  identity: { free: 60, firstWait: 10, longestWait: 300, forgive: 30 },
  /** Persons that one member of staff looks for: a day's questions on the phone, not the whole register. */
  search: { free: 60, firstWait: 10, longestWait: 300, forgive: 30 },
  /** Full numbers that one member of staff sees: a handful of certificates, not a list. */
  reveal: { free: 10, firstWait: 60, longestWait: 1800, forgive: 600 },
  /** Questions that one worker asks: a lesson's worth at once, then one every ten minutes. */
  question: { free: 8, firstWait: 60, longestWait: 1800, forgive: 600 },
} satisfies Record<string, Limit>

/** Seconds until it may be tried again, rounded up; 0: now. */
export function secondsToWait(limit: Limit, remembered: Remembered, now: Date): number {
  if (!remembered) return 0
  // A clock that was set back must not make a wait longer than it was.
  const waited = Math.max(0, (now.getTime() - remembered.lastAt.getTime()) / 1000)
  return Math.max(0, Math.ceil(waitAfter(limit, remembered.failures) - waited))
}

/** The wait that a number of failures costs, in seconds. */
function waitAfter(limit: Limit, failures: number): number {
  if (failures < limit.free) return 0
  return Math.min(limit.longestWait, limit.firstWait * 2 ** Math.min(failures - limit.free, 30))
}

/** What to remember when one more attempt failed: the unforgiven ones and this. */
export function afterFailure(limit: Limit, remembered: Remembered, now: Date): { failures: number; lastAt: Date } {
  return { failures: unforgiven(limit, remembered, now) + 1, lastAt: now }
}

function unforgiven(limit: Limit, remembered: Remembered, now: Date): number {
  if (!remembered) return 0
  const passed = (now.getTime() - remembered.lastAt.getTime()) / 1000
  return Math.max(0, remembered.failures - Math.max(0, Math.floor(passed / limit.forgive)))
}

/**
 * The part of an address that one household or office shares: IPv4 whole, of IPv6 the first 64 bits, which one
 * subscriber changes at will. An IPv4 address in IPv6 notation is the IPv4 address.
 */
export function addressBlock(address: string): string {
  const plain = address
    .toLowerCase()
    .replace(/^::ffff:(?=\d+\.)/, '')
    .replace(/%.*$/, '')
  if (!plain.includes(':')) return plain
  const [head = '', tail] = plain.split('::')
  const front = head.split(':').filter(Boolean)
  const back = tail?.split(':').filter(Boolean) ?? []
  const gap = Math.max(0, 8 - front.length - back.length)
  const groups = tail === undefined ? front : [...front, ...Array<string>(gap).fill('0'), ...back]
  return groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')
}
