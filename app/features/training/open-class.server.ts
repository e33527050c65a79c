import type { Actor } from '#app/features/accounts/actor.ts'
import { record } from '#app/features/audit/audit.server.ts'
import { findWorkCalendar } from '#app/features/policy/work-calendar.server.ts'
import { newId } from '#app/lib/ids.ts'
import type { Tx } from '#db/client.server.ts'
import { classSession, trainingClass } from '#db/schema/index.ts'
import { fitCarried, holdCarriedSites } from './assessment-carry.server.ts'
import type { CarriedPlan, LeftSitting } from './assessment-carry.ts'
import { leadsToCertificate } from './assessment-plan.ts'
import { insertSitting } from './assessment-sittings.server.ts'
import { tellNamed } from './assessors-told.server.ts'
import { insertHead } from './class-head.server.ts'
import { findNamed, type NamedRefusal } from './class-named.server.ts'
import { classRow, sessionRows } from './open-class-rows.ts'
import { type OpenClassInput, plannedSessions, stationsTyped } from './open-class-shape.ts'
import { submitOpening } from './opening.server.ts'
import { asksSponsor } from './opening-find.server.ts'
import { checkNewPlan } from './plan-affirm.server.ts'
import { holidaysMet } from './plan-rules.ts'
import { insertRequirements } from './requirements.server.ts'
import { requirementsOf } from './requirements.ts'
import { findRoom } from './room.server.ts'
import type { RoomRefusal, StationsRefusal } from './room.ts'
import { giveSessions, type InstructorRefusal, readInstructors } from './session-instructors.server.ts'
import { type Taken, unlessTaken, wasTaken } from './unless-taken.server.ts'

export type OpenAnswer =
  | { ok: true; classId: string; left: LeftSitting[] }
  | { ok: false; reason: NamedRefusal }
  | InstructorRefusal
  | Taken
  | RoomRefusal
  | StationsRefusal

type Carried = Awaited<ReturnType<typeof fitCarried>>
type Acting = Exclude<Actor, { kind: 'anonymous' }>

/**
 * Opens a class of an academy as a draft, or published at once (where somebody has to approve it first, handed to them; a timetable that
 * is unusual has to be explained first, but for the demo, whose classes may be over): the class, its sessions, a new site where one was typed.
 * The input has passed `openClassForm`. Runs as the academy's administrator, or for the purpose `setup` (demo).
 * @returns the class's id; a refusal names the field that has to change, and nothing is written then.
 */
