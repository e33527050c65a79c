import { encode } from 'uqr'

/** A QR code as one SVG path on a grid of `size` by `size`, quiet zone included; `path` is dark. */
export type QrPath = { size: number; path: string }

/** Draws a text as a QR code (ISO/IEC 18004), error correction M: read from a projector's screen, at an angle, by a cheap camera. */
export function qrPath(text: string): QrPath {
  const { data, size } = encode(text, { ecc: 'M', border: 4 })
  const runs = data.flatMap((row, y) => {
    const made: string[] = []
    for (let x = 0; x < row.length; x++) {
      if (!row[x]) continue
      const from = x
      while (row[x + 1]) x++
      made.push(`M${from} ${y}h${x - from + 1}v1h-${x - from + 1}z`)
    }
    return made
  })
  return { size, path: runs.join('') }
}
