import { and, eq, ne, sql } from 'drizzle-orm'
import type { Viewer } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { staffNames } from '#app/features/accounts/names.server.ts'
import { may } from '#app/features/accounts/roles.ts'
import { type ReasonFault, readReason } from '#app/features/audit/reason.ts'
import { type Closing, holdToClose, listClosings, writeClosing } from '#app/features/training/close-class.server.ts'
import { shanghaiDate } from '#app/lib/calendar.ts'
import type { Tx } from '#db/client.server.ts'
import { academy, trainingClass } from '#db/schema/index.ts'
import type { ClassStatus, ClosingLack, Mode } from '#db/values.ts'
import { barsOf, type ClosingBar, type ClosingFacts, type Counted, isOver, lacksOf } from './closing.ts'
import { findFiledClass, listDocuments, scopeOf } from './find.server.ts'
import { countMissing } from './parts.ts'
import { findStates } from './states.server.ts'
import { takeTurn } from './turn.server.ts'

type Asked = { viewer: Viewer; academyCode: string; classId: string; now: Date }

/** A class as its closing looks at it: run here, published once. */
type Closable = {
  academyId: string
  academyCode: string
  id: string
  code: string
  name: string
  mode: Mode
  endsOn: string
  status: ClassStatus
  hasOccupation: boolean
}

async function findClosable(tx: Tx, { viewer, academyCode, classId }: Omit<Asked, 'now'>): Promise<Closable | null> {
  const [row] = await tx
    .select({
      academyId: trainingClass.academyId,
      id: trainingClass.id,
      code: trainingClass.code,
      name: trainingClass.name,
      mode: trainingClass.mode,
      endsOn: trainingClass.endsOn,
      status: trainingClass.status,
      occupationCode: trainingClass.occupationCode,
    })
    .from(trainingClass)
    .innerJoin(academy, eq(academy.id, trainingClass.academyId))
    .where(
      and(
        eq(academy.code, academyCode),
        eq(trainingClass.id, classId),
        eq(trainingClass.origin, 'system'),
        ne(trainingClass.status, 'draft'),
        scopeOf(tx, viewer),
      ),
    )
  if (!row) return null
  const { occupationCode, mode, status, ...of } = row
  return {
    ...of,
    academyCode,
    mode: mode as Mode,
    status: status as ClassStatus,
    hasOccupation: occupationCode !== null,
  }
}

async function factsOf(tx: Tx, asked: Asked, of: Closable): Promise<ClosingFacts> {
  const { academyId, id } = of
  const [row] = await tx.execute<
    Record<
      'unclosed' | 'objections' | 'leaves' | 'requests' | 'unconfirmed' | 'unassessed' | 'pending' | 'assessed',
      number
    >
  >(sql`
    with place as (
      select e.id, e.seat,
        exists (select from assessment a where a.academy_id = e.academy_id and a.enrolment_id = e.id) as is_assessed,
        exists (select from assessment a where a.academy_id = e.academy_id and a.enrolment_id = e.id and a.result = 'passed') as has_passed,
        exists (select from assessment a join certificate k on k.academy_id = a.academy_id and k.assessment_id = a.id
          where a.academy_id = e.academy_id and a.enrolment_id = e.id) as is_certified
      from enrolment e where e.academy_id = ${academyId}::uuid and e.class_id = ${id}::uuid)
    select
      (select count(*)::int from class_session s
        left join attendance_sheet t on t.academy_id = s.academy_id and t.session_id = s.id
        where s.academy_id = ${academyId}::uuid and s.class_id = ${id}::uuid and s.status = 'planned' and t.closed_at is null) as unclosed,
      (select count(*)::int from attendance_objection o
        where o.academy_id = ${academyId}::uuid and o.class_id = ${id}::uuid and o.state = 'open') as objections,
      (select count(*)::int from attendance_leave l
        join class_session s on s.academy_id = l.academy_id and s.id = l.session_id and s.status = 'planned'
        left join attendance_sheet t on t.academy_id = l.academy_id and t.session_id = l.session_id
        where l.academy_id = ${academyId}::uuid and l.class_id = ${id}::uuid and l.state = 'asked' and t.closed_at is null) as leaves,
      (select count(*)::int from place where seat = 'requested') as requests,
      (select count(*)::int from proposed_result p join place on place.id = p.enrolment_id
        where p.academy_id = ${academyId}::uuid and p.state = 'open') as unconfirmed,
      (select count(*)::int from place where seat = 'enrolled' and not is_assessed) as unassessed,
      (select count(*)::int from place where seat = 'enrolled' and is_assessed) as assessed,
      (select count(*)::int from place where seat = 'enrolled' and has_passed and not is_certified) as pending`)
  const filed = await findFiledClass(tx, asked)
  const file = filed ? countMissing(await findStates(tx, filed, await listDocuments(tx, filed), asked.now)) : 0
  const { assessed, ...counts } = row!
  const leads = of.mode !== 'online' && of.hasOccupation ? true : assessed > 0
  return {
    ...{ status: of.status, endsOn: of.endsOn, today: shanghaiDate(asked.now), file },
    ...counts,
    unassessed: leads ? counts.unassessed : 0,
  }
}

