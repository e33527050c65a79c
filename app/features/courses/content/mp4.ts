import { type Finding, finding } from '../problem.ts'

export type Mp4Info = {
  /** With a picture, or sound alone. */
  kind: 'video' | 'audio'
  /** Whole seconds, at least 1. */
  seconds: number
  /** 0 without a picture. */
  width: number
  height: number
}

/** Reads a part of a file; less than asked for at its end. */
export type ReadAt = (offset: number, length: number) => Promise<Buffer>

type Box = { type: string; start: number; end: number }

/** What stands around the recording itself; of a film of an hour some hundred kilobytes. */
const LARGEST_INDEX = 4 * 1024 * 1024
const LONGEST_SECONDS = 2 * 3600
const MOST_BOXES = 64
const BRANDS = /^(?:isom|iso[2-9]|mp4[12]|avc1|M4A |M4V |MSNV|qt {2})$/
const TOP = new Set(['ftyp', 'moov', 'mdat', 'free', 'skip', 'wide', 'uuid', 'meta', 'udta', 'sidx', 'styp'])

/**
 * Reads of an MP4 what a page needs to know, and refuses what phones would not play or not play at once: another kind of
 * file under this name, an index behind the film (nothing plays before all of it is there), a picture that is not H.264, a
 * sound that is not AAC. Looks at the boxes' heads and at the index alone.
 */
export async function readMp4(read: ReadAt, size: number): Promise<{ info: Mp4Info } | { findings: Finding[] }> {
  const refuse = (code: Finding['code'], detail = '') => ({ findings: [finding(1, 1, code, detail)] })
  const top = await topBoxes(read, size)
  const [first] = top ?? []
  if (!top || first?.type !== 'ftyp') return refuse('media_format')
  const brands = (await read(first.start, Math.min(first.end - first.start, 256))).toString('latin1')
  if (![0, ...Array.from({ length: 62 }, (_, i) => 8 + 4 * i)].some((at) => BRANDS.test(brands.slice(at, at + 4))))
    return refuse('media_format')
  const odd = top.find(({ type }) => !TOP.has(type))
  if (odd) return refuse('media_format', odd.type)
  const [index, film] = [top.find(({ type }) => type === 'moov'), top.find(({ type }) => type === 'mdat')]
  if (!index || !film || index.end - index.start > LARGEST_INDEX) return refuse('media_format')
  if (index.start > film.start) return refuse('media_late_index')
  const moov = await read(index.start, index.end - index.start)
  try {
    return readIndex(moov, refuse)
  } catch (error) {
    if (error instanceof RangeError) return refuse('media_format')
    throw error
  }
}

type Refuse = (code: Finding['code'], detail?: string) => { findings: Finding[] }

function readIndex(moov: Buffer, refuse: Refuse): { info: Mp4Info } | { findings: Finding[] } {
  const boxes = boxesIn(moov, 0, moov.length)
  const head = boxes.find(({ type }) => type === 'mvhd')
  if (!head) return refuse('media_format')
  const isLong = moov.readUInt8(head.start) === 1
  const scale = moov.readUInt32BE(head.start + (isLong ? 20 : 12))
  const duration = isLong ? Number(moov.readBigUInt64BE(head.start + 24)) : moov.readUInt32BE(head.start + 16)
  const seconds = scale > 0 ? Math.ceil(duration / scale) : 0
  if (seconds < 1 || seconds > LONGEST_SECONDS) return refuse('media_length', String(LONGEST_SECONDS / 60))
  const info: Mp4Info = { kind: 'audio', seconds, width: 0, height: 0 }
  let sounds = 0
  for (const track of boxes.filter(({ type }) => type === 'trak')) {
    const codec = codecOf(moov, track)
    if (codec === 'avc1' || codec === 'avc3') Object.assign(info, { kind: 'video' }, sizeOf(moov, track))
    else if (codec === 'mp4a') sounds += 1
    else return refuse('media_codec', codec.replace(/[^\w-]/g, '?'))
  }
  if (info.kind === 'audio' && sounds === 0) return refuse('media_format')
  return { info }
}

/** Four letters that say how a track is written. */
function codecOf(moov: Buffer, track: Box): string {
  let box: Box | undefined = track
  for (const name of ['mdia', 'minf', 'stbl', 'stsd'])
    box = box && boxesIn(moov, box.start, box.end).find(({ type }) => type === name)
  // Version and flags, how many, the first one's length, its letters.
  return box ? moov.toString('latin1', box.start + 12, box.start + 16) : ''
}

function sizeOf(moov: Buffer, track: Box): { width: number; height: number } {
  const head = boxesIn(moov, track.start, track.end).find(({ type }) => type === 'tkhd')
  if (!head) throw new RangeError('a track without a head')
  const [width, height] = [moov.readUInt32BE(head.end - 8) >>> 16, moov.readUInt32BE(head.end - 4) >>> 16]
  if (width < 16 || height < 16 || width > 4096 || height > 4096) throw new RangeError('no size of a picture')
  return { width, height }
}

/** The boxes in a part of a buffer; `start` and `end` are those of what is in them. */
function boxesIn(buffer: Buffer, from: number, to: number): Box[] {
  const boxes: Box[] = []
  let at = from
  while (at + 8 <= to) {
    const length = buffer.readUInt32BE(at)
    if (length < 8 || at + length > to) throw new RangeError('a box that does not end')
    boxes.push({ type: buffer.toString('latin1', at + 4, at + 8), start: at + 8, end: at + length })
    if (boxes.length > MOST_BOXES) throw new RangeError('too many boxes')
    at += length
  }
  return boxes
}

/** The boxes of a file; null where they do not fill it. */
async function topBoxes(read: ReadAt, size: number): Promise<Box[] | null> {
  const boxes: Box[] = []
  let at = 0
  while (at < size) {
    const head = await read(at, 16)
    if (head.length < 8 || boxes.length > MOST_BOXES) return null
    const short = head.readUInt32BE(0)
    if (short === 1 && head.length < 16) return null
    const [length, own] = short === 1 ? [Number(head.readBigUInt64BE(8)), 16] : [short === 0 ? size - at : short, 8]
    if (length < own || at + length > size) return null
    boxes.push({ type: head.toString('latin1', 4, 8), start: at + own, end: at + length })
    at += length
  }
  return boxes
}
