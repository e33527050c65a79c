import { expect, test } from 'vitest'
import { gather } from '#app/lib/gather.ts'

/** Asks that are answered when the test says so. */
function slowly({ most }: { most: number }) {
  const asked: { keys: readonly string[]; answer: () => void; fail: () => void }[] = []
  const ask = gather(
    (keys: readonly string[]) =>
      new Promise<string[]>((done, refuse) => {
        const answer = () => done(keys.map((key) => key.toUpperCase()))
        asked.push({ keys, answer, fail: () => refuse(new Error('away')) })
      }),
    { most },
  )
  const turn = () => new Promise((done) => setImmediate(done))
  return { ask, asked, turn }
}

test('who comes alone is asked for at once; who comes meanwhile is asked for together, and everyone gets their own answer', async () => {
  const { ask, asked, turn } = slowly({ most: 2 })
  const answers = ['a', 'b', 'c', 'd', 'b'].map((key) => ask(key))
  for (let round = 0; round < 3; round++) {
    asked[round]!.answer()
    await turn()
  }
  expect(await Promise.all(answers)).toEqual(['A', 'B', 'C', 'D', 'B'])
  expect(asked.map(({ keys }) => keys)).toEqual([['a'], ['b', 'c'], ['d', 'b']])
})

test('nothing is remembered: whoever asks after an answer is asked for anew', async () => {
  const { ask, asked } = slowly({ most: 9 })
  const first = ask('a')
  asked[0]!.answer()
  await first
  void ask('a')
  expect(asked).toHaveLength(2)
})

test('a failure is that of those who were asked for with it, and of nobody after them', async () => {
  const { ask, asked, turn } = slowly({ most: 9 })
  const [first, second, third] = [ask('a'), ask('b'), ask('c')]
  asked[0]!.answer()
  await turn()
  asked[1]!.fail()
  expect(await Promise.allSettled([first, second, third])).toMatchObject([
    { value: 'A' },
    { status: 'rejected' },
    { status: 'rejected' },
  ])
  const next = ask('d')
  asked[2]!.answer()
  expect(await next).toBe('D')
})
