import { isDateString } from '#app/lib/calendar.ts'

export type RedateFault =
  | 'date' // not a date
  | 'same' // the date that it has
  | 'before_start' // of the class
  | 'ahead' // after today
  | 'collides' // `count` of these workers have an assessment on that date already
  | 'issued_before' // `count` certificates were issued before that date; `limit`: the earliest issue

export type PlacedRedateFault = { fault: RedateFault; count?: number; limit?: string }

/** What stands around the attempts that shall have another date. Dates `YYYY-MM-DD`. */
export type RedateGround = {
  from: string
  classStartsOn: string
  collisions: number
  issuedBefore: { count: number; first: string | null }
}

/** The new date by itself: a real one, not before the class begins, not after today in Shanghai (the ledger's column 20). */
function faultOfDate(to: string, from: string, classStartsOn: string, today: string): RedateFault | null {
  if (!isDateString(to)) return 'date'
  if (to === from) return 'same'
  if (to < classStartsOn) return 'before_start'
  return to > today ? 'ahead' : null
}

/**
 * What keeps attempts from having another date: a worker is assessed once a day, and no certificate is issued before the
 * assessment that earned it.
 */
export function faultsOfRedating(to: string, ground: RedateGround, today: string): PlacedRedateFault[] {
  const own = faultOfDate(to, ground.from, ground.classStartsOn, today)
  if (own) return [{ fault: own, limit: own === 'before_start' ? ground.classStartsOn : undefined }]
  const faults: PlacedRedateFault[] = []
  if (ground.collisions > 0) faults.push({ fault: 'collides', count: ground.collisions })
  const { count, first } = ground.issuedBefore
  if (count > 0) faults.push({ fault: 'issued_before', count, limit: first ?? '' })
  return faults
}
