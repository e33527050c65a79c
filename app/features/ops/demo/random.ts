/** A seeded source of randomness: the same seed makes the same demo everywhere. */
export type Random = {
  /** A number in [0, 1). */
  next(): number
  /** A whole number in [from, to], both inclusive. */
  int(from: number, to: number): number
  /** True with this probability. */
  chance(probability: number): boolean
  pick<T>(items: readonly T[]): T
  /** Picks by weight: `[item, weight]`. */
  weighted<T>(items: readonly (readonly [T, number])[]): T
  /** The same items in another order. */
  shuffled<T>(items: readonly T[]): T[]
}

/** mulberry32: small, fast, good enough for made-up people; never for secrets. */
export function seeded(seed: number): Random {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
  const int = (from: number, to: number) => from + Math.floor(next() * (to - from + 1))
  return {
    next,
    int,
    chance: (probability) => next() < probability,
    pick: (items) => items[int(0, items.length - 1)]!,
    weighted: (items) => {
      let left = next() * totalOf(items)
      for (const [item, weight] of items) {
        left -= weight
        if (left < 0) return item
      }
      return items[items.length - 1]![0]
    },
    shuffled: (items) => {
      const mixed = [...items]
      for (let last = mixed.length - 1; last > 0; last--) {
        const other = int(0, last)
        const held = mixed[last]!
        mixed[last] = mixed[other]!
        mixed[other] = held
      }
      return mixed
    },
  }
}

/** Of lists of weights that are drawn from many times. */
const totals = new WeakMap<readonly (readonly [unknown, number])[], number>()

function totalOf(items: readonly (readonly [unknown, number])[]): number {
  const known = totals.get(items)
  if (known !== undefined) return known
  const total = items.reduce((sum, [, weight]) => sum + weight, 0)
  totals.set(items, total)
  return total
}

/** A seed of its own for everything that has a name (FNV-1a): one part of a demo can be made without the others. */
export function seedOf(base: number, name: string): number {
  let hash = base ^ 0x811c9dc5
  for (let at = 0; at < name.length; at++) hash = Math.imul(hash ^ name.charCodeAt(at), 0x01000193)
  return hash >>> 0
}
