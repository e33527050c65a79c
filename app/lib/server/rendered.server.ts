import { hash } from 'node:crypto'
import { serialize } from 'node:v8'

/** Kept at most, in bytes: of one document (a province overview has 300 KB), and of all together. */
const LARGEST = 1024 * 1024
const ROOM = 32 * 1024 * 1024
/** Documents that were seen once are known by their digests: this many. */
const MOST_SEEN = 4000
/** What is told apart from everything else on a page, wherever it stands, and needs no escaping there. */
const TELLING = /^[\w.-]{10,}$/

/** A document without what belongs to one answer alone: the pieces between, and which value stands after each but the last. */
type Kept = { pieces: Buffer[]; values: number[]; size: number }

/** Values made for one answer alone, in the order in which they were made: its nonce, its number, a form's key, a seal. */
export type Own = readonly string[]

/**
 * Keeps rendered documents. What a page looks like follows from its address, its reader's taste and what its loaders
 * returned, and from nothing else: the same again looks the same, whoever asks. So a class that opens for two thousand
 * workers, an overview before a meeting or a lesson read for the first time is rendered once, while what it says was asked
 * for, guarded and read anew each time. What comes only once is never kept: a document is at its second time.
 */
export function keepRendered() {
  const kept = new Map<string, Kept>()
  const seen = new Set<string>()
  let size = 0

  return {
    /** The document of this digest with the values of this answer in it; null: it has to be rendered. */
    find(digest: string, own: Own): Buffer | null {
      const known = kept.get(digest)
      if (!known) return null
      kept.delete(digest)
      kept.set(digest, known)
      return fill(known, own)
    },
    /** Takes note of a document that was rendered. */
    note(digest: string, own: Own, document: Uint8Array): void {
      if (!seen.delete(digest)) {
        seen.add(digest)
        if (seen.size > MOST_SEEN) seen.delete(seen.values().next().value as string)
        return
      }
      if (document.length > LARGEST) return
      const one = takeApart(document, own)
      kept.set(digest, one)
      size += one.size
      for (const [oldest, { size: freed }] of kept) {
        if (size <= ROOM) break
        kept.delete(oldest)
        size -= freed
      }
    },
  }
}

/**
 * Names everything that a document follows from; null where that cannot be told. By structured cloning, which tells apart
 * what JSON does not (a date and its text, nothing and null, a set and an object), and a digest without known collisions:
 * two documents of one digest are one.
 */
export function digestOf(from: unknown, own: Own): string | null {
  let bytes: Buffer
  try {
    bytes = serialize(from)
  } catch {
    return null // a function, a promise: not what a document can be told by
  }
  return hash('sha256', separate(bytes.toString('latin1'), own).join('\u0000'), 'base64url')
}

const numbers = new WeakMap<Uint8Array, number>()
let latest = 0

/** A number for bytes that somebody keeps and nobody changes: the same for the same. */
export function numberOf(bytes: Uint8Array): number {
  const known = numbers.get(bytes)
  if (known !== undefined) return known
  latest += 1
  numbers.set(bytes, latest)
  return latest
}

function takeApart(document: Uint8Array, own: Own): Kept {
  const parts = separate(Buffer.from(document).toString('latin1'), own)
  const pieces = parts.filter((_, index) => index % 2 === 0).map((text) => Buffer.from(String(text), 'latin1'))
  const values = parts.filter((_, index) => index % 2 === 1).map(Number)
  return { pieces, values, size: document.length }
}

function fill({ pieces, values }: Kept, own: Own): Buffer {
  const all: Buffer[] = []
  for (const [index, piece] of pieces.entries()) {
    all.push(piece)
    const value = values[index]
    if (value !== undefined) all.push(Buffer.from(own[value] ?? '', 'latin1'))
  }
  return Buffer.concat(all)
}

/** A text at the places where one of the values stands: piece, number of the value, piece, number of the value, piece. */
function separate(text: string, own: Own): (string | number)[] {
  let parts: (string | number)[] = [text]
  for (const [number, value] of own.entries()) {
    if (!TELLING.test(value)) continue
    parts = parts.flatMap((part) => {
      if (typeof part === 'number' || !part.includes(value)) return [part]
      return part.split(value).flatMap((piece, index) => (index === 0 ? [piece] : [number, piece]))
    })
  }
  return parts
}
