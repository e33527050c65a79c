/**
 * Takes out of a picture what a camera or phone wrote beside it: where and when it was taken, with what, by whom, a smaller
 * picture of it. What is needed to show it stays: colours, and which side is up. Null: it is no whole picture of its kind.
 */
export function withoutMetadata(kind: 'jpg' | 'png' | 'webp', picture: Buffer): Buffer | null {
  try {
    return kind === 'jpg' ? cleanJpeg(picture) : kind === 'png' ? cleanPng(picture) : cleanWebp(picture)
  } catch (error) {
    if (error instanceof RangeError) return null // it ends where something should still come
    throw error
  }
}

const [EOI, SOS, APP0, APP1, APP2, APP14, APP15, COM] = [0xd9, 0xda, 0xe0, 0xe1, 0xe2, 0xee, 0xef, 0xfe]
const isFrame = (marker: number) => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)

/** ITU-T T.81, B.1: segments, and behind each start of scan its data until the next marker. What stands behind the end goes too. */
function cleanJpeg(from: Buffer): Buffer | null {
  const kept = [from.subarray(0, 2)]
  let hasFrame = false
  let hasScan = false
  let at = 2
  for (;;) {
    if (from.readUInt8(at) !== 0xff) return null
    const marker = from.readUInt8(at + 1)
    if (marker === 0xff) {
      at += 1 // a filling byte
      continue
    }
    if (marker === EOI) {
      kept.push(from.subarray(at, at + 2))
      return hasFrame && hasScan ? Buffer.concat(kept) : null
    }
    const end = at + 2 + from.readUInt16BE(at + 2)
    if (end > from.length) return null
    const segment = from.subarray(at, end)
    hasFrame ||= isFrame(marker)
    if (marker === APP1) kept.push(orientationOf(segment))
    else if (isShown(marker, segment)) kept.push(segment)
    at = end
    if (marker !== SOS) continue
    hasScan = true
    // In a scan 0xff is followed by 0, or by the number of a restart.
    for (; from.readUInt8(at) !== 0xff || isOfScan(from.readUInt8(at + 1)); at++);
    kept.push(from.subarray(end, at))
  }
}

const isOfScan = (next: number) => next === 0 || (next >= 0xd0 && next <= 0xd7)

/** JFIF, colour profiles and Adobe's colours are needed; other applications' segments and comments are not. */
function isShown(marker: number, segment: Buffer): boolean {
  if (marker === COM) return false
  if (marker < APP0 || marker > APP15) return true
  const says = (text: string) => segment.toString('latin1', 4, 4 + text.length) === text
  return marker === APP14 || (marker === APP0 && says('JFIF\0')) || (marker === APP2 && says('ICC_PROFILE\0'))
}

/** A segment, `Exif`, a directory of one entry: the orientation, as a number of two bytes. */
const EXIF_OF_ORIENTATION =
  'ffe10022457869660000' + '4d4d002a00000008' + '0001' + '0112000300000001' + '00000000' + '00000000'
const ORIENTATION_AT = 28

/** Of an Exif segment (JEITA CP-3451, 4.5) a new one that says the orientation alone; nothing where that is the usual one, or none. */
function orientationOf(segment: Buffer): Buffer {
  const tiff = segment.subarray(10)
  if (segment.toString('latin1', 4, 10) !== 'Exif\0\0' || tiff.length < 14) return Buffer.alloc(0)
  const isLittle = tiff.toString('latin1', 0, 2) === 'II'
  const short = (at: number) => (at + 2 > tiff.length ? 0 : isLittle ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at))
  const directory = isLittle ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4)
  for (let n = 0, entry = directory + 2; n < Math.min(short(directory), 100); n++, entry += 12) {
    const turned = short(entry) === 0x0112 ? short(entry + 8) : 0
    if (turned < 2 || turned > 8) continue
    const made = Buffer.from(EXIF_OF_ORIENTATION, 'hex')
    made.writeUInt16BE(turned, ORIENTATION_AT)
    return made
  }
  return Buffer.alloc(0)
}

const PNG_METADATA = ['eXIf', 'tEXt', 'iTXt', 'zTXt', 'tIME']

/** PNG, third edition, 5.3: a length, a type, data, a sum. */
function cleanPng(from: Buffer): Buffer | null {
  const kept = [from.subarray(0, 8)]
  let isFirst = true
  for (let at = 8; ; ) {
    const end = at + 12 + from.readUInt32BE(at)
    const type = from.toString('latin1', at + 4, at + 8)
    if (end > from.length || isFirst !== (type === 'IHDR')) return null
    isFirst = false
    if (!PNG_METADATA.includes(type)) kept.push(from.subarray(at, end))
    if (type === 'IEND') return Buffer.concat(kept)
    at = end
  }
}

/** RFC 9649, 2.3 and 2.7: chunks of even length; the flags of VP8X say which of them there are. */
function cleanWebp(from: Buffer): Buffer | null {
  const end = 8 + from.readUInt32LE(4)
  if (end > from.length) return null
  const kept: Buffer[] = []
  let hasPicture = false
  for (let at = 12; at + 8 <= end; ) {
    const type = from.toString('latin1', at, at + 4)
    const length = from.readUInt32LE(at + 4)
    const next = at + 8 + length + (length % 2)
    if (next > end) return null
    const chunk = Buffer.from(from.subarray(at, next))
    if (type === 'VP8X') chunk.writeUInt8(chunk.readUInt8(8) & ~0x0c, 8)
    hasPicture ||= ['VP8 ', 'VP8L', 'ANMF'].includes(type)
    if (type !== 'EXIF' && type !== 'XMP ') kept.push(chunk)
    at = next
  }
  if (!hasPicture) return null
  const body = Buffer.concat(kept)
  const head = Buffer.from(from.subarray(0, 12))
  head.writeUInt32LE(body.length + 4, 4)
  return Buffer.concat([head, body])
}
