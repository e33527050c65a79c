import { attendancePolicy } from '#app/features/policy/policy.server.ts'
import { addDays, shanghaiDate, yearOf } from '#app/lib/calendar.ts'
import type { Tx } from '#db/client.server.ts'
import type { ClassStatus } from '#db/values.ts'
import { changePublished } from './change-published.server.ts'
import { mendFacts } from './mend.server.ts'
import { CLASS_FIELDS, type ClassFacts, classMark, type MendEntry } from './mend.ts'
import type { SessionAnswer, SessionRequest } from './session-command.server.ts'
import type { HeldClass } from './session-held.server.ts'

/** Why nothing more is planned in a class at all; null: it may be. */
export async function overRefusal(
  tx: Tx,
  held: Pick<HeldClass, 'status' | 'endsOn'>,
  now: Date,
): Promise<'class_cancelled' | 'class_closed' | 'sheets_locked' | null> {
  const status: ClassStatus = held.status
  if (status === 'cancelled') return 'class_cancelled'
  if (status === 'closed') return 'class_closed'
  // Sheets lock by the last day: another one would open them again to those whom the lock is there for.
  const { lockDays } = await attendancePolicy(tx, yearOf(held.endsOn))
  return shanghaiDate(now) > addDays(held.endsOn, lockDays) ? 'sheets_locked' : null
}

type Extension = SessionRequest & { held: HeldClass; endsOn: string; reason: string }

/**
 * Does what needs a later last day of the class, with that day moved: by the rules of mending, and kept and told as a change of the class. Enrolment
 * and withdrawal keep their times. A refusal, of either, writes nothing.
 */
export function withLastDay(
  tx: Tx,
  extension: Extension,
  work: (tx: Tx) => Promise<SessionAnswer>,
): Promise<SessionAnswer> {
  return changePublished<SessionAnswer>(tx, extension, async (tx) => {
    const refusal = await moveLastDay(tx, extension)
    return refusal ?? work(tx)
  })
}

async function moveLastDay(tx: Tx, { held, endsOn, ...change }: Extension): Promise<SessionAnswer | null> {
  const before: ClassFacts = {
    ...{ name: held.name, mode: held.mode, occupationCode: held.occupationCode },
    ...{ startsOn: held.startsOn, endsOn: held.endsOn },
    ...{ plannedHours: held.plannedHours, plannedPracticalHours: held.plannedPracticalHours },
  }
  const typed = CLASS_FIELDS.map((field) => [field, String({ ...before, endsOn }[field] ?? '')])
  const entry = { ...Object.fromEntries(typed), was: classMark(before) } as MendEntry
  const mended = await mendFacts(tx, { ...change, entry })
  if (mended?.ok) return null
  const isLocked = mended?.reason === 'faults' && mended.faults.some(({ fault }) => fault === 'sheets_locked')
  return { ok: false, reason: isLocked ? 'sheets_locked' : 'end_fixed' }
}
