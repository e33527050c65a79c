import { expect, test } from 'vitest'
import { memo } from '#app/lib/memo.ts'

test('what was made of a text is made once; what nobody asked for longest goes first', () => {
  const made: string[] = []
  const remembered = memo<string>(2)
  const make = (text: string) => () => {
    made.push(text)
    return text.toUpperCase()
  }
  const ask = (text: string) => remembered(text, make(text))
  expect([ask('a'), ask('b'), ask('a'), ask('c'), ask('a'), ask('b')]).toEqual(['A', 'B', 'A', 'C', 'A', 'B'])
  expect(made).toEqual(['a', 'b', 'c', 'b'])
})
