import { crc32, deflateRawSync } from 'node:zlib'

/** A file of a zip with whatever its directory is to say of it. */
export type Raw = {
  name: string
  packed: Buffer
  unpacked: number
  crc?: number
  flags?: number
  method?: number
  at?: number
}

/** A part as it is, without being packed. */
export const stored = (name: string, text: string | Buffer): Raw => {
  const bytes = Buffer.from(text)
  return { name, packed: bytes, unpacked: bytes.length, crc: crc32(bytes), method: 0 }
}
/** A part that is packed, its size and sum said as they are. */
export const deflated = (name: string, text: string): Raw => {
  const bytes = Buffer.from(text)
  return { name, packed: deflateRawSync(bytes), unpacked: bytes.length, crc: crc32(bytes) }
}

/** A zip of files whose directory says of them whatever is to be said. */
export function zipOfRaw(files: Raw[], counted = files.length): Buffer {
  const parts: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const { name, packed, unpacked, crc = 0, flags = 0, method = 8, at } of files) {
    const fields = Buffer.alloc(26)
    fields.writeUInt16LE(20, 0)
    fields.writeUInt16LE(flags, 2)
    fields.writeUInt16LE(method, 4)
    fields.writeUInt32LE(crc, 10)
    fields.writeUInt32LE(packed.length, 14)
    fields.writeUInt32LE(unpacked, 18)
    fields.writeUInt16LE(Buffer.byteLength(name), 22)
    const local = Buffer.concat([Buffer.from('504b0304', 'hex'), fields, Buffer.from(name)])
    const tail = Buffer.alloc(14)
    tail.writeUInt32LE(at ?? offset, 10)
    directory.push(Buffer.concat([Buffer.from('504b01021400', 'hex'), fields, tail, Buffer.from(name)]))
    parts.push(local, packed)
    offset += local.length + packed.length
  }
  const list = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(counted & 0xffff, 8)
  end.writeUInt16LE(counted & 0xffff, 10)
  end.writeUInt32LE(list.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...parts, list, end])
}

/** A text that unpacks to `times` copies of `text`, from as many copies of the same packed block. */
export function repeated(name: string, before: string, text: string, times: number, after: string): Raw {
  const block = (part: string, isLast = false) => {
    const bytes = deflateRawSync(part, { level: 9, finishFlush: isLast ? 4 : 3 }) // Z_FINISH, else Z_FULL_FLUSH
    return bytes
  }
  const middle = block(text)
  const packed = Buffer.concat([block(before), ...Array.from({ length: times }, () => middle), block(after, true)])
  return { name, packed, unpacked: Math.min(before.length + text.length * times + after.length, 0xffffffff) }
}
