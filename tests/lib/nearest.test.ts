import { expect, test } from 'vitest'
import { nearest } from '#app/lib/nearest.ts'

const NAMES = ['Figure', 'Callout', 'Compare', 'Column', 'Quiz']

test('what was meant is a mistake or two away, capitals aside', () => {
  expect(nearest('Calout', NAMES)).toBe('Callout')
  expect(nearest('figure', NAMES)).toBe('Figure')
  expect(nearest('Quzi', NAMES)).toBe('Quiz')
  expect(nearest('Colunm', NAMES)).toBe('Column')
  expect(nearest('Ｆigure', NAMES)).toBe('Figure')
  expect(nearest('漏电保户器', ['漏电保护器', '保护线'])).toBe('漏电保护器')
})

test('what is nowhere near is no guess', () => {
  expect(nearest('Video', NAMES)).toBeUndefined()
  expect(nearest('', NAMES)).toBeUndefined()
  expect(nearest('Q', NAMES)).toBeUndefined()
  expect(nearest('x'.repeat(100_000), NAMES)).toBeUndefined()
  expect(nearest('Quiz', [])).toBeUndefined()
})
