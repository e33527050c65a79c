import { parseWithZod } from '@conform-to/zod/v4'
import { and, eq, sql } from 'drizzle-orm'
import type { Viewer } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { findWorkCalendar } from '#app/features/policy/work-calendar.server.ts'
import { isDateString } from '#app/lib/calendar.ts'
import { formText } from '#app/lib/form-rows.ts'
import type { WorkCalendar } from '#app/lib/work-calendar.ts'
import type { Tx } from '#db/client.server.ts'
import { trainingClass } from '#db/schema/index.ts'
import type { LeftSitting } from './assessment-carry.ts'
import { openClass } from './open-class.server.ts'
import { openClassForm } from './open-class-form.ts'
import type { HolidayMet } from './series.ts'
import { isObstacle, type Obstacle } from './session-say.ts'
import { asSent, layOut, type TemplateFields } from './template-layout.ts'
import { findTemplate } from './templates.server.ts'
import { nextTerm, splitTerm } from './term-name.ts'

/** As many classes as one form opens. */
export const MOST_CLASSES = 12

/** A class to be opened from a template: its number, and the earliest first day. */
export type SeriesRow = { code: string; startsOn: string }

/** What became of one of them. */
export type SeriesResult = SeriesRow & {
  /** Null: it was not opened, `refusal` or `fault` says why. */
  classId: string | null
  endsOn: string | null
  /** The template's class's, of the next term where that has one. */
  name: string
  skipped: HolidayMet[]
  /** What stood in the way of it, or of its instructors alone. */
  refusal: Obstacle | null
  /** A field that is wrong: a code of the form of a new class. */
  fault: string | null
  /** Nobody teaches it yet. */
  isUntaught: boolean
  /** What of the template’s assessment plan it has not. */
  left: LeftSitting[]
}

/** The rows of the form, those in which nothing stands left out. */
export function readSeriesRows(form: FormData): SeriesRow[] {
  return Array.from({ length: MOST_CLASSES }, (_, at) => ({
    code: formText(form, `code.${at}`).trim(),
    startsOn: formText(form, `startsOn.${at}`).trim(),
  })).filter(({ code, startsOn }) => code !== '' || startsOn !== '')
}

/**
 * Opens classes from a template as drafts of its next terms, each in a transaction of its own and by the rules of any new class, after the guard
 * `training.manage`. Where only its instructors stand in the way the draft is opened without them, and says so. Null: no such template.
 */
export async function openSeries(
  viewer: Viewer,
  input: { academyId: string; templateId: string; rows: readonly SeriesRow[]; now: Date; requestId?: string },
): Promise<SeriesResult[] | null> {
  const { academyId, templateId, rows } = input
  const found = await as(viewer, async (tx) => ({
    template: await findTemplate(tx, { academyId, id: templateId }),
    calendar: await findWorkCalendar(tx),
  }))
  const { template, calendar } = found
  if (!template) return null
  const results: SeriesResult[] = []
  // One after the other: each sees what those before it took.
  for (const row of rows) results.push(await openOne(viewer, { ...input, fields: template.fields, row, calendar }))
  return results
}

async function openOne(
  viewer: Viewer,
  of: {
    academyId: string
    fields: TemplateFields
    row: SeriesRow
    calendar: WorkCalendar
    now: Date
    requestId?: string
  },
): Promise<SeriesResult> {
  const { row, calendar } = of
  const nothing = {
    ...{ ...row, classId: null, endsOn: null, skipped: [], refusal: null, fault: null, isUntaught: false, left: [] },
    name: String(of.fields.name ?? ''),
  }
  if (!isDateString(row.startsOn)) return { ...nothing, fault: 'date' }
  const laid = layOut(of.fields, row.startsOn, calendar)
  const { startsOn, endsOn, skipped } = laid
  const name = await as(viewer, (tx) => findNextName(tx, of.academyId, nothing.name))
  const known = { ...nothing, name, startsOn, endsOn, skipped }
  const { plan, ...fields } = laid.fields
  const submission = parseWithZod(asSent({ ...fields, name, code: row.code }), { schema: openClassForm(calendar) })
  if (submission.status !== 'success')
    return { ...known, fault: Object.values(submission.error ?? {}).flat()[0] ?? 'required' }
  const form = submission.value
  const open = (instructorIds: string[]) =>
    as(viewer, (tx) =>
      openClass(tx, {
        academyId: of.academyId,
        form: { ...form, instructorIds },
        isPublished: false,
        plan,
        by: viewer,
        now: of.now,
        requestId: of.requestId,
      }),
    )
  const wanted = form.instructorIds ?? []
  const asked = await open(wanted)
  const isOfInstructors = !asked.ok && asked.reason.startsWith('instructor')
  const answer = isOfInstructors ? await open([]) : asked
  const refusal = !asked.ok && isObstacle(asked) ? asked : null
  if (!answer.ok)
    return { ...known, refusal: isObstacle(answer) ? answer : null, fault: isObstacle(answer) ? null : answer.reason }
  const isUntaught = form.mode !== 'online' && (isOfInstructors || wanted.length === 0)
  const fault = isOfInstructors && !refusal ? 'instructor_unknown' : null
  return { ...known, classId: answer.classId, refusal, fault, isUntaught, left: answer.left }
}

/** What the academy's next class of this name is called: those that it had and has are counted on from. */
async function findNextName(tx: Tx, academyId: string, name: string): Promise<string> {
  const own = splitTerm(name)
  if (!own) return name
  const rows = await tx
    .select({ name: trainingClass.name })
    .from(trainingClass)
    .where(and(eq(trainingClass.academyId, academyId), sql`starts_with(${trainingClass.name}, ${own.before})`))
  return nextTerm(
    name,
    rows.map((row) => row.name),
  )
}
