import { z } from 'zod'
import { normaliseName } from '#app/features/persons/names.ts'
import { isDateString } from '#app/lib/calendar.ts'
import { oneLine } from '#app/lib/written.ts'
import { ASSESSED_PARTS, type AssessedPart, type Level, type SessionKind } from '#db/values.ts'

/** What of a sitting the rules look at. Times are wall-clock times of Shanghai. */
export type SittingTimes = { part: AssessedPart; attempt: number; date: string; from: string; to: string }

/** What of a class its sittings are measured against; `sessions`: those that take place. */
export type SittingGround = {
  startsOn: string
  certificatesExpectedOn: string | null
  resits: number
  sessions: readonly { date: string; from: string; to: string; kind: SessionKind | null }[]
}

export type SittingMisfit =
  | 'before_class'
  | 'before_sessions' // before the last session that teaches what is assessed
  | 'in_session'
  | 'after_certificates'
  | 'resit_many'
  | 'resit_unplanned' // there is no sitting that it repeats
  | 'resit_early'

/** `limit`: the day (and time) that it has to be after, or before. */
export type MisfitOfSitting = { fault: SittingMisfit; limit: string }

const at = ({ date, from }: { date: string; from: string }) => `${date} ${from}`
const until = ({ date, to }: { date: string; to: string }) => `${date} ${to}`
const last = (ends: readonly string[]) => [...ends].sort().at(-1) ?? ''

/** A session teaches a part unless it is said to be for the other one. */
const teaches = (kind: SessionKind | null, part: AssessedPart) => part === 'both' || kind === null || kind === part
const shares = (one: AssessedPart, other: AssessedPart) => one === 'both' || other === 'both' || one === other

/**
 * What is wrong with a sitting among the others that take place (domain.md, "A practical class": nobody is examined who was not
 * trained; limited re-sits): it comes after the last session that teaches what it assesses, so that theory may be assessed while the
 * class still practises; a re-sit after every sitting that it repeats; certificates after the last first sitting. Null: nothing.
 */
export function faultOfSitting(
  sitting: SittingTimes,
  ground: SittingGround,
  others: readonly SittingTimes[],
): MisfitOfSitting | null {
  const { part, attempt, date } = sitting
  if (date < ground.startsOn) return { fault: 'before_class', limit: ground.startsOn }
  const meanwhile = ground.sessions.find((one) => at(one) < until(sitting) && until(one) > at(sitting))
  if (meanwhile) return { fault: 'in_session', limit: at(meanwhile) }
  const taught = last(ground.sessions.filter(({ kind }) => teaches(kind, part)).map(until))
  if (at(sitting) < taught) return { fault: 'before_sessions', limit: taught }
  const { certificatesExpectedOn: expected, resits } = ground
  if (attempt === 1)
    return expected !== null && date > expected ? { fault: 'after_certificates', limit: expected } : null
  if (attempt > resits + 1) return { fault: 'resit_many', limit: String(resits) }
  const repeated = others.filter((one) => one.attempt === attempt - 1 && shares(one.part, part))
  if (repeated.length === 0) return { fault: 'resit_unplanned', limit: '' }
  const over = last(repeated.map(until))
  return at(sitting) < over ? { fault: 'resit_early', limit: over } : null
}

/** The first of a plan's sittings that does not fit its class, in their order; null: all do. */
export function findUnfit<S extends SittingTimes & { id: string }>(
  sittings: readonly S[],
  ground: SittingGround,
): { sitting: S; of: MisfitOfSitting } | null {
  for (const sitting of sittings) {
    const others = sittings.filter(({ id }) => id !== sitting.id)
    const of = faultOfSitting(sitting, ground, others)
    if (of) return { sitting, of }
  }
  return null
}

/** Whether a class leads to a certificate, so that its workers ask when they are assessed. */
export const leadsToCertificate = (of: {
  occupationCode: string | null
  level: Level | string | null
  certificatesExpectedOn: string | null
}): boolean => (of.occupationCode !== null && of.level !== null) || of.certificatesExpectedOn !== null

/** As many as its form takes: groups, re-sits. */
export const MOST_SITTINGS = 20
export const MOST_RESITS = 3
export const MOST_OUTSIDE = 3

export type SittingFault = 'required' | 'too_long' | 'date' | 'time' | 'order' | 'numbers' | 'name' | 'past'
export const SITTING_FIELDS = ['part', 'attempt', 'date', 'from', 'to', 'siteId', 'place'] as const
export type SittingField = (typeof SITTING_FIELDS)[number] | 'outside'
export type SittingEntry = Record<(typeof SITTING_FIELDS)[number], string> & {
  instructorIds: readonly string[]
  /** From outside; rows in which nothing stands are none. */
  outside: readonly { name: string; body: string }[]
}
export type TypedSitting = SittingTimes & {
  /** Null: elsewhere, as `place` says. */
  siteId: string | null
  place: string | null
  instructorIds: readonly string[]
  outside: readonly { name: string; body: string }[]
}
export type PlacedFault = { field: SittingField; fault: SittingFault }

// Runs in the browser's policy too, which forbids eval: zod would probe for it.
z.config({ jitless: true })
const code = (fault: SittingFault) => fault
const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, code('time'))
const shape = z.object({
  part: z.enum(ASSESSED_PARTS, code('required')),
  attempt: z.coerce
    .number(code('required'))
    .int(code('required'))
    .min(1, code('required'))
    .max(MOST_RESITS + 1, code('required')),
  date: z.string().refine(isDateString, code('date')),
  from: time,
  to: time,
  siteId: z.string().trim().max(40, code('too_long')),
  place: z.string().overwrite(oneLine).max(100, code('too_long')),
})

/** No phone, no document: workers read it. */
const hasNumber = (text: string) => /\d[\d -]{5,}\d/.test(text)

/** Reads the form of a sitting. */
export function readSitting(entry: SittingEntry): { sitting: TypedSitting } | { faults: PlacedFault[] } {
  const read = shape.safeParse(entry)
  const faults: PlacedFault[] = read.success
    ? []
    : read.error.issues.map(({ path, message }) => ({ field: path[0] as SittingField, fault: message as SittingFault }))
  const outside = entry.outside
    .map(({ name, body }) => ({ name: normaliseName(name), body: oneLine(body) }))
    .filter(({ name, body }) => name !== '' || body !== '')
  const wrong = (fault: SittingFault) => faults.push({ field: 'outside', fault })
  if (outside.some(({ name, body }) => name === '' || body === '')) wrong('required')
  else if (outside.some(({ name }) => [...name].length < 2 || [...name].length > 50)) wrong('name')
  else if (outside.some(({ body }) => [...body].length > 60)) wrong('too_long')
  else if (outside.some(({ name, body }) => hasNumber(name) || hasNumber(body))) wrong('numbers')
  if (!read.success) return { faults }
  const { siteId, place, ...times } = read.data
  if (times.to <= times.from) faults.push({ field: 'to', fault: 'order' })
  if (siteId === '' && place === '') faults.push({ field: 'place', fault: 'required' })
  if (siteId === '' && hasNumber(place)) faults.push({ field: 'place', fault: 'numbers' })
  if (faults.length > 0) return { faults }
  const at = siteId === '' ? { siteId: null, place } : { siteId, place: null }
  return { sitting: { ...times, ...at, instructorIds: [...new Set(entry.instructorIds)].sort(), outside } }
}
