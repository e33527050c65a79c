import { system } from '#app/features/accounts/actor.ts'
import { within } from '#app/features/accounts/as.server.ts'
import { withoutNumbers } from '#app/features/persons/masking.ts'
import { tellOfPlaces } from '#app/features/training/places-told.server.ts'
import { shanghaiInstant } from '#app/lib/calendar.ts'
import type { Locale } from '#app/lib/i18n.ts'
import type { Tx } from '#db/client.server.ts'
import type { AttendanceMark } from '#db/values.ts'
import { objectFrom, objectUntil } from './objection.ts'
import { sessionSaid, sessionTitle } from './session-title.ts'
import type { HeldSheet } from './sheet-held.server.ts'
import { attendanceWords } from './words.ts'

/** One worker's mark that was corrected; `id`: of the entry that says so. */
export type Corrected = {
  id: string
  enrolmentId: string
  was: AttendanceMark | null
  mark: AttendanceMark | null
}

/**
 * Tells workers that somebody corrected how a closed sheet marked them, why, and until when they may object: nobody whose credit
 * hangs on it should find out too late. Whoever objected before may do so once more: what they objected to is not what it says now.
 */
export async function tellOfCorrections(
  tx: Tx,
  of: { held: HeldSheet; corrected: readonly Corrected[]; reason: string; now: Date },
): Promise<void> {
  const { held, corrected, now } = of
  const { academyId, academyCode, classId, className, sessionId, session, closedAt, objectDays } = held
  if (corrected.length === 0) return
  const said = { className, ...session }
  const told = {
    ...{ academyCode, classId, className, sessionId, reason: withoutNumbers(of.reason) },
    ...{ title: sessionTitle('zh-CN', said), titleEn: sessionTitle('en', said) },
    ...{ what: sessionSaid('zh-CN', said), whatEn: sessionSaid('en', said) },
  }
  const last = objectUntil(objectFrom(closedAt ?? now, now), objectDays)
  const until = shanghaiInstant(last, '23:59').toISOString()
  const news = corrected.map((one) => ({
    ...{ enrolmentId: one.enrolmentId, subjectId: one.id },
    detail: { ...told, becomes: becomes('zh-CN', one), becomesEn: becomes('en', one), until },
  }))
  await within(tx, system('attendance'), (tx) =>
    tellOfPlaces(tx, { academyId, kind: 'attendance.corrected', news, now }),
  )
}

/** `到课 → 缺勤`; where the times alone were corrected, the mark that stays. */
function becomes(locale: Locale, { was, mark }: Corrected): string {
  const { marks, unmarked } = attendanceWords[locale]
  const [before, after] = [was, mark].map((one) => (one ? marks[one] : unmarked))
  return before === after ? `${after}` : `${before} → ${after}`
}
