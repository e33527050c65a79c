import fc from 'fast-check'
import { expect, test } from 'vitest'
import { highlight } from '#app/features/catalogue/highlight.ts'

const marked = (text: string, ...terms: string[]) =>
  highlight(text, terms)
    .map((piece) => (piece.isHit ? `[${piece.text}]` : piece.text))
    .join('')

test('pairs that follow one another are one hit', () => {
  expect(marked('低压电工实操班', '低压', '压电', '电工')).toBe('[低压电工]实操班')
})

test('the text keeps its own writing: capitals, full-width letters, long dashes', () => {
  expect(marked('按ＧＢ 26860—2011', 'gb', '26860-2011')).toBe('按[ＧＢ] [26860—2011]')
  expect(marked('Welding 与WELD', 'weld')).toBe('[Weld]ing 与[WELD]')
})

test('a Latin word hits from its beginning alone', () => {
  expect(marked('a cat and a hat', 'a')).toBe('[a] cat [a]nd [a] hat')
})

test('of a standard’s number typed without a space, the number is marked', () => {
  expect(marked('GB 26860', 'gb26860')).toBe('GB [26860]')
})

/** Characters that are folded, by which some become longer. */
const ODD = ['焊', '工', 'Ａ', 'a', 'ﬁ', '𠮷', '½', '—', 'İ', '㎡', ' ', '\ud800']
const unicode = (minLength: number, maxLength: number) =>
  fc.string({ unit: fc.constantFrom(...ODD), minLength, maxLength })

test('whatever the text and the words, the pieces make up the text', () => {
  fc.assert(
    fc.property(unicode(0, 40), fc.array(unicode(1, 3), { maxLength: 4 }), (text, terms) => {
      expect(
        highlight(text, terms)
          .map((piece) => piece.text)
          .join(''),
      ).toBe(text)
    }),
  )
})
