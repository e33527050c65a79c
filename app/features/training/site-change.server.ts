import { and, asc, eq, gt } from 'drizzle-orm'
import { SITE_INTENTS, type SiteIntent, type SiteTyped } from '#app/features/academies/site-entry.ts'
import {
  addSite,
  bringBackSite,
  describeSite,
  holdSite,
  type OfSite,
  retireSite,
  type SiteAnswer,
  type SiteRequest,
} from '#app/features/academies/sites-kept.server.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { shanghaiInstant } from '#app/lib/calendar.ts'
import { formText } from '#app/lib/form-rows.ts'
import { isId } from '#app/lib/ids.ts'
import type { Tx } from '#db/client.server.ts'
import { assessmentSitting, classSession, trainingClass } from '#db/schema/index.ts'
import type { SittingFacts } from '#db/values.ts'
import { factsOfSitting } from './assessment-misfit.server.ts'
import { listSittings, type Sitting } from './assessment-sittings.server.ts'
import { newsOfSitting } from './assessor-news.ts'
import { tellAssessors } from './assessors-told.server.ts'
import { listStaff } from './class-concerned.server.ts'
import { tellClassChange } from './class-told.server.ts'
import { tellChange } from './session-changes.server.ts'
import { factsOf } from './session-command.server.ts'
import { listSessions } from './session-held.server.ts'

/** Does what a form of the page of sites asks for, after the guard `sites.keep`. Null: nothing of the viewer's. */
export async function actOnSite(
  request: SiteRequest & { form: FormData },
): Promise<{ intent: SiteIntent; answer: SiteAnswer } | null> {
  const { form } = request
  const intent = SITE_INTENTS.find((one) => one === formText(form, 'intent'))
  const siteId = formText(form, 'site')
  if (!intent || (intent !== 'add' && !isId(siteId))) return null
  const of = { ...request, siteId }
  const answer = await as(request.viewer, (tx) => {
    switch (intent) {
      case 'add':
        return addSite(tx, request)
      case 'change':
        return changeSite(tx, of)
      case 'retire':
        return retireSite(tx, of)
      case 'bring_back':
        return bringBackSite(tx, of)
    }
  })
  return answer && { intent, answer }
}

/**
 * Gives a place another name or address. Each published class that has sessions or sittings to come there is told, once: its next session
 * stands for them, or the sittings where no session is there. Those who assess at one hear of theirs. Null: none of the academy's.
 */
export async function changeSite(tx: Tx, request: OfSite & { form: FormData }): Promise<SiteAnswer | null> {
  const held = await holdSite(tx, request)
  if (!held) return null
  const answer = await describeSite(tx, request, held)
  if (!answer.ok) return answer
  if (!answer.isNew) return { ok: true, isNew: false }
  const moved = { before: held, after: answer.site }
  const meeting = await listClassesAt(tx, request)
  for (const of of meeting) await tellOfSession(tx, request, of, moved)
  const isTold = new Set(meeting.map(({ id }) => id))
  for (const of of await listClassesAssessedAt(tx, request))
    await tellOfSittings(tx, request, { ...of, isTold: isTold.has(of.id) }, moved)
  return { ok: true, isNew: true }
}

type Moved = { before: SiteTyped; after: SiteTyped }

async function tellOfSession(
  tx: Tx,
  { viewer, academyId, now }: OfSite,
  of: { id: string; name: string; sessionId: string },
  { before, after }: Moved,
): Promise<void> {
  const sessions = await listSessions(tx, { academyId, classId: of.id })
  const next = sessions.find(({ id }) => id === of.sessionId)
  if (!next) return
  const facts = factsOf(next)
  await tellChange(tx, {
    ...{ viewer, academyId, classId: of.id, sessionId: next.id, now },
    ...{ held: { name: of.name, isPublic: true }, change: 'changed', reason: null },
    before: { ...facts, site: before.name, address: before.address },
    after: { ...facts, site: after.name, address: after.address },
  })
}

/** `isTold`: its workers and staff heard already, of a session there. */
async function tellOfSittings(
  tx: Tx,
  { viewer: by, academyId, siteId, now }: OfSite,
  { id: classId, name, isTold }: { id: string; name: string; isTold: boolean },
  moved: Moved,
): Promise<void> {
  const sittings = (await listSittings(tx, { academyId, classId })).filter(
    (one) => one.siteId === siteId && one.cancelReason === null && shanghaiInstant(one.date, one.to) > now,
  )
  const changes = sittings.map((one) => ({
    before: atPlace(one, moved, 'before'),
    after: atPlace(one, moved, 'after'),
  }))
  const told = { by, academyId, classId, name, reason: null, now }
  const news = changes.flatMap(({ before, after }, at) => {
    const { instructorIds = [] } = sittings[at] ?? {}
    return newsOfSitting({ ...before, instructorIds }, { ...after, instructorIds })
  })
  const besides = await tellAssessors(tx, { ...told, news, besides: isTold ? await listStaff(tx, told) : [] })
  if (isTold) return
  const ofSittings = changes.map((one) => ({ field: 'sitting' as const, ...one }))
  await tellClassChange(tx, { ...told, changes: ofSittings, besides })
}

/** A sitting as it was or is said of its place: by the address too where that is another. */
function atPlace(sitting: Sitting, moved: Moved, when: keyof Moved): SittingFacts {
  const { name, address } = moved[when]
  const place = moved.before.address === moved.after.address ? name : `${name}（${address}）`
  return factsOfSitting({ ...sitting, place })
}

/** Published classes with sessions to come at a place, and the next one of each. */
function listClassesAt(tx: Tx, { academyId, siteId, now }: OfSite) {
  return tx
    .selectDistinctOn([trainingClass.id], {
      id: trainingClass.id,
      name: trainingClass.name,
      sessionId: classSession.id,
    })
    .from(classSession)
    .innerJoin(
      trainingClass,
      and(eq(trainingClass.academyId, classSession.academyId), eq(trainingClass.id, classSession.classId)),
    )
    .where(
      and(
        eq(classSession.academyId, academyId),
        eq(classSession.siteId, siteId),
        eq(classSession.status, 'planned'),
        gt(classSession.endsAt, now),
        eq(trainingClass.status, 'published'),
      ),
    )
    .orderBy(trainingClass.id, asc(classSession.startsAt))
}

/** Published classes with sittings to come at a place. */
function listClassesAssessedAt(tx: Tx, { academyId, siteId, now }: OfSite) {
  return tx
    .selectDistinct({ id: trainingClass.id, name: trainingClass.name })
    .from(assessmentSitting)
    .innerJoin(
      trainingClass,
      and(eq(trainingClass.academyId, assessmentSitting.academyId), eq(trainingClass.id, assessmentSitting.classId)),
    )
    .where(
      and(
        eq(assessmentSitting.academyId, academyId),
        eq(assessmentSitting.siteId, siteId),
        eq(assessmentSitting.status, 'planned'),
        gt(assessmentSitting.endsAt, now),
        eq(trainingClass.status, 'published'),
      ),
    )
    .orderBy(trainingClass.id)
}
