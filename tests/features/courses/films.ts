import { readFileSync } from 'node:fs'

/** A film and its captions of the repository's own, as they should be. */
export const FILM = readFileSync('content/courses/electrical-safety/media/earthing-order.mp4')
export const SOUND = readFileSync('content/help/zh/media/alarm.m4a')
export const CAPTIONS = 'WEBVTT\n\n00:00:00.000 --> 00:00:04.000\n先接接地端。\n'

export const bytes = (...parts: (string | number | Uint8Array)[]) =>
  Buffer.concat(
    parts.map((part) =>
      typeof part === 'number'
        ? Buffer.from([part >>> 24, (part >>> 16) & 255, (part >>> 8) & 255, part & 255])
        : Buffer.from(part as string),
    ),
  )

/** A box of an MP4: its length, its four letters, what is in it. */
export const box = (type: string, ...parts: (string | number | Uint8Array)[]) => {
  const inside = bytes(...parts)
  return bytes(inside.length + 8, Buffer.from(type, 'latin1'), inside)
}

/** Where a box begins in a film: the first place of its letters. */
export const at = (film: Buffer, type: string) => film.indexOf(Buffer.from(type, 'latin1')) - 4

export const part = (film: Buffer, type: string) =>
  film.subarray(at(film, type), at(film, type) + film.readUInt32BE(at(film, type)))

/** The same film with some bytes changed. */
export function changed(film: Buffer, change: (copy: Buffer) => void): Buffer {
  const copy = Buffer.from(film)
  change(copy)
  return copy
}
