import { expect, test } from 'vitest'
import { readPasted } from '#app/lib/pasted.ts'

const read = (text: string) =>
  readPasted<'name' | 'theory'>(text, {
    heads: { name: ['姓名'], theory: ['理论成绩'] },
    ownOrder: () => ['name', 'theory'],
  })

test('heads are known with a remark in brackets behind them', () => {
  expect(read('理论成绩（100分）\t姓 名*\n80\t张合成').lines).toMatchObject([
    { cells: { name: '张合成', theory: '80' } },
  ])
})

test('a hundred thousand brackets are read in one go: as a head they held the server up for ten seconds', () => {
  const began = performance.now()
  expect(read('（'.repeat(100_000)).hasHeads).toBe(false)
  expect(performance.now() - began).toBeLessThan(1000)
})
