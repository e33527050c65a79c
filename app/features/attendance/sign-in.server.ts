import { and, asc, eq, inArray, sql } from 'drizzle-orm'
import type { Viewer } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { maskDocument } from '#app/features/persons/masking.ts'
import { open } from '#app/features/persons/vault.server.ts'
import { isExpectedIn } from '#app/features/training/make-up.server.ts'
import { isOfHeld } from '#app/features/training/make-up.ts'
import { type ClassOnPaper, findClassOnPaper } from '#app/features/training/paper.server.ts'
import type { HeldSession } from '#app/features/training/session-held.server.ts'
import { shanghaiDate } from '#app/lib/calendar.ts'
import type { Tx } from '#db/client.server.ts'
import { attendanceMark, enrolment, person } from '#db/schema/index.ts'

/** A worker's line on a sheet to sign. The sheet goes from hand to hand: of the document no more is shown than to anybody. */
export type SignLine = { enrolmentId: string; name: string; employer: string | null; document: string | null }

/** `lines`: who is expected, in the order of the roster; `excused`: the enrolments to whom leave was granted for the session. */
export type SignSheet = { session: HeldSession; lines: SignLine[]; excused: string[]; makesUpOn: string | null }

export type SignInPage = {
  paper: ClassOnPaper
  /** All of the class's, in the order of the roster. */
  lines: SignLine[]
  sheets: SignSheet[]
  /** The session from which the next sheets are; null: these are the last. */
  nextId: string | null
  isOne: boolean
  printedOn: string
}

/** Lines that are shown in one go: a class of 60 has 33 sheets at a time, one of 500 four. */
const MOST_LINES = 2000

/**
 * The sheets to sign of a class's sessions that take place: of one (`sessionId`), or of all, from one on (`from`), as many as a page
 * shows. Null: no such class or session of the viewer's.
 */
export async function findSignIn(
  viewer: Viewer,
  { classId, sessionId, from, now }: { classId: string; sessionId: string | null; from: string | null; now: Date },
): Promise<SignInPage | null> {
  const found = await as(viewer, async (tx) => {
    const paper = await findClassOnPaper(tx, { viewer, classId, now })
    if (!paper) return null
    const of = { academyId: paper.academyId, classId: paper.held.id }
    return {
      paper,
      people: await listPeople(tx, paper),
      excused: await listExcused(tx, paper),
      free: await listFree(tx, of),
    }
  })
  if (!found) return null
  const { paper, people, excused, free } = found
  const planned = paper.sessions.filter(({ status }) => status === 'planned')
  const chosen = sessionId ? planned.filter(({ id }) => id === sessionId) : planned
  const first = from ? chosen.findIndex(({ id }) => id === from) : 0
  if ((sessionId && chosen.length === 0) || first < 0) return null
  const size = Math.max(1, Math.floor(MOST_LINES / Math.max(1, people.length)))
  const lines = people.map(({ personId, documentSealed, ...line }) => ({
    ...line,
    document: personId && documentSealed && maskDocument(open('person.document', personId, documentSealed)),
  }))
  return {
    paper,
    lines,
    sheets: chosen.slice(first, first + size).map((session) => ({
      session,
      lines: lines.filter(({ enrolmentId }) => !free.get(session.id)?.has(enrolmentId)),
      makesUpOn: isOfHeld(session, paper.sessions)
        ? (paper.sessions.find(({ id }) => id === session.makesUpForId)?.date ?? null)
        : null,
      excused: excused.filter((one) => one.sessionId === session.id).map(({ enrolmentId }) => enrolmentId),
    })),
    nextId: chosen[first + size]?.id ?? null,
    isOne: sessionId !== null,
    printedOn: shanghaiDate(now),
  }
}

/** Those with a seat, in the order of the roster: as the form in which a signed sheet is ticked off has them. */
const listPeople = (tx: Tx, { academyId, held }: ClassOnPaper) =>
  tx
    .select({
      enrolmentId: enrolment.id,
      name: enrolment.name,
      employer: enrolment.employer,
      personId: person.id,
      documentSealed: person.documentSealed,
    })
    .from(enrolment)
    .leftJoin(person, eq(person.id, enrolment.personId))
    .where(and(eq(enrolment.academyId, academyId), eq(enrolment.classId, held.id), eq(enrolment.seat, 'enrolled')))
    .orderBy(asc(enrolment.id))

/** By make-up, whom it has nothing to bring back to. */
async function listFree(tx: Tx, { academyId, classId }: { academyId: string; classId: string }) {
  const rows = await tx.execute<{ sessionId: string; enrolmentId: string }>(sql`
    select s.id as "sessionId", e.id as "enrolmentId" from class_session s
    join enrolment e on e.academy_id = s.academy_id and e.class_id = s.class_id and e.seat = 'enrolled'
    where s.academy_id = ${academyId}::uuid and s.class_id = ${classId}::uuid and s.makes_up_for_id is not null
      and not ${isExpectedIn('s', 'e')}`)
  const free = new Map<string, Set<string>>()
  for (const { sessionId, enrolmentId } of rows)
    free.set(sessionId, (free.get(sessionId) ?? new Set()).add(enrolmentId))
  return free
}

async function listExcused(tx: Tx, { academyId, held, sessions }: ClassOnPaper) {
  if (sessions.length === 0) return []
  return tx
    .select({ sessionId: attendanceMark.sessionId, enrolmentId: attendanceMark.enrolmentId })
    .from(attendanceMark)
    .where(
      and(
        eq(attendanceMark.academyId, academyId),
        eq(attendanceMark.classId, held.id),
        eq(attendanceMark.mark, 'excused'),
        inArray(
          attendanceMark.sessionId,
          sessions.map(({ id }) => id),
        ),
      ),
    )
}
