import { and, eq } from 'drizzle-orm'
import { system, type Viewer } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { referenceCalendar } from '#app/features/policy/reference-calendar.ts'
import { leadsToCertificate, type TypedSitting } from '#app/features/training/assessment-plan.ts'
import { openClass } from '#app/features/training/open-class.server.ts'
import { openClassForm } from '#app/features/training/open-class-form.ts'
import { keepTemplate } from '#app/features/training/templates.server.ts'
import { addDays } from '#app/lib/calendar.ts'
import type { Tx } from '#db/client.server.ts'
import { trainingClass } from '#db/schema/index.ts'
import type { DemoClass } from './classes.ts'
import { demoInstructorKey } from './instructors.server.ts'

/**
 * Opens the demo's classes through the product's own command, for the purpose `setup`; `academies` are ids by code, `teacher` the instructor who
 * heads the first academy's. A class that is there already (a first start cut off) is left alone.
 */
export async function openDemoClasses(
  tx: Tx,
  input: {
    academies: ReadonlyMap<string, string>
    teacher: { accountId: string; academy: string }
    instructors: ReadonlyMap<string, string>
    classes: readonly DemoClass[]
    now: Date
  },
): Promise<void> {
  const by = system('setup')
  for (const { academy, form: said, instructors = [], assessors = [] } of input.classes) {
    const idOf = (name: string) => input.instructors.get(demoInstructorKey(academy, name)) ?? []
    const instructorIds = instructors.flatMap(idOf)
    const headId = academy === input.teacher.academy ? input.teacher.accountId : undefined
    const form = { ...said, instructorIds, headId }
    const fault = openClassForm(referenceCalendar).safeParse(toTyped(form)).error
    if (fault) throw new Error(`a class of the demo breaks the rules of its form: ${fault.message}`)
    const academyId = input.academies.get(academy)!
    const opened = await openClass(tx, {
      academyId,
      form,
      isPublished: true,
      plan: { homeSiteId: null, resits: 1, isLater: false, sittings: planOf(form, assessors.flatMap(idOf)) },
      by,
      now: input.now,
    })
    if (!opened.ok && opened.reason !== 'code_taken')
      throw new Error(`a class of the demo was refused: ${opened.reason}`)
  }
}

/** Where a class leads to a certificate: both parts some days after it, by somebody from outside, and a re-sit. */
function planOf(form: DemoClass['form'], assessorIds: string[]): TypedSitting[] {
  const said = { occupationCode: null, level: null, certificatesExpectedOn: null, ...form }
  if (form.mode === 'online' || !leadsToCertificate(said)) return []
  const on = addDays(form.endsOn, 3)
  if (said.certificatesExpectedOn !== null && on > said.certificatesExpectedOn) return []
  const at = {
    ...{ siteId: null, place: '市职业技能评价中心3楼考场', instructorIds: [] },
    outside: [{ name: '何考评', body: '市职业技能评价中心' }],
  }
  return [
    { part: 'theory', attempt: 1, date: on, from: '09:00', to: '10:30', ...at, instructorIds: assessorIds },
    { part: 'practical', attempt: 1, date: on, from: '14:00', to: '17:00', ...at },
    { part: 'both', attempt: 2, date: addDays(on, 14), from: '09:00', to: '12:00', ...at },
  ]
}

/** As it would be typed: the form reads instants from wall clocks. */
const toTyped = (form: object): object =>
  Object.fromEntries(Object.entries(form).filter(([, value]) => !(value instanceof Date)))

/** Keeps a class of the demo as a template of its academy. A name that is there already is left alone. */
export async function keepDemoTemplate(of: {
  viewer: Viewer
  classId: string
  name: string
  now: Date
}): Promise<void> {
  const { academyId } = of.viewer
  if (academyId) await as(of.viewer, (tx) => keepTemplate(tx, { ...of, academyId }))
}

/** The id of a class by its code; for the purpose `setup`. */
export async function findClassId(
  tx: Tx,
  { academyId, code }: { academyId: string; code: string },
): Promise<string | null> {
  const [row] = await tx
    .select({ id: trainingClass.id })
    .from(trainingClass)
    .where(and(eq(trainingClass.academyId, academyId), eq(trainingClass.code, code)))
  return row?.id ?? null
}
