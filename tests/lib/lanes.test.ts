import { setImmediate as nextTurn } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { inLanes } from '#app/lib/lanes.ts'

/** Work that ends when the test says so. */
function stage() {
  const begun: string[] = []
  const ends = new Map<string, { done: () => void; fail: (error: Error) => void }>()
  const work = (item: string) =>
    new Promise<void>((done, fail) => {
      begun.push(item)
      ends.set(item, { done, fail })
    })
  return {
    begun,
    work,
    end: (item: string) => {
      ends.get(item)!.done()
      return nextTurn()
    },
    fail: (item: string, error: Error) => {
      ends.get(item)!.fail(error)
      return nextTurn()
    },
  }
}

test('as many are under way as there are lanes, and the next begins as soon as any of them ends', async () => {
  const { begun, work, end } = stage()
  const all = inLanes(['a', 'b', 'c', 'd'], 2, work)
  expect(begun).toEqual(['a', 'b'])
  await end('b')
  expect(begun).toEqual(['a', 'b', 'c'])
  let isDone = false
  all.then(() => {
    isDone = true
  })
  await end('a')
  await end('c')
  expect(begun).toEqual(['a', 'b', 'c', 'd'])
  expect(isDone).toBe(false)
  await end('d')
  await all
})

test('after a failure no other begins, and it is told when those under way have ended', async () => {
  const { begun, work, end, fail } = stage()
  let told: unknown = null
  const all = inLanes(['a', 'b', 'c'], 2, work).catch((error: unknown) => {
    told = error
  })
  const failure = new Error('a failed')
  await fail('a', failure)
  expect(told).toBeNull()
  await end('b')
  await all
  expect(told).toBe(failure)
  expect(begun).toEqual(['a', 'b'])
})

test('nothing to do is done at once', async () => {
  const { begun, work } = stage()
  await inLanes([], 2, work)
  expect(begun).toEqual([])
})
