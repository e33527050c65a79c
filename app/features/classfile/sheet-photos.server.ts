import type { Viewer } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { findHeldSheet } from '#app/features/attendance/sheet-held.server.ts'
import { shanghaiDate, shanghaiTime } from '#app/lib/calendar.ts'
import { type Kept, keepDocuments } from './keep.server.ts'
import { classFileWords } from './words.ts'

/**
 * Receives photographs of a session's signed sheet, after the guard `classfile.keep`. They lie in the class's file under its
 * sign-in sheets, named after the session, each once, however often it is sent. Null: no such session of the viewer's.
 */
export async function keepSheetPhotos(
  asked: { viewer: Viewer; academyCode: string; sessionId: string; now: Date; requestId?: string },
  request: Request,
): Promise<Kept | null> {
  const held = await as(asked.viewer, (tx) => findHeldSheet(tx, asked))
  if (!held) return null
  const { startsAt } = held.session
  const when = `${shanghaiDate(startsAt)} ${shanghaiTime(startsAt).replace(':', '')}`
  // A record of a Chinese office, whoever adds to it.
  const sheetOf = { sessionId: asked.sessionId, name: `${when} ${classFileWords['zh-CN'].parts.sign_in}` }
  return keepDocuments({ ...asked, classId: held.classId }, { part: 'sign_in', sheetOf, request })
}
