import { expect, test } from 'vitest'
import { withoutMetadata } from '#app/lib/picture-metadata.ts'
import { photograph } from '#tests/support/documents.ts'

test('a photograph keeps its picture and which side is up, and loses where it was taken, comments and what stands behind its end', () => {
  const clean = withoutMetadata('jpg', photograph(0, 6))!
  expect(clean.includes('GPS')).toBe(false)
  expect(clean.subarray(-2).toString('hex')).toBe('ffd9')
  expect(clean.includes(Buffer.from([0x12, 0xff, 0x00, 0x34, 0xff, 0xd0, 0x56]))).toBe(true)
  // Tag 0x0112, a short, one of them, 6.
  expect(clean.includes(Buffer.from('011200030000000100060000', 'hex'))).toBe(true)
  expect(withoutMetadata('jpg', clean)).toEqual(clean)
  expect(withoutMetadata('jpg', photograph(0, 1))?.includes('Exif')).toBe(false)
})

test('a photograph that is cut off, or only says that it is one, is none', () => {
  const whole = withoutMetadata('jpg', photograph())!
  for (let length = 2; length < whole.length; length++)
    expect(withoutMetadata('jpg', whole.subarray(0, length)), `${length} bytes`).toBeNull()
  expect(withoutMetadata('jpg', Buffer.from('\xff\xd8\xff<script>alert(1)</script>', 'latin1'))).toBeNull()
})

const chunk = (type: string, body: string) => {
  const head = Buffer.alloc(4)
  head.writeUInt32BE(body.length)
  return Buffer.concat([head, Buffer.from(type + body), Buffer.alloc(4)])
}

test('a PNG loses its texts and Exif, and must end with its end', () => {
  const signature = Buffer.from('89504e470d0a1a0a', 'hex')
  const png = Buffer.concat([
    signature,
    ...[chunk('IHDR', '0123456789012'), chunk('tEXt', 'GPS'), chunk('eXIf', 'GPS'), chunk('IDAT', 'x')],
    chunk('IEND', ''),
  ])
  const clean = withoutMetadata('png', Buffer.concat([png, Buffer.from('GPS')]))!
  expect(clean.includes('GPS')).toBe(false)
  expect(clean.includes('IDAT')).toBe(true)
  expect(withoutMetadata('png', png.subarray(0, -1))).toBeNull()
  expect(withoutMetadata('png', Buffer.concat([signature, chunk('IDAT', 'x'), chunk('IEND', '')]))).toBeNull()
})

test('a WebP loses Exif and XMP, says so in its flags, and is as long as it says', () => {
  const part = (type: string, body: Buffer) => {
    const head = Buffer.alloc(8)
    head.write(type)
    head.writeUInt32LE(body.length, 4)
    return Buffer.concat([head, body, Buffer.alloc(body.length % 2)])
  }
  const flags = Buffer.alloc(10)
  flags.writeUInt8(0x1c)
  const body = Buffer.concat([
    ...[part('VP8X', flags), part('VP8 ', Buffer.from('abc')), part('EXIF', Buffer.from('GPS'))],
    part('XMP ', Buffer.from('GPS')),
  ])
  const head = Buffer.from('RIFF\0\0\0\0WEBP')
  head.writeUInt32LE(body.length + 4, 4)
  const clean = withoutMetadata('webp', Buffer.concat([head, body]))!
  expect(clean.includes('GPS')).toBe(false)
  expect([clean.readUInt32LE(4), clean.readUInt8(20)]).toEqual([clean.length - 8, 0x10])
  expect(withoutMetadata('webp', Buffer.concat([head, body.subarray(0, -1)]))).toBeNull()
})
