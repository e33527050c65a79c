import { and, asc, eq, gt, isNull, lte, sql } from 'drizzle-orm'
import { system } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { record } from '#app/features/audit/audit.server.ts'
import { tellOfPlaces } from '#app/features/training/places-told.server.ts'
import { listRequirements } from '#app/features/training/requirements.server.ts'
import { addDays, shanghaiDate, shanghaiInstant } from '#app/lib/calendar.ts'
import { derivedId } from '#app/lib/ids.ts'
import type { Queue } from '#app/lib/jobs.server.ts'
import type { Tx } from '#db/client.server.ts'
import { academy, classRequirement, trainingClass } from '#db/schema/index.ts'
import { listLacking } from './lacking.server.ts'
import { KNOWN_FOR_MS, REMIND_DAYS, reminderAt, reminderDue, saidLacking } from './reminders.ts'

/** A reminder is a matter of days: who is due is looked for this often. */
const PAUSE_MS = 10 * 60_000
let nextAt = 0

/** Reminds workers of what they have not handed in, before their class starts. */
export const dueReminders: Queue = {
  name: 'reminders of materials that are lacking',
  waiting: async () => {
    if (Date.now() < nextAt) return []
    nextAt = Date.now() + PAUSE_MS
    return listClassesToRemind(new Date())
  },
  run: async (classId) => {
    await remindOfMaterials({ classId, now: new Date() })
    return false
  },
}

const isRunHere = and(eq(trainingClass.origin, 'system'), eq(trainingClass.status, 'published'))

/** Classes that need something of their workers and of which a reminder is due. */
export async function listClassesToRemind(now: Date): Promise<string[]> {
  const today = shanghaiDate(now)
  const isNear = and(gt(trainingClass.startsOn, today), lte(trainingClass.startsOn, addDays(today, REMIND_DAYS[0])))
  const isAsked = and(
    eq(classRequirement.academyId, trainingClass.academyId),
    eq(classRequirement.classId, trainingClass.id),
    isNull(classRequirement.endedAt),
  )
  const rows = await as(system('materials'), (tx) =>
    tx
      .selectDistinct({ id: trainingClass.id, startsOn: trainingClass.startsOn })
      .from(trainingClass)
      .innerJoin(classRequirement, isAsked)
      .where(and(isRunHere, isNear))
      .orderBy(asc(trainingClass.startsOn)),
  )
  return rows.filter(({ startsOn }) => reminderDue(startsOn, now)).map(({ id }) => id)
}

/**
 * Reminds those with a seat in a class who have not handed in what it needs, or to whom it came back: each once a reminder
 * (reminders.ts). @returns of how many somebody was told.
 */
export function remindOfMaterials({ classId, now }: { classId: string; now: Date }): Promise<number> {
  return as(system('materials'), async (tx) => {
    // Another process that is at it waits, and then finds everybody told.
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`materials.remind ${classId}`}, 0))`)
    const held = await findClass(tx, classId)
    const days = held && reminderDue(held.startsOn, now)
    if (!days) return 0
    const { academyId, academyCode, name, startsOn } = held
    const subjectId = derivedId(classId, `materials ${days}`)
    const since = new Date(now.getTime() - KNOWN_FOR_MS)
    const lacking = await listLacking(tx, { academyId, classId, dueAt: reminderAt(startsOn, days), since })
    if (lacking.length === 0) return 0
    const requirements = await listRequirements(tx, { academyId, classId })
    const of = { academyCode, classId, className: name, until: shanghaiInstant(startsOn).toISOString() }
    const news = lacking.map(({ enrolmentId, requirementIds }) => {
      const own = requirements.filter(({ id }) => requirementIds.includes(id))
      return { enrolmentId, subjectId, detail: { ...of, ...saidLacking({ name, startsOn, lacking: own }) } }
    })
    // What each of its workers lacks a union need not be told: the class's name does.
    const union = { title: name, titleEn: name }
    const workers = await tellOfPlaces(tx, { academyId, kind: 'materials.lacking', news, union, now })
    if (workers === 0) return 0
    const detail = { classId, days, workers }
    const by = system('materials')
    await record(tx, { by, now, kind: 'materials.reminded', detail, academyId, subjectId: classId })
    return workers
  })
}

async function findClass(tx: Tx, classId: string) {
  const [row] = await tx
    .select({
      academyId: trainingClass.academyId,
      academyCode: academy.code,
      name: trainingClass.name,
      startsOn: trainingClass.startsOn,
    })
    .from(trainingClass)
    .innerJoin(academy, eq(academy.id, trainingClass.academyId))
    .where(and(eq(trainingClass.id, classId), isRunHere))
  return row ?? null
}
