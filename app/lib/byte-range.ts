/** The part of a file that is asked for: first and last byte, both of it. */
export type ByteRange = { from: number; until: number }

/**
 * Reads a Range header (RFC 9110, 14.2). Null: answer with the whole, as for every unit but bytes, for several parts, and for what
 * is not understood. `unsatisfiable`: 416.
 */
export function readRange(header: string | null, size: number): ByteRange | 'unsatisfiable' | null {
  const [, first = '', last = ''] = /^bytes=(\d{0,15})-(\d{0,15})$/i.exec(header?.trim() ?? '') ?? []
  if (first === '' && last === '') return null
  if (first === '') {
    const length = Math.min(Number(last), size)
    return length === 0 ? 'unsatisfiable' : { from: size - length, until: size - 1 }
  }
  const [from, until] = [Number(first), last === '' ? size - 1 : Number(last)]
  if (until < from && last !== '') return null
  return from >= size ? 'unsatisfiable' : { from, until: Math.min(until, size - 1) }
}
