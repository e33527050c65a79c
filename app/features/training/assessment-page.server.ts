import { and, eq } from 'drizzle-orm'
import { listSites } from '#app/features/academies/find.server.ts'
import { teachesOn } from '#app/features/academies/instructor-share.ts'
import { listInstructors } from '#app/features/academies/instructors-find.server.ts'
import type { Viewer } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { findWorkCalendar } from '#app/features/policy/work-calendar.server.ts'
import { shanghaiInstant } from '#app/lib/calendar.ts'
import { formText } from '#app/lib/form-rows.ts'
import { isId } from '#app/lib/ids.ts'
import { trainingClass } from '#db/schema/index.ts'
import {
  type AssessmentAnswer,
  cancelSitting,
  changePlan,
  type PlanRequest,
  saveSitting,
} from './assessment-acts.server.ts'
import { findAssessmentMisfit } from './assessment-misfit.server.ts'
import { MOST_OUTSIDE, SITTING_FIELDS, type SittingEntry } from './assessment-plan.ts'
import { listSittings, sittingMark } from './assessment-sittings.server.ts'
import { ASSESSMENT_INTENTS, type AssessmentIntent } from './assessment-view.ts'
import { findDayDoubts, NO_DOUBTS } from './day-doubts.server.ts'
import { chosenInstructors } from './session-acts.server.ts'
import { listSessions } from './session-held.server.ts'

/** The assessment plan of a class run here, after the guard `training.manage`. Null: none of the viewer's academy. */
export async function findAssessmentPage(viewer: Viewer, { classId, now }: { classId: string; now: Date }) {
  const { academyId } = viewer
  if (!academyId) return null
  return as(viewer, async (tx) => {
    const [row] = await tx
      .select()
      .from(trainingClass)
      .where(and(eq(trainingClass.academyId, academyId), eq(trainingClass.id, classId)))
    if (row?.origin !== 'system') return null
    const of = { academyId, classId }
    const sittings = await listSittings(tx, of)
    const sessions = await listSessions(tx, of)
    const teaching = new Set(sessions.flatMap((one) => (one.status === 'planned' ? one.instructorIds : [])))
    const assessing = new Set(sittings.flatMap(({ instructorIds }) => instructorIds))
    const { id, name, status, startsOn, siteId, resits, assessmentLater, certificatesExpectedOn } = row
    const days = status === 'published' ? (await findDayDoubts(tx, { ...of, now })).sitting : NO_DOUBTS.sitting
    return {
      held: { id, name, status, startsOn, siteId, resits, assessmentLater, certificatesExpectedOn },
      sittings: sittings.map((one) => ({
        ...one,
        mark: sittingMark(one),
        hasBegun: shanghaiInstant(one.date, one.from) <= now,
      })),
      days,
      calendar: await findWorkCalendar(tx),
      misfit: await findAssessmentMisfit(tx, { ...of, isAsked: status === 'draft' }),
      sites: (await listSites(tx, academyId)).map(({ id, name }) => ({ id, name })),
      // Who teaches the class may not assess it.
      assessors: (await listInstructors(tx, { academyId }))
        .filter((one) => assessing.has(one.id) || (!teaching.has(one.id) && teachesOn(one, startsOn)))
        .map(({ id, name }) => ({ id, name })),
    }
  })
}
export type AssessmentPage = NonNullable<Awaited<ReturnType<typeof findAssessmentPage>>>

/** Does what a form of the plan's page asks for, after the guard `training.manage`. Null: nothing of the viewer's. */
export async function actOnAssessment(
  request: PlanRequest & { form: FormData },
): Promise<{ intent: AssessmentIntent; answer: AssessmentAnswer } | null> {
  const { form, ...to } = request
  const intent = ASSESSMENT_INTENTS.find((one) => one === formText(form, 'intent'))
  const sittingId = formText(form, 'sitting')
  if (!intent || ((intent === 'changed' || intent === 'cancelled') && !isId(sittingId))) return null
  const [reason, was] = [formText(form, 'reason'), formText(form, 'was')]
  const answer = await as(to.viewer, (tx) => {
    if (intent === 'settings')
      return changePlan(tx, { ...to, reason, resits: formText(form, 'resits'), isLater: form.has('later') })
    if (intent === 'cancelled') return cancelSitting(tx, { ...to, sittingId, reason })
    return saveSitting(tx, {
      ...to,
      sittingId: intent === 'added' ? null : sittingId,
      entry: entryOf(form),
      was,
      reason,
    })
  })
  return answer && { intent, answer }
}

function entryOf(form: FormData): SittingEntry {
  const texts = SITTING_FIELDS.map((field) => [field, formText(form, field)])
  const outside = Array.from({ length: MOST_OUTSIDE }, (_, at) => ({
    name: formText(form, `outsideName.${at}`),
    body: formText(form, `outsideBody.${at}`),
  }))
  return { ...Object.fromEntries(texts), instructorIds: chosenInstructors(form), outside } as SittingEntry
}
