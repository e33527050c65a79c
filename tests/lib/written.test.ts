import { expect, test } from 'vitest'
import { readReason } from '#app/features/audit/reason.ts'
import { oneLine, readWritten } from '#app/lib/written.ts'

const text = (value: unknown, longest = 100) => {
  const read = readWritten(value, longest)
  return read.ok ? read.text : read.fault
}

test('what somebody wrote keeps its lines, whatever the browser ends them with', () => {
  expect(text('  一\r\n\r\n\r\n\r\n二  \r三\t四 \n')).toBe('一\n\n二\n三 四')
})

test('signs that nobody sees are gone: NUL, control characters, marks that turn the direction', () => {
  expect(text('a\u0000b\u0007c\u202Ed\u2066e')).toBe('abcde')
})

test('a name is one line, in which nothing is hidden: two that look alike are one', () => {
  expect(oneLine(' 实训楼\r\nBCC: a\u2028b\u0085c\u0000 ')).toBe('实训楼 BCC: a b c')
  expect(oneLine('李\u200b四\u202e\u2066\ufeff')).toBe('李四')
  expect(oneLine('👨‍👩‍👧')).toBe('👨‍👩‍👧')
})

test('a reason keeps its lines, and holds nothing that the database cannot or that nobody sees', () => {
  expect(readReason('设备\u0000检修\r\n改\u202e期')).toEqual({ reason: '设备 检修\n改期' })
  expect(readReason('\u200b\u200b\u0000')).toEqual({ fault: 'reason_needed' })
})

test('a million blanks are read in one go: with a pattern they took a server an hour', () => {
  expect(text(`a${' '.repeat(1_000_000)}b`)).toBe('long')
  expect(text(`${' '.repeat(1_000_000)}b${' '.repeat(1_000_000)}\nc`)).toBe('b\nc')
})

test('markup is text', () => {
  expect(text('<script>alert(1)</script>')).toBe('<script>alert(1)</script>')
})

test('nothing but blanks, a missing field and a file are empty', () => {
  for (const value of ['', ' \n\u0000\t ', null, undefined, new File([], 'x')]) expect(text(value)).toBe('empty')
})

test('length is counted in characters as people see them, the last one allowed included', () => {
  expect(text('𠮷'.repeat(10), 10)).toBe('𠮷'.repeat(10))
  expect(text('𠮷'.repeat(11), 10)).toBe('long')
})
