import { shanghaiInstant } from '#app/lib/calendar.ts'
import { newId } from '#app/lib/ids.ts'
import type { classSession, trainingClass } from '#db/schema/index.ts'
import type { OpenClassInput, plannedSessions } from './open-class-shape.ts'
import { seatColumns } from './seat-form.ts'
import { type Stations, stationColumns } from './stations.ts'

/** What was found or made for a class that is being opened. */
type Made = {
  academyId: string
  classId: string
  /** Null: online. */
  siteId: string | null
  /** Null: the whole place. */
  stations: Stations | null
  occupation: { code: string; edition: number } | null
  head: { name: string } | null
  isPublished: boolean
  now: Date
}

/** A class as its form says it. Null is what was not said. */
export function classRow(form: OpenClassInput, made: Made): typeof trainingClass.$inferInsert {
  const { academyId, classId, siteId, occupation, head, isPublished, now } = made
  return {
    academyId,
    id: classId,
    code: form.code,
    name: form.name,
    mode: form.mode,
    occupationCode: occupation?.code ?? null,
    occupationEdition: occupation?.edition ?? null,
    level: form.level ?? null,
    startsOn: form.startsOn,
    endsOn: form.endsOn,
    plannedHours: form.plannedHours,
    plannedPracticalHours: form.mode === 'mixed' ? (form.plannedPracticalHours ?? null) : null,
    origin: 'system',
    status: isPublished ? 'published' : 'draft',
    capacity: form.capacity ?? null,
    ...seatColumns(form),
    enrolOpensAt: form.enrolOpensAt ?? null,
    enrolClosesAt: form.enrolClosesAt ?? null,
    withdrawUntil: form.withdrawUntil ?? null,
    siteId,
    courseSlug: form.mode === 'online' ? (form.courseSlug ?? null) : null,
    feeFen: form.feeYuan === undefined ? null : Math.round(form.feeYuan * 100),
    bring: form.bring ?? null,
    lunch: form.lunch ?? null,
    documentsNeeded: form.documentsNeeded ?? null,
    classHead: form.classHead ?? head?.name ?? null,
    classHeadPhone: form.classHeadPhone ?? null,
    certificatesExpectedOn: form.certificatesExpectedOn ?? null,
    createdAt: now,
  }
}

/** Its sessions, in the order in which they are planned. */
export const sessionRows = (
  sessions: ReturnType<typeof plannedSessions>,
  { academyId, classId, siteId, stations }: Pick<Made, 'academyId' | 'classId' | 'siteId' | 'stations'>,
): (typeof classSession.$inferInsert & { id: string })[] =>
  sessions.map(({ date, from, to, hours, kind, topic }) => ({
    academyId,
    id: newId(),
    classId,
    startsAt: shanghaiInstant(date, from),
    endsAt: shanghaiInstant(date, to),
    hours,
    kind,
    topic: topic ?? null,
    siteId,
    ...stationColumns(stations),
  }))
