import { inflateRawSync } from 'node:zlib'

/** Documents as small as they can be, by what their bytes say they are. */

const segment = (marker: number, body: Buffer) => {
  const head = Buffer.from([0xff, marker, 0, 0])
  head.writeUInt16BE(body.length + 2, 2)
  return Buffer.concat([head, body])
}

/** An Exif directory in the order of bytes of most phones: turned as `orientation` says, and where it was taken. */
const exif = (orientation: number) => {
  const tiff = Buffer.alloc(8 + 2 + 24 + 4)
  tiff.write('II*\0', 'latin1')
  tiff.writeUInt32LE(8, 4)
  tiff.writeUInt16LE(2, 8)
  for (const [n, [tag, type, value]] of [[0x0112, 3, orientation] as const, [0x8825, 4, 34] as const].entries()) {
    tiff.writeUInt16LE(tag, 10 + n * 12)
    tiff.writeUInt16LE(type, 12 + n * 12)
    tiff.writeUInt32LE(1, 14 + n * 12)
    tiff.writeUInt32LE(value, 18 + n * 12)
  }
  return Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff, Buffer.from('GPS 23.1291N 113.2644E')])
}

/** A photograph as a phone sends it: turned, with its place, a comment, and a second picture behind its end. `n`: another one. */
export const photograph = (n = 0, orientation = 6): Buffer =>
  Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    segment(0xe1, exif(orientation)),
    segment(0xe1, Buffer.from('http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>GPS</x:xmpmeta>')),
    segment(0xe2, Buffer.from('MPF\0GPS')),
    segment(0xfe, Buffer.from('GPS in a comment')),
    segment(0xdb, Buffer.alloc(65, n + 1)),
    segment(0xc0, Buffer.from([8, 0, 1, 0, 1, 1, 1, 0x11, 0])),
    segment(0xda, Buffer.from([1, 1, 0, 0, 63, 0])),
    Buffer.from([0x12, 0xff, 0x00, 0x34, 0xff, 0xd0, 0x56]),
    Buffer.from([0xff, 0xd9]),
    Buffer.from('GPS behind the end'),
  ])

export const pdf = (text = ''): Buffer => Buffer.from(`%PDF-1.4\n1 0 obj<<>>endobj\n% ${text}\n%%EOF\n`)

/** The files of a zip, in the order of its directory, unpacked. */
export function readZip(zip: Buffer): Map<string, Buffer> {
  const end = zip.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'))
  const files = new Map<string, Buffer>()
  let at = zip.readUInt32LE(end + 16)
  for (let n = 0; n < zip.readUInt16LE(end + 10); n++) {
    const [packed, name, extra, comment] = [
      zip.readUInt32LE(at + 20),
      ...[28, 30, 32].map((place) => zip.readUInt16LE(at + place)),
    ] as [number, number, number, number]
    const local = zip.readUInt32LE(at + 42)
    const from = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28)
    files.set(zip.toString('utf8', at + 46, at + 46 + name), inflateRawSync(zip.subarray(from, from + packed)))
    at += 46 + name + extra + comment
  }
  return files
}
