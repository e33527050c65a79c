/** Roughly where somebody was: degrees to a thousandth (about 100 m), and how sure the phone was, in metres. */
export type Location = { latitude: number; longitude: number; accuracy: number }

/** No position is kept finer than this. */
const FINEST_M = 100
const COARSEST_M = 100_000

/**
 * A position made rough: the phone does so before it sends anything, and the server once more. Null: none that could be, or one so unsure that
 * it says nothing.
 */
export function roughly({ latitude, longitude, accuracy }: Location): Location | null {
  const isPlace = Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180
  if (!isPlace || !(accuracy >= 0 && accuracy <= COARSEST_M)) return null
  const round = (degrees: number) => Math.round(degrees * 1000) / 1000
  return {
    latitude: round(latitude),
    longitude: round(longitude),
    accuracy: Math.max(FINEST_M, Math.ceil(accuracy / FINEST_M) * FINEST_M),
  }
}

/** What a form says of the position; null: nothing, or nothing that could be one. */
export function readLocation(form: FormData): Location | null {
  const of = (field: string) => {
    const written = form.get(field)
    return typeof written === 'string' && /^-?\d{1,6}(\.\d{1,20})?$/.test(written) ? Number(written) : Number.NaN
  }
  return roughly({ latitude: of('latitude'), longitude: of('longitude'), accuracy: of('accuracy') })
}
