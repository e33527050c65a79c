import type { Viewer } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { formText } from '#app/lib/form-rows.ts'
import { isId } from '#app/lib/ids.ts'
import type { Tx } from '#db/client.server.ts'
import { addSession } from './add-session.server.ts'
import { cancelSession } from './cancel-session.server.ts'
import { changeSession } from './change-session.server.ts'
import type { SessionAnswer, SessionRequest } from './session-command.server.ts'
import { SESSION_FIELDS, type SessionEntry } from './session-entry.ts'
import { SESSION_INTENTS, type SessionIntent } from './timetable-view.ts'

type Recount = (tx: Tx, of: { academyId: string; classId: string; now: Date }) => Promise<void>

/**
 * Does what a form of the timetable asks for, after the guard `training.manage`. `recount`: what counts the class's hours anew
 * where its sessions become more or fewer (attendance knows how, and knows training). Null: nothing of the viewer's.
 */
export async function actOnTimetable(
  request: Omit<SessionRequest, 'viewer'> & { viewer: Viewer; form: FormData; recount: Recount },
): Promise<{ intent: SessionIntent; answer: SessionAnswer } | null> {
  const { form, recount, ...to } = request
  const intent = SESSION_INTENTS.find((one) => one === formText(form, 'intent'))
  const sessionId = formText(form, 'session')
  if (!intent || (intent !== 'added' && !isId(sessionId))) return null
  const texts = ([...SESSION_FIELDS, 'reason', 'was'] as const).map((field) => [field, formText(form, field)])
  const entry = { ...Object.fromEntries(texts), instructorIds: chosenInstructors(form) } as SessionEntry
  const answer = await as(to.viewer, async (tx) => {
    switch (intent) {
      case 'added':
      case 'made_up': {
        const mayExtend = formText(form, 'extend') === 'yes'
        const makesUpForId = intent === 'made_up' ? sessionId : undefined
        const answer = await addSession(tx, { ...to, entry, makesUpForId, mayExtend })
        if (answer?.ok && answer.isNew) await recount(tx, to)
        return answer
      }
      case 'changed':
        return changeSession(tx, { ...to, entry, sessionId })
      case 'cancelled': {
        const answer = await cancelSession(tx, { ...to, sessionId, reason: entry.reason })
        if (answer?.ok && answer.isNew) await recount(tx, to)
        return answer
      }
    }
  })
  return answer && { intent, answer }
}

/** The instructors that were ticked. */
export const chosenInstructors = (form: FormData): string[] =>
  form.getAll('instructorIds').filter((id): id is string => typeof id === 'string' && isId(id))
