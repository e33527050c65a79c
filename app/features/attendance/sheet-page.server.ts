import { findAbove } from '#app/features/accounts/above.server.ts'
import type { Viewer } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { staffNames } from '#app/features/accounts/names.server.ts'
import { maskPhone } from '#app/features/persons/masking.ts'
import { open } from '#app/features/persons/vault.server.ts'
import { shanghaiDate } from '#app/lib/calendar.ts'
import type { AttendanceMark, AttendanceWay } from '#db/values.ts'
import type { CodeAct } from './codes.server.ts'
import { isSecondPerson } from './correct.server.ts'
import { findEvidence, type SheetPhoto } from './evidence.server.ts'
import { countWaiting } from './leave-desk.server.ts'
import { findLocations } from './location.server.ts'
import type { Location } from './location.ts'
import { findMissed, type Missed } from './missed.server.ts'
import type { Standing } from './rules.ts'
import { findHeldSheet, type HeldSheet, isFromAbove } from './sheet-held.server.ts'
import { countUnmarked, listOpenObjections, listRows, listSaid } from './sheet-rows.server.ts'

/** A worker on a sheet. The phone is masked; who works with the person tells two of one name apart by it. */
export type SheetRow = Standing & {
  enrolmentId: string
  name: string
  employer: string | null
  phone: string | null
  hours: number
  /** At a make-up: the hours that it is to bring back; 0: not expected, marked as it comes all the same. Null: everybody is expected. */
  lack: number | null
  /** The day of the session that it makes up for, as on the sheet. */
  makesUpOn: string | null
  /** Where the worker checked in and out, if the class asks for it. */
  locations: (Location & { act: CodeAct })[]
}

/** What was said by hand, as the history shows it. */
export type SaidByHand = {
  id: string
  name: string
  mark: AttendanceMark | null
  checkedInAt: Date | null
  checkedOutAt: Date | null
  way: AttendanceWay
  reason: string | null
  who: string | null
  at: Date
  /** From paper: the photographs by which it was ticked off. */
  photos: SheetPhoto[]
  /** When the server heard of it: much later where there was no network. */
  recordedAt: Date
}

export type SheetPage = {
  held: HeldSheet
  rows: SheetRow[]
  hasMore: boolean
  unmarked: number
  history: SaidByHand[]
  /** Leave from it that waits for the viewer's answer, while it is not closed. */
  leaves: number
  closedByName: string | null
  /** Open objections to it, by the names of those who made them. */
  objections: { enrolmentId: string; name: string; text: string }[]
  /** The viewer may mark, or of a closed sheet correct. */
  mayMark: boolean
  /** Of a closed sheet that the viewer may not correct: the union whose reviewer may, by name. */
  above: string | null
  /** Of a closed sheet: how many lack hours of its session now, and the day of the make-up that is planned for them. */
  missed: Missed | null
  isOver: boolean
  today: string
}

/** A session's sheet for one who takes or corrects it. Null: no such session of the viewer's. */
export async function findSheetPage(
  viewer: Viewer,
  asked: {
    academyCode: string
    sessionId: string
    after: string | null
    of?: string | null
    isOnPaper?: boolean
    now: Date
  },
): Promise<SheetPage | null> {
  const { now } = asked
  const found = await as(viewer, async (tx) => {
    const held = await findHeldSheet(tx, { viewer, ...asked })
    if (!held) return null
    const isOpen = held.state === 'open' && !isFromAbove(viewer)
    const isOpenToViewer =
      held.classStatus !== 'closed' && (held.state === 'closed' || (held.state === 'locked' && isFromAbove(viewer)))
    const mayMark = isOpen || (isOpenToViewer && (await isSecondPerson(tx, held, viewer)))
    return {
      held,
      ...(await listRows(tx, held, asked)),
      unmarked: await countUnmarked(tx, held),
      said: await listSaid(tx, held),
      evidence: await findEvidence(tx, held),
      locations: await findLocations(tx, held),
      objections: await listOpenObjections(tx, held),
      missed: await findMissed(tx, viewer, held),
      leaves: isFromAbove(viewer) ? 0 : await countWaiting(tx, { viewer, sessionId: held.sessionId }),
      mayMark,
      above: held.closedAt && !mayMark ? await findAbove(tx, held.academyId) : null,
    }
  })
  if (!found) return null
  const { said, evidence, locations, rows, held, ...page } = found
  const names = await staffNames([...said.map(({ accountId }) => accountId), ...(held.closedBy ? [held.closedBy] : [])])
  return {
    ...page,
    held,
    rows: rows.map(({ phoneSealed, ...row }) => ({
      ...row,
      mark: row.mark as AttendanceMark | null,
      way: row.way as AttendanceWay | null,
      hours: row.hours ?? 0,
      makesUpOn: held.makesUpOn,
      locations: locations.get(row.enrolmentId) ?? [],
      // A sponsor compares; it does not work with the people.
      phone:
        isFromAbove(viewer) || !phoneSealed ? null : maskPhone(open('enrolment.phone', row.enrolmentId, phoneSealed)),
    })),
    history: said.map(({ accountId, ...one }) => ({
      ...one,
      mark: one.mark as AttendanceMark | null,
      way: one.way as AttendanceWay,
      who: names[accountId]?.name ?? null,
      photos: evidence.get(one.id) ?? [],
    })),
    closedByName: held.closedBy && (names[held.closedBy]?.name ?? null),
    isOver: now >= held.session.endsAt,
    today: shanghaiDate(now),
  }
}
