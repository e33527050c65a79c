import { and, asc, eq, gt } from 'drizzle-orm'
import { SITE_INTENTS, type SiteIntent } from '#app/features/academies/site-entry.ts'
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
import { formText } from '#app/lib/form-rows.ts'
import { isId } from '#app/lib/ids.ts'
import type { Tx } from '#db/client.server.ts'
import { classSession, trainingClass } from '#db/schema/index.ts'
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
 * Gives a place another name or address. Each published class that has sessions to come there is told, once: its next session stands
 * for them. Null: none of the academy's.
 */
export async function changeSite(tx: Tx, request: OfSite & { form: FormData }): Promise<SiteAnswer | null> {
  const held = await holdSite(tx, request)
  if (!held) return null
  const answer = await describeSite(tx, request, held)
  if (!answer.ok) return answer
  if (!answer.isNew) return { ok: true, isNew: false }
  const { academyId, now } = request
  for (const of of await listClassesAt(tx, request)) {
    const sessions = await listSessions(tx, { academyId, classId: of.id })
    const next = sessions.find(({ id }) => id === of.sessionId)
    if (!next) continue
    const facts = factsOf(next)
    await tellChange(tx, {
      ...{ viewer: request.viewer, academyId, classId: of.id, sessionId: next.id, now },
      ...{ held: { name: of.name, isPublic: true }, change: 'changed', reason: null },
      before: { ...facts, site: held.name, address: held.address },
      after: { ...facts, site: answer.site.name, address: answer.site.address },
    })
  }
  return { ok: true, isNew: true }
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
