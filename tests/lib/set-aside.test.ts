import { expect, test } from 'vitest'
import { setAside } from '#app/lib/set-aside.ts'

const MINUTE = 60_000

test('what failed rests a minute, after each further failure twice as long, an hour at most, and is tried again then', () => {
  const aside = setAside()
  let now = 0
  for (const minutes of [1, 2, 4, 8, 16, 32, 60, 60]) {
    aside.fail('one', now)
    expect(aside.resting(now + minutes * MINUTE - 1)).toEqual(['one'])
    now += minutes * MINUTE
    expect(aside.resting(now)).toEqual([])
  }
})

test('what was done at last, and what was not seen for a day, begins anew', () => {
  const aside = setAside()
  aside.fail('done', 0)
  aside.fail('done', MINUTE)
  aside.done('done')
  aside.fail('done', MINUTE)
  expect(aside.resting(2 * MINUTE)).toEqual([])
  aside.fail('gone', 0)
  aside.fail('gone', MINUTE)
  aside.resting(25 * 60 * MINUTE)
  aside.fail('gone', 0)
  expect(aside.resting(MINUTE)).toEqual([])
})
