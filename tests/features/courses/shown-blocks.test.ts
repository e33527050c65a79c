import { expect, test } from 'vitest'
import { storedBlocks } from '#app/features/courses/shown-blocks.ts'

const picture = '<img src="/assets/courses/a" alt="" loading="lazy"/>'
const shown = (...texts: string[]) =>
  storedBlocks(texts.map((html) => ({ kind: 'html', html }))).map((block) =>
    block.kind === 'html' ? new TextDecoder().decode(block.html) : null,
  )

test('a picture on the first screen comes with the text, every other one when it comes into view', () => {
  const first = picture.replace('loading="lazy"', 'fetchpriority="high"')
  expect(shown(`<p>触电</p>${picture}${picture}`, picture)).toEqual([`<p>触电</p>${first}${picture}`, picture])
})

test('a picture further down is asked for when it comes into view', () => {
  const far = `<p>${'触'.repeat(4000)}</p>${picture}`
  expect(shown(far)).toEqual([far])
  expect(shown('<p>触电</p>', picture)).toEqual(['<p>触电</p>', picture])
})