export type ShownClosing = Omit<Closing, 'closedBy'> & { by: string; reopenedBy: string | null }

export type ClosingPage = {
  of: Closable
  isOver: boolean
  bars: Counted<ClosingBar>[]
  lacks: Counted<ClosingLack>[]
  closings: ShownClosing[]
  mayClose: boolean
  mayReopen: boolean
  /** The viewer closed it: another person opens it again. */
  isOwn: boolean
}

/** What closing a class takes, and how it was closed, after the guard `classfile.read`. Null: no such class of the viewer's. */
export async function findClosingPage(asked: Asked): Promise<ClosingPage | null> {
  const { viewer } = asked
  const found = await as(viewer, async (tx) => {
    const of = await findClosable(tx, asked)
    if (!of) return null
    const facts = await factsOf(tx, asked, of)
    return { of, facts, closings: await listClosings(tx, { academyId: of.academyId, classId: of.id }) }
  })
  if (!found) return null
  const { of, facts, closings } = found
  const who = await staffNames(closings.flatMap((one) => [one.closedBy, ...(one.reopened ? [one.reopened.by] : [])]))
  const nameOf = (id: string) => who[id]?.name ?? '—'
  const isClosed = of.status === 'closed'
  const isOwn = isClosed && closings[0]?.closedBy === viewer.accountId
  return {
    ...{ of, isOver: isOver(facts), isOwn },
    bars: isClosed ? [] : barsOf(facts),
    lacks: lacksOf(facts),
    closings: closings.map(({ closedBy, ...one }) => ({
      ...one,
      by: nameOf(closedBy),
      reopenedBy: one.reopened && nameOf(one.reopened.by),
    })),
    mayClose: !isClosed && may(viewer, 'training.manage', of.academyCode),
    mayReopen: isClosed && !isOwn && may(viewer, 'class.reopen', of.academyCode),
  }
}

/** `missing`: something speaks against it, which the page names; nothing was written. */
export type CloseAnswer =
  | { ok: true; isNew: boolean }
  | { ok: false; reason: ReasonFault | 'running' | 'cancelled' | 'barred' }

/**
 * Closes a class of the viewer's academy that is over (结班), after the guard `training.manage`. Refused while a sheet is not closed, or an
 * objection, leave, a request or a result waits; where something is only missing a reason is asked for and kept. Null: no such class.
 */
export function closeClass(request: Asked & { reason: string; requestId?: string }): Promise<CloseAnswer | null> {
  const { viewer, now, requestId } = request
  return as(viewer, async (tx): Promise<CloseAnswer | null> => {
    const of = await findClosable(tx, request)
    if (!of || of.academyId !== viewer.academyId) return null
    const place = { academyId: of.academyId, classId: of.id }
    await takeTurn(tx, of.id)
    const held = await holdToClose(tx, place)
    if (!held) return null
    if (held.status === 'closed') return { ok: true, isNew: false }
    if (held.status !== 'published') return { ok: false, reason: 'cancelled' }
    const facts = await factsOf(tx, request, { ...of, ...held })
    if (!isOver(facts)) return { ok: false, reason: 'running' }
    if (barsOf(facts).length > 0) return { ok: false, reason: 'barred' }
    const missing = lacksOf(facts)
    const why = missing.length > 0 ? readReason(request.reason) : { reason: null }
    if ('fault' in why) return { ok: false, reason: why.fault }
    await writeClosing(tx, { viewer, ...place, code: of.code, missing, because: why.reason, now, requestId })
    return { ok: true, isNew: true }
  })
}