export async function openClass(
  tx: Tx,
  input: {
    academyId: string
    form: OpenClassInput
    isPublished: boolean
    /** Its assessment plan, like another class's; what of it does not fit is left out, and the class is a draft then. Left out: none yet. */
    plan?: CarriedPlan | null
    /** Without a sitting its workers read that dates are announced later; left out: where it is published at once. */
    isLater?: boolean
    by: Acting
    now: Date
    requestId?: string
  },
): Promise<OpenAnswer> {
  const { academyId, form, now, by, requestId } = input
  const sites = await holdCarriedSites(tx, { academyId, plan: input.plan, siteId: form.siteId })
  const found = await findNamed(tx, { academyId, form })
  if (!found.ok) return found
  const { occupation, siteId, head } = found.named
  const isOnline = form.mode === 'online'

  const instructorIds = isOnline ? [] : (form.instructorIds ?? [])
  const calendar = await findWorkCalendar(tx)
  const sessions = isOnline ? [] : plannedSessions(form, calendar)
  const taught = { occupationCode: occupation?.code ?? null, level: form.level ?? null }
  const dates = sessions.map(({ date }) => date)
  const teaching = await readInstructors(tx, { academyId, ids: instructorIds, taught, dates })
  if (!teaching.ok) return teaching

  const { certificatesExpectedOn = null } = form
  const carry = () =>
    fitCarried(tx, {
      ...{ academyId, plan: input.plan, siteId, sites, teaching: instructorIds },
      ground: { startsOn: form.startsOn, certificatesExpectedOn, sessions },
    })
  const { capacity = null } = form
  const stations = isOnline ? null : stationsTyped(form)
  const instructors = new Set(instructorIds).size
  const placed = sessions.map((one) => ({ ...one, siteId, stations, instructors }))
  const asked = { academyId, classId: null, mode: form.mode, sessions: placed }
  const limit = siteId === null ? null : await findRoom(tx, { ...asked, siteId })
  if (limit && 'reason' in limit) return limit
  if (limit && capacity !== null && capacity > limit.most) return { ok: false, reason: 'no_room', limit }

  const classId = newId()
  // Where somebody has to approve it first it stays a draft until then; so it does where its timetable has to be mended or explained,
  // or its assessment plan has to be looked at.
  const plan = await checkNewPlan(tx, form, { sessions, calendar, now })
  const isPlain = by.kind !== 'user' || (plan.bar === null && plan.doubts.length === 0)
  const mayPublish = input.isPublished && isPlain && !(await asksSponsor(tx, form.startsOn))
  const planned = { academyId, instructorIds, sessions: placed }
  const writeWith = async ({ sittings, names, left }: Carried) => {
    const isDoubted = by.kind === 'user' && holidaysMet(calendar, sittings, { meets: 'sitting', now }).length > 0
    const isPublished = mayPublish && left.length === 0 && !isDoubted
    const made = { academyId, classId, siteId, stations, occupation, head, isPublished, now }
    // Published at once, before any sitting is planned: its workers read that the dates are announced later.
    const isUnplanned =
      (input.isLater ?? input.isPublished) &&
      left.length === 0 &&
      sittings.length === 0 &&
      leadsToCertificate({ ...taught, certificatesExpectedOn })
    const { resits, isLater = false } = input.plan ?? {}
    const row = { ...classRow(form, made), resits, assessmentLater: isLater || isUnplanned }
    const meetings = sessionRows(sessions, made)
    let isMade = false
    const write = async (tx: Tx) => {
      isMade = await insertClass(tx, { row, meetings })
      if (!isMade) return
      if (head) await insertHead(tx, { academyId, classId, accountId: head.id })
      await insertRequirements(tx, { academyId, classId }, requirementsOf(form))
      await giveSessions(tx, { academyId, sessionIds: meetings.map(({ id }) => id), ids: instructorIds })
      for (const sitting of sittings) await insertSitting(tx, { academyId, classId, sitting, names })
    }
    return { taken: await unlessTaken(tx, write, planned), isMade, isPublished, left }
  }
  const carried = await carry()
  const { taken, isMade, isPublished, left } = await writeWith(carried).catch(async (error: unknown) => {
    // Who was to assess was given something else since the plan was looked at: looked at again, they are left out as any other.
    if (!wasTaken(error) || carried.sittings.length === 0) throw error
    return writeWith(await carry())
  })
  if (taken) return taken
  if (!isMade) return { ok: false, reason: 'code_taken' }
  const event = { by, now, academyId, subjectId: classId, requestId }
  await record(tx, { ...event, kind: 'class.opened', detail: { code: form.code, capacity } })
  if (isPublished) {
    await record(tx, { ...event, kind: 'class.published', detail: { code: form.code } })
    await tellNamed(tx, { by: by.kind === 'user' ? by : null, academyId, classId, name: form.name, now })
  } else if (input.isPublished && by.kind === 'user') await submitOpening(tx, { viewer: by, classId, now, requestId })
  return { ok: true, classId, left }
}

/** False: another tab was faster with the same number, and nothing was written. */
async function insertClass(
  tx: Tx,
  made: {
    row: typeof trainingClass.$inferInsert
    meetings: (typeof classSession.$inferInsert)[]
  },
): Promise<boolean> {
  const inserted = await tx
    .insert(trainingClass)
    .values(made.row)
    .onConflictDoNothing({ target: [trainingClass.academyId, trainingClass.code] })
    .returning({ id: trainingClass.id })
  if (inserted.length === 0) return false
  // In the order of their days, so that two that plan the same days wait for each other in one direction only.
  if (made.meetings.length > 0) await tx.insert(classSession).values(made.meetings)
  return true
}
