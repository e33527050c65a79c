/** Reads the code in what a camera shows now; null: there is none. */
type Reader = (video: HTMLVideoElement) => Promise<string | null>

/** `refused`: by whoever holds the phone, or by its settings. `missing`: none, used by another app, or no https. */
export type CameraTrouble = 'refused' | 'missing'

type Detector = { detect: (source: HTMLVideoElement) => Promise<{ rawValue: string }[]> }
type DetectorClass = (new (options: {
  formats: string[]
}) => Detector) & { getSupportedFormats: () => Promise<string[]> }

/** Between two looks: fast enough for a queue, slow enough for a cheap phone. */
const LOOK_MS = 120
/** A code held close fills half of this; more pixels only cost time. */
const MOST_PIXELS = 800
/** One code, held up for a while, is one code. */
const SAME_MS = 4000

/**
 * Shows the camera in a video and tells every code that it sees, until it is stopped.
 * @returns stops it, and lets the camera go.
 */
export async function watchCodes(
  video: HTMLVideoElement,
  tell: (text: string) => void,
): Promise<(() => void) | CameraTrouble> {
  const stream = await openCamera()
  if (typeof stream === 'string') return stream
  video.srcObject = stream
  let [last, lastAt, isOn] = ['', 0, true]
  const stop = () => {
    isOn = false
    video.srcObject = null
    for (const track of stream.getTracks()) track.stop()
  }
  const [read] = await Promise.all([makeReader(), video.play().catch(() => undefined)])
  const look = async () => {
    if (!isOn) return
    const text = document.hidden || video.videoWidth === 0 ? null : await read(video)
    const now = performance.now()
    if (isOn && text && (text !== last || now - lastAt > SAME_MS)) {
      navigator.vibrate?.(80)
      tell(text)
      lastAt = now
      last = text
    } else if (text === last) lastAt = now
    setTimeout(look, LOOK_MS)
  }
  void look()
  return stop
}

async function openCamera(): Promise<MediaStream | CameraTrouble> {
  try {
    // Without https there are no devices to ask for.
    const video = { facingMode: { ideal: 'environment' }, width: { ideal: 1280 }, height: { ideal: 720 } }
    return (await navigator.mediaDevices?.getUserMedia({ video, audio: false })) ?? 'missing'
  } catch (error) {
    return error instanceof DOMException && error.name === 'NotAllowedError' ? 'refused' : 'missing'
  }
}

/** The phone's own reader, where the browser has one. */
async function ownDetector(): Promise<Detector | null> {
  const { BarcodeDetector } = globalThis as { BarcodeDetector?: DetectorClass }
  const formats = (await BarcodeDetector?.getSupportedFormats().catch(() => [])) ?? []
  return BarcodeDetector && formats.includes('qr_code') ? new BarcodeDetector({ formats: ['qr_code'] }) : null
}

async function makeReader(): Promise<Reader> {
  const detector = await ownDetector()
  if (detector) return async (video) => (await detector.detect(video).catch(() => []))[0]?.rawValue ?? null
  const { readFrame } = await import('./read-frame.ts')
  const canvas = document.createElement('canvas')
  const context = canvas.getContext('2d', { willReadFrequently: true })
  return async (video) => {
    const scale = Math.min(1, MOST_PIXELS / Math.max(video.videoWidth, video.videoHeight))
    canvas.width = Math.round(video.videoWidth * scale)
    canvas.height = Math.round(video.videoHeight * scale)
    context?.drawImage(video, 0, 0, canvas.width, canvas.height)
    return context ? readFrame(context.getImageData(0, 0, canvas.width, canvas.height)) : null
  }
}

/** Loads what a press on the camera would, so that it is there without a network. */
export async function loadReader(): Promise<void> {
  if (!(await ownDetector())) await import('./read-frame.ts')
}
