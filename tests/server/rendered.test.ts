import fc from 'fast-check'
import { expect, test } from 'vitest'
import { digestOf, keepRendered, numberOf } from '#app/lib/server/rendered.server.ts'

const own = (n: number) => [
  `nonce-of-answer-${n}`,
  `NUMBER${String(n).padStart(4, '0')}`,
  `0192f000-0000-7000-8000-00000000000${n}`,
]
const bytes = (text: string) => Buffer.from(text)

test('a document is kept from its second time on: what comes once stays nowhere', () => {
  const kept = keepRendered()
  expect(kept.find('d', own(1))).toBeNull()
  kept.note('d', own(1), bytes('焊工'))
  expect(kept.find('d', own(2))).toBeNull()
  kept.note('d', own(2), bytes('焊工'))
  expect(kept.find('d', own(3))?.toString()).toBe('焊工')
  expect(kept.find('e', own(3))).toBeNull()
})

test('a kept document carries the values of the answer that it goes out with, and none of another', () => {
  const text = fc.string({ unit: fc.constantFrom('焊', 'a', '<', '"', '\u0000', '-', '1') })
  const pieces = fc.array(fc.oneof(text, fc.constantFrom(0, 1, 2)))
  fc.assert(
    fc.property(pieces, (all) => {
      const document = (n: number) => all.map((piece) => (typeof piece === 'number' ? own(n)[piece] : piece)).join('')
      const kept = keepRendered()
      kept.note('d', own(1), bytes(document(1)))
      kept.note('d', own(2), bytes(document(2)))
      expect(kept.find('d', own(3))?.toString()).toBe(document(3))
    }),
  )
})

test('what a document follows from is told apart to the last value, and values of one answer alone make no difference', () => {
  const told = [null, undefined, 0, -0, Number.NaN, '', '0', 'null', false, new Date(0), new Date(0).toISOString()]
  const shapes = [
    {},
    [],
    new Set(),
    new Map(),
    { a: undefined },
    { a: null },
    new Set([1]),
    [1],
    { 0: 1 },
    new Map([[1, 1]]),
  ]
  const digests = [...told, ...shapes].map((value) => digestOf({ value }, []))
  expect(digests).not.toContain(null)
  expect(new Set(digests).size).toBe(told.length + shapes.length)

  const data = (n: number) => ({ formKey: own(n)[2], name: '焊工（四级）' })
  expect(digestOf(data(1), own(1))).toBe(digestOf(data(2), own(2)))
  expect(digestOf(data(1), own(1))).not.toBe(digestOf({ ...data(1), name: '焊工（三级）' }, own(1)))
  // Said by somebody and not by the answer, the very same is a difference.
  expect(digestOf(data(1), [])).not.toBe(digestOf(data(2), []))
})

test('a short or telling-nothing value is no value of its own: it may stand anywhere', () => {
  expect(digestOf(['a', 'ab'], ['a'])).not.toBe(digestOf(['b', 'bb'], ['b']))
  const kept = keepRendered()
  for (let time = 0; time < 2; time++) kept.note('d', ['a', ''], bytes('banana'))
  expect(kept.find('d', ['x', 'y'])?.toString()).toBe('banana')
})

test('what cannot be told by its value is rendered each time', () => {
  expect(digestOf({ ask: () => 1 }, [])).toBeNull()
  expect(digestOf({ later: Promise.resolve(1) }, [])).toBeNull()
})

test('kept bytes have a number of their own, the same as long as they are kept', () => {
  const [one, other] = [bytes('a'), bytes('a')]
  expect(numberOf(one)).toBe(numberOf(one))
  expect(numberOf(one)).not.toBe(numberOf(other))
})

test('the room is bounded: what nobody asked for longest goes, what is too large never comes', () => {
  const kept = keepRendered()
  const large = Buffer.alloc(200 * 1024, 'x')
  const keep = (digest: string, document = large) => {
    for (let time = 0; time < 2; time++) kept.note(digest, [], document)
  }
  for (let n = 0; n < 200; n++) {
    keep(String(n))
    kept.find('0', [])
  }
  expect(kept.find('0', [])).not.toBeNull()
  expect(kept.find('1', [])).toBeNull()
  expect(kept.find('199', [])).not.toBeNull()
  keep('too large', Buffer.alloc(1100 * 1024, 'x'))
  expect(kept.find('too large', [])).toBeNull()
})
