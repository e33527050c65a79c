import type { Viewer } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { closeSheet } from '#app/features/attendance/close.server.ts'
import { askLeave } from '#app/features/attendance/leave-ask.server.ts'
import { markByHand } from '#app/features/attendance/mark.server.ts'
import { objectToSheet } from '#app/features/attendance/object.server.ts'
import { listSessionsOfClass } from '#app/features/attendance/sessions.server.ts'
import { findSheetPage } from '#app/features/attendance/sheet-page.server.ts'
import { enterWorker } from '#app/features/training/enter.server.ts'
import { addDays, shanghaiDate, shanghaiInstant, shanghaiTime } from '#app/lib/calendar.ts'
import type { DemoWorker } from './accounts.server.ts'
import { peopleFactory } from './people.ts'
import { seeded } from './random.ts'

const WORKERS = 11
const SEED = 20_261_126
const LATE_MS = 12 * 60_000

/**
 * Fills the demo's class that runs today through the product's own commands: workers entered before it began, and the sheets of
 * its first day, yesterday, closed; the demo's worker objects to one and asks for leave from the last session. Safe to run again.
 */
export async function runDemoClass(of: {
  classId: string
  admin: Viewer
  teacher: Viewer
  worker: DemoWorker
  /** The account of that worker. */
  learner: Viewer
  now: Date
}): Promise<void> {
  const { classId, admin, teacher, learner, now } = of
  const yesterday = addDays(shanghaiDate(now), -1)
  const make = peopleFactory(seeded(SEED))
  const people = [of.worker, ...Array.from({ length: WORKERS }, make)]
  await enterDemoWorkers({ admin, classId, people, now: shanghaiInstant(addDays(yesterday, -5), '10:00') })
  const sessions = await as(teacher, (tx) => listSessionsOfClass(tx, { viewer: teacher, classId, now }))
  const held = sessions.filter((one) => shanghaiDate(one.startsAt) === yesterday)
  for (const session of held) {
    const isLast = session === held.at(-1)
    const late = shanghaiTime(new Date(session.startsAt.getTime() + LATE_MS))
    await holdDemoSession(teacher, session, (index) => {
      // The demo's worker, who was entered first, is said to have come late in the afternoon.
      if (isLast && index === 0) return { mark: 'late', in: late }
      return { mark: index === WORKERS ? 'excused' : 'present' }
    })
  }
  const sessionIds = sessions.slice(-1).map(({ sessionId }) => sessionId)
  const said = { sessionIds, reason: 'family', remark: '孩子学校开家长会' }
  await as(learner, (tx) => askLeave(tx, { viewer: learner, ...said, now }))
  const [, afternoon] = held
  const text = '我开课前就到了，在排队领手套，没赶上扫码。同组的人可以作证。'
  if (afternoon)
    await as(learner, (tx) => objectToSheet(tx, { viewer: learner, sessionId: afternoon.sessionId, text, now }))
}

/** Enters workers into a class of the demo, as its administrator did at `now`. */
export async function enterDemoWorkers(of: {
  admin: Viewer
  classId: string
  people: readonly { name: string; document: string; phone: string }[]
  now: Date
}): Promise<void> {
  const { admin, classId, people, now } = of
  for (const { name, document: documentNumber, phone } of people)
    await enterWorker(admin, {
      ...{ classId, sent: null, now },
      entered: { name, documentType: 'resident_id', documentNumber, phone },
    })
}

/** Marks a session of the demo by hand, each worker by the place in the sheet, and closes its sheet when it ends. */
export async function holdDemoSession(
  teacher: Viewer,
  { sessionId, startsAt, endsAt }: { sessionId: string; startsAt: Date; endsAt: Date },
  say: (index: number) => { mark: string; in?: string },
): Promise<void> {
  const sheet = { viewer: teacher, academyCode: teacher.academyCode ?? '', sessionId }
  const rows = (await findSheetPage(teacher, { ...sheet, after: null, now: startsAt }))?.rows ?? []
  const entries = rows.map(({ enrolmentId }, index) => ({ enrolmentId, in: '', out: '', was: '//', ...say(index) }))
  const said = { entries, reason: '签了纸质签到表', way: 'hand', wasClosed: false } as const
  await as(teacher, (tx) => markByHand(tx, { ...sheet, ...said, now: startsAt }))
  await as(teacher, (tx) => closeSheet(tx, { ...sheet, now: endsAt }))
}
