import { expect, test } from 'vitest'
import { progressBar } from '#app/lib/server/progress-bar.ts'

function output(isTTY: boolean, columns = 100) {
  const written: string[] = []
  return { written, isTTY, columns, write: (text: string) => written.push(text) }
}

test('without a terminal a bar is one plain line for every tenth', () => {
  const file = output(false)
  const bar = progressBar(file, 'Demo')
  for (let rows = 0; rows <= 100; rows++) bar.update(rows / 100, `${rows} rows`)
  bar.end('Done.')
  expect(file.written).toHaveLength(10)
  expect(file.written[0]).toBe('Demo 10% 10 rows\n')
  expect(file.written.at(-1)).toBe('Done.\n')
  expect(file.written.join('')).not.toContain('\r')
})

test('at a terminal it is drawn over itself and leaves a sentence, or nothing', () => {
  const screen = output(true)
  const bar = progressBar(screen, 'Demo')
  bar.update(0.5, '50 rows')
  expect(screen.written[0]).toMatch(/^\r.*Demo █{12}░{12} 50% 50 rows$/)
  bar.end(null)
  expect(screen.written.at(-1)).toMatch(/^\r/)
  const narrow = output(true, 40)
  progressBar(narrow, 'Demo').update(1, 'all')
  expect(narrow.written[0]).toContain('Demo 99% all')
  expect(narrow.written[0]).not.toContain('█')
})
