import type { Viewer } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { listSessionsOfClass } from '#app/features/attendance/sessions.server.ts'
import { closeClass } from '#app/features/classfile/closing.server.ts'
import { peopleFactory } from './people.ts'
import { seeded } from './random.ts'
import { enterDemoWorkers, holdDemoSession } from './running.server.ts'

const WORKERS = 5
const DAY_MS = 86_400_000

/**
 * Fills a class of the demo that is over through the product's own commands: workers, the sheets of its sessions closed, and the class
 * itself closed where `closedBecause` says why something was let be. Safe to run again.
 */
export async function runOverClass(of: {
  classId: string
  /** Its workers differ from those of another class by it. */
  seed: number
  admin: Viewer
  teacher: Viewer
  closedBecause: string | null
  now: Date
}): Promise<void> {
  const { classId, seed, admin, teacher, closedBecause, now } = of
  const sessions = await as(teacher, (tx) => listSessionsOfClass(tx, { viewer: teacher, classId, now }))
  const [first, last] = [sessions[0], sessions.at(-1)]
  if (!first || !last) return
  const people = Array.from({ length: WORKERS }, peopleFactory(seeded(seed)))
  await enterDemoWorkers({ admin, classId, people, now: new Date(first.startsAt.getTime() - 5 * DAY_MS) })
  for (const session of sessions) await holdDemoSession(teacher, session, () => ({ mark: 'present' }))
  if (closedBecause === null) return
  const academyCode = admin.academyCode ?? ''
  const closedAt = new Date(last.endsAt.getTime() + 3 * DAY_MS)
  await closeClass({ viewer: admin, academyCode, classId, reason: closedBecause, now: closedAt })
}
