import { and, eq, gte, isNull, ne } from 'drizzle-orm'
import { system } from '#app/features/accounts/actor.ts'
import { within } from '#app/features/accounts/as.server.ts'
import { findOrMakePerson } from '#app/features/persons/persons.server.ts'
import { addDays, shanghaiDate, shanghaiInstant } from '#app/lib/calendar.ts'
import { newId } from '#app/lib/ids.ts'
import type { Tx } from '#db/client.server.ts'
import { account, classSession, instructor, sessionInstructor, trainingClass } from '#db/schema/index.ts'
import { instructorShape, readInstructorForm, readNewInstructor } from './instructor-entry.ts'
import {
  holdInstructor,
  type InstructorAnswer,
  type InstructorRequest,
  isThis,
  type OfInstructor,
  refused,
  trail,
} from './instructor-held.server.ts'

/**
 * Enters an instructor of the academy by document: whether the person was known to the province does not show. Who teaches
 * here already is found, not entered twice.
 */
export async function addInstructor(tx: Tx, request: InstructorRequest): Promise<InstructorAnswer> {
  const { academyId, now } = request
  const read = readNewInstructor(request.form, shanghaiDate(now))
  if (!read.ok) return read
  const { document, ...about } = read.value
  if (!(await isOwnAccount(tx, academyId, about.accountId))) return refused('accountId', 'account')
  const { id: personId } = await within(tx, system('register'), () => findOrMakePerson(tx, document, now))
  const id = newId()
  const made = await tx
    .insert(instructor)
    .values({ academyId, id, personId, ...columns(about), createdAt: now })
    .onConflictDoNothing({ target: [instructor.academyId, instructor.personId] })
    .returning({ id: instructor.id })
  if (made.length === 0) {
    const [known] = await tx
      .select({ id: instructor.id })
      .from(instructor)
      .where(and(eq(instructor.academyId, academyId), eq(instructor.personId, personId)))
    return { ok: true, id: known?.id ?? id, isNew: false }
  }
  await trail(tx, { ...request, instructorId: id }, 'instructor.added', {})
  return { ok: true, id, isNew: true }
}

/** Changes what the academy writes about an instructor, or ends its teaching there. Null: no such instructor. */
export async function changeInstructor(tx: Tx, request: OfInstructor): Promise<InstructorAnswer | null> {
  const held = await holdInstructor(tx, request)
  if (!held) return null
  const read = readInstructorForm(instructorShape, request.form)
  if (!read.ok) return read
  if (!(await isOwnAccount(tx, request.academyId, read.value.accountId, held.id)))
    return refused('accountId', 'account')
  const { endedOn } = read.value
  if (endedOn !== undefined && (await teachesAfter(tx, request, endedOn))) return refused('endedOn', 'has_sessions')
  const wanted = { ...columns(read.value), endedOn: read.value.endedOn ?? null }
  const fields = (Object.keys(wanted) as (keyof typeof wanted)[]).filter((field) => wanted[field] !== held[field])
  if (fields.length === 0) return { ok: true, id: held.id, isNew: false }
  await tx.update(instructor).set(wanted).where(isThis(request))
  await trail(tx, request, 'instructor.changed', { fields, endedOn: wanted.endedOn })
  return { ok: true, id: held.id, isNew: true }
}

type About = { name: string; employer?: string; accountId?: string }
const columns = ({ name, employer, accountId }: About) => ({
  name,
  employer: employer ?? null,
  accountId: accountId ?? null,
})

/** True for none, and for an instructor's account of this academy that no other instructor has. */
async function isOwnAccount(tx: Tx, academyId: string, accountId: About['accountId'], by?: string): Promise<boolean> {
  if (accountId === undefined) return true
  const [found] = await tx
    .select({ of: instructor.id })
    .from(account)
    .leftJoin(instructor, and(eq(instructor.academyId, academyId), eq(instructor.accountId, account.id)))
    .where(
      and(
        eq(account.id, accountId),
        eq(account.academyId, academyId),
        eq(account.role, 'instructor'),
        isNull(account.disabledAt),
      ),
    )
  return found !== undefined && (found.of === null || found.of === by)
}

/** True where a session is planned with the instructor after a day. */
async function teachesAfter(tx: Tx, { academyId, instructorId }: OfInstructor, date: string): Promise<boolean> {
  const [found] = await tx
    .select({ id: classSession.id })
    .from(sessionInstructor)
    .innerJoin(
      classSession,
      and(eq(classSession.academyId, sessionInstructor.academyId), eq(classSession.id, sessionInstructor.sessionId)),
    )
    .innerJoin(
      trainingClass,
      and(eq(trainingClass.academyId, classSession.academyId), eq(trainingClass.id, classSession.classId)),
    )
    .where(
      and(
        eq(sessionInstructor.academyId, academyId),
        eq(sessionInstructor.instructorId, instructorId),
        eq(classSession.status, 'planned'),
        ne(trainingClass.status, 'cancelled'),
        gte(classSession.startsAt, shanghaiInstant(addDays(date, 1))),
      ),
    )
    .limit(1)
  return found !== undefined
}
