import type { Viewer } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { findDueDay } from '#app/features/training/assessment-sittings.server.ts'
import { settleClass } from '#app/features/training/due-seats.server.ts'
import { hoursFrom } from '#app/features/training/hours.server.ts'
import { findRosterClass, listRoster, type RosterClass, type RosterRow } from '#app/features/training/roster.server.ts'
import type { RosterPlace } from '#app/features/training/roster-view.ts'
import { shanghaiDate } from '#app/lib/calendar.ts'
import { MOST_ROWS } from '#app/lib/form-rows.ts'
import {
  type DeskAttempt,
  type DeskCertificate,
  findCertificate,
  listAttempts,
  listCertificates,
  listPassed,
  type PassedRow,
} from './desk.server.ts'
import { countWaiting, type DeskProposal, listProposals, listWaiting, type Waiting } from './waiting.server.ts'

/** A class at the desk with one of its parts: who sits in it, hours, results or certificates. */
export type RosterPage = { held: RosterClass; today: string; toConfirm: number } & (
  | { view: 'overview'; rows: RosterRow[]; hasMore: boolean; attempts: DeskAttempt[]; certificates: DeskCertificate[] }
  | { view: 'hours'; rows: RosterRow[]; hasMore: boolean; hoursFrom: 'course' | 'attendance' | null }
  | {
      view: 'results'
      rows: RosterRow[]
      hasMore: boolean
      attempts: DeskAttempt[]
      proposals: DeskProposal[]
      on: string
    }
  | { view: 'confirm'; waiting: Waiting }
  | { view: 'certificates'; passed: PassedRow[]; hasMore: boolean; revoking: DeskCertificate | null }
)

/** One page of a part of a class. Null: not a class of the viewer's academy (of an instructor: not an own one). */
export async function findRosterPage(
  viewer: Viewer,
  { classId, place, now }: { classId: string; place: RosterPlace; now: Date },
): Promise<RosterPage | null> {
  const { academyId, academyCode } = viewer
  const find = () => as(viewer, (tx) => findRosterClass(tx, { viewer, classId, now }))
  let held = await find()
  if (held?.isDue && academyCode && (await settleClass({ academyCode, classId, now }))) held = await find()
  if (!held || !academyId) return null
  const today = shanghaiDate(now)
  const toConfirm = await as(viewer, (tx) => countWaiting(tx, { academyId, classId }))
  const base = { held, today, toConfirm }
  const { view, after } = place
  if (view === 'confirm')
    return as(viewer, async (tx) => ({ ...base, view, waiting: await listWaiting(tx, { viewer, academyId, classId }) }))
  if (view === 'certificates')
    return as(viewer, async (tx) => {
      const { rows, hasMore } = await listPassed(tx, { academyId, classId, after })
      const revoking = place.revoke && (await findCertificate(tx, { academyId, classId, certificateId: place.revoke }))
      return { ...base, view, passed: rows, hasMore, revoking: revoking || null }
    })

  const size = view === 'results' ? MOST_ROWS : undefined
  const roster = await listRoster(viewer, { classId, after, isSeated: view !== 'overview', size })
  const enrolmentIds = roster.rows.map((row) => row.enrolmentId)
  if (view === 'hours') return { ...base, view, ...roster, hoursFrom: hoursFrom(held) }
  return as(viewer, async (tx) => {
    const attempts = await listAttempts(tx, { academyId, enrolmentIds })
    if (view === 'results') {
      const proposals = await listProposals(tx, { academyId, enrolmentIds })
      const due = place.on === null ? await findDueDay(tx, { academyId, classId, today }) : null
      const days = [...attempts, ...proposals].map(({ assessedOn }) => assessedOn)
      const on = place.on ?? latestOf(due === null ? days : [...days, due]) ?? today
      return { ...base, view, ...roster, attempts, proposals, on }
    }
    const assessmentIds = attempts.map((attempt) => attempt.assessmentId)
    return {
      ...base,
      view,
      ...roster,
      attempts,
      certificates: await listCertificates(tx, { academyId, assessmentIds }),
    }
  })
}

/** The day that an administrator most likely goes on with. */
const latestOf = (days: readonly string[]): string | null => [...days].sort().at(-1) ?? null
