import decodeQR from 'qr/decode.js'

/** The text of a QR code in a picture; null: there is none. For browsers that read none themselves: 15 KB, loaded with the camera. */
export function readFrame(picture: ImageData): string | null {
  try {
    return decodeQR(picture)
  } catch {
    return null
  }
}
