import { beforeAll, expect, test } from 'vitest'
import { system, type Viewer } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { confirmResults, returnResults } from '#app/features/certification/confirm.server.ts'
import { proposeResults } from '#app/features/certification/propose.server.ts'
import { attemptMark, doubtsOf, readResult } from '#app/features/certification/results.ts'
import { listWaiting } from '#app/features/certification/waiting.server.ts'
import { figuresOf } from '#app/features/figures/figures.server.ts'
import { smsText } from '#app/features/notices/messages.ts'
import { listNotices } from '#app/features/notices/notices.server.ts'
import { noticePath } from '#app/features/notices/notices.ts'
import { loadPolicy } from '#app/features/policy/policy.server.ts'
import { newId } from '#app/lib/ids.ts'
import { assessment, classSession } from '#db/schema/index.ts'
import { freshDatabase, type TestDatabase } from '#tests/support/database.ts'
import { recordedResults, waitingIds } from '#tests/support/results.ts'
import { trainingWorld } from '#tests/support/training.ts'

let db: TestDatabase
let world: ReturnType<typeof trainingWorld>
let academy: Awaited<ReturnType<typeof world.academy>>
let admin: Viewer
let second: Viewer
beforeAll(async () => {
  db = await freshDatabase()
  world = trainingWorld(db)
  await as(system('setup'), loadPolicy)
  academy = await world.academy()
  admin = await world.staff('academy_admin', academy)
  second = await world.staff('academy_admin', academy)
})

const now = new Date('2026-12-01T12:00:00+08:00')
type Typed = { theory?: string; practical?: string; result?: string; was?: string }
type Given = { assessedOn?: string; reason?: string; isAffirmed?: boolean }
function asked(classId: string, typed: Record<string, Typed>, given: Given = {}) {
  const blank = { theory: '', practical: '', result: '', was: '' }
  const entries = Object.entries(typed).map(([enrolmentId, entry]) => ({ enrolmentId, ...blank, ...entry }))
  return { classId, entries, assessedOn: '2026-11-28', reason: '', isAffirmed: true, now, ...given }
}
const propose = (classId: string, typed: Record<string, Typed>, given: Given = {}, by = admin) =>
  as(by, (tx) => proposeResults(tx, { ...asked(classId, typed, given), viewer: by, academyId: academy.id }))
/** Entered by one and confirmed by another. */
const record = (classId: string, typed: Record<string, Typed>, given: Given = {}) =>
  recordedResults([admin, second], asked(classId, typed, given))
const confirm = (classId: string, ids: string[], by = second) =>
  as(by, (tx) => confirmResults(tx, { viewer: by, academyId: academy.id, classId, ids, now }))
const stored = (enrolmentId: string) => db.owner`
  select assessed_on::text, result, theory_score::float, practical_score::float from assessment
  where enrolment_id = ${enrolmentId} order by assessed_on`

const none = { enrolmentId: 'x', theory: '', practical: '', result: '', was: '' }
const read = (typed: Typed) => readResult({ ...none, ...typed }, null)

test('60 passes and 59.9 does not, in theory and in practice', () => {
  expect(read({ theory: '60', practical: '60' })).toMatchObject({ attempt: { result: 'passed' } })
  expect(read({ theory: '59.9', practical: '100' })).toMatchObject({ attempt: { result: 'failed' } })
  expect(read({ theory: '59.5', practical: '60.0' })).toMatchObject({ attempt: { result: 'failed' } })
  expect(read({ theory: '100', practical: '59' })).toMatchObject({ attempt: { result: 'failed' } })
  expect(read({ practical: '60' })).toMatchObject({ attempt: { result: 'passed', theoryScore: null } })
})

test('a result that the scores contradict is refused', () => {
  expect(read({ theory: '59.9', result: 'passed' })).toEqual({ faults: ['score_low'] })
  expect(read({ theory: '60', practical: '60', result: 'failed' })).toEqual({ faults: ['score_high'] })
  expect(read({ theory: '0', result: 'absent' })).toEqual({ faults: ['absent_scores'] })
  expect(read({ result: 'absent' })).toMatchObject({ attempt: { result: 'absent' } })
  expect(read({ result: 'passed' })).toMatchObject({ attempt: { result: 'passed', theoryScore: null } })
})

test('scores are numbers from 0 to 100, to a tenth and never rounded, and every bad one is named', () => {
  expect(read({ theory: '101', practical: '-1', result: 'maybe' })).toEqual({
    faults: ['theory', 'practical', 'result'],
  })
  expect(read({ theory: '59.95' })).toEqual({ faults: ['theory'] })
  expect(read({ theory: '100.1' })).toEqual({ faults: ['theory'] })
  expect(read({ theory: '100', practical: '0.5' })).toMatchObject({
    attempt: { theoryScore: 100, practicalScore: 0.5 },
  })
  expect(read({})).toEqual({ attempt: null })
})

test('results of many workers are recorded at once, or not at all', async () => {
  const of = await world.classOf(academy)
  const [one, other] = [await world.enrolment(of), await world.enrolment(of)]
  const bad = { [one.id]: { theory: '80' }, [other.id]: { theory: '180' } }
  expect(await propose(of.id, bad)).toMatchObject({ ok: false, faults: [{ enrolmentId: other.id, fault: 'theory' }] })
  expect(await waitingIds(admin, of.id)).toHaveLength(0)
  const good = { [one.id]: { theory: '80', practical: '70.5' }, [other.id]: { result: 'absent' } }
  expect(await record(of.id, good)).toEqual({ ok: true, changed: 2, left: [] })
  expect(await stored(one.id)).toEqual([
    { assessed_on: '2026-11-28', result: 'passed', theory_score: 80, practical_score: 70.5 },
  ])
  expect(await stored(other.id)).toMatchObject([{ result: 'absent' }])
})

test('a re-sit on another day is another attempt; the same day again is a correction with a reason', async () => {
  const of = await world.classOf(academy)
  const { id } = await world.enrolment(of)
  await record(of.id, { [id]: { theory: '40' } })
  await record(of.id, { [id]: { theory: '75' } }, { assessedOn: '2026-12-01' })
  expect(await stored(id)).toMatchObject([{ result: 'failed' }, { result: 'passed', assessed_on: '2026-12-01' }])
  const was = attemptMark({ result: 'failed', theoryScore: 40, practicalScore: null })
  expect(await record(of.id, { [id]: { theory: '60', was } })).toMatchObject({ faults: [{ fault: 'reason_needed' }] })
  const corrected = { [id]: { theory: '60', was } }
  expect(await propose(of.id, corrected, { reason: '漏加一题' })).toEqual({ ok: true, changed: 1 })
  expect(await stored(id)).toMatchObject([{ result: 'failed', theory_score: 40 }, {}])
  expect(await confirm(of.id, await waitingIds(second, of.id))).toEqual({ ok: true, changed: 1, left: [] })
  expect(await stored(id)).toMatchObject([{ result: 'passed', theory_score: 60 }, {}])
  const [kept] =
    await db.owner`select before, reason from revision where fact = 'assessment' and academy_id = ${academy.id} order by id desc`
  expect(kept).toMatchObject({ before: { result: 'failed', theory_score: 40 }, reason: '漏加一题' })
})

test('the day of an assessment lies between the first day of the class and today', async () => {
  const of = await world.classOf(academy)
  const { id } = await world.enrolment(of)
  const on = (assessedOn: string) => propose(of.id, { [id]: { result: 'passed' } }, { assessedOn })
  expect(await on('2026-11-20')).toMatchObject({ ok: false, day: 'before_start' })
  expect(await on('2026-12-02')).toMatchObject({ ok: false, day: 'ahead' })
  expect(await on('2026-11-31')).toMatchObject({ ok: false, day: 'date' })
  expect(await on('2026-11-21')).toMatchObject({ ok: true })
})

test('who holds a valid certificate from an attempt cannot be made to have failed it', async () => {
  const of = await world.classOf(academy)
  const { id } = await world.enrolment(of)
  await record(of.id, { [id]: { result: 'passed' } })
  await db.owner`insert into certificate (academy_id, id, assessment_id, type, number, number_index, issued_on, status, created_at)
    select academy_id, ${newId()}, id, 'training', 'T-1', '\\x01', '2026-11-30', 'valid', now() from assessment where enrolment_id = ${id}`
  const typed = { [id]: { result: 'failed', was: '//passed' } }
  expect(await record(of.id, typed, { reason: 'x' })).toMatchObject({
    ok: false,
    faults: [{ fault: 'has_certificate' }],
  })
})

test('workers of another class or academy are not on the list', async () => {
  const [of, other] = [await world.classOf(academy), await world.classOf(academy)]
  const { id } = await world.enrolment(other)
  expect(await record(of.id, { [id]: { result: 'passed' } })).toMatchObject({ faults: [{ fault: 'gone' }] })
  expect(await propose((await world.classOf(await world.academy())).id, {})).toBeNull()
})

test('whoever entered a result does not confirm it, another administrator does', async () => {
  const of = await world.classOf(academy)
  const { id } = await world.enrolment(of)
  await propose(of.id, { [id]: { theory: '60', practical: '60' } })
  const ids = await waitingIds(admin, of.id)
  expect(await confirm(of.id, ids, admin)).toEqual({ ok: true, changed: 0, left: [{ id: ids[0], because: 'own' }] })
  expect(await stored(id)).toHaveLength(0)
  expect(await confirm(of.id, ids)).toEqual({ ok: true, changed: 1, left: [] })
  expect(await stored(id)).toMatchObject([{ result: 'passed' }])
  const [event] = await db.owner`select actor_account_id as by, detail from audit_event
    where kind = 'assessment.recorded' and detail ->> 'classId' = ${of.id}`
  expect(event).toMatchObject({ by: second.accountId, detail: { proposedBy: admin.accountId, corrected: false } })
  // A second click.
  expect(await confirm(of.id, ids)).toEqual({ ok: true, changed: 0, left: [] })
})

test('whoever teaches the class does not confirm its results; of another class they do', async () => {
  const [taught, other] = [await world.classOf(academy), await world.classOf(academy)]
  await db.owner`insert into class_staff (academy_id, class_id, account_id)
    values (${academy.id}, ${taught.id}, ${second.accountId})`
  const [one, two] = [await world.enrolment(taught), await world.enrolment(other)]
  expect(await record(taught.id, { [one.id]: { result: 'passed' } })).toMatchObject({
    changed: 0,
    left: [{ because: 'teaches' }],
  })
  expect(await record(other.id, { [two.id]: { result: 'passed' } })).toMatchObject({ changed: 1, left: [] })
})

test('the database itself takes a result only as another person entered it', async () => {
  const of = await world.classOf(academy)
  const { id: enrolmentId } = await world.enrolment(of)
  const write = (by: Viewer, theoryScore: number) => {
    const row = { academyId: academy.id, id: newId(), enrolmentId, assessedOn: '2026-11-28', result: 'passed' }
    return as(by, (tx) => tx.insert(assessment).values({ ...row, theoryScore, createdAt: now }))
  }
  await expect(write(second, 80)).rejects.toMatchObject({ status: 404 })
  await propose(of.id, { [enrolmentId]: { theory: '80' } })
  await expect(write(admin, 80)).rejects.toMatchObject({ status: 404 })
  await expect(write(second, 81)).rejects.toMatchObject({ status: 404 })
  await expect(write(second, 80)).resolves.toBeDefined()
})

test('what waits for confirmation is in no figure; confirmed, it is', async () => {
  const own = await world.academy()
  const two = [await world.staff('academy_admin', own), await world.staff('academy_admin', own)] as const
  const of = await world.classOf(own, { origin: 'ledger', capacity: null })
  const { id } = await world.enrolment(of, { hoursAttended: 16, creditedOn: '2026-11-22' })
  const assessed = async () => {
    const figures = await as(system('figures'), (tx) =>
      figuresOf(tx, { year: 2026, today: '2026-12-01', academyIds: [own.id] }),
    )
    return figures.academies[0]?.counts.assessed
  }
  const given = { ...asked(of.id, { [id]: { theory: '90' } }), academyId: own.id }
  await as(two[0], (tx) => proposeResults(tx, { ...given, viewer: two[0] }))
  expect(await assessed()).toBe(0)
  const ids = await waitingIds(two[1], of.id)
  await as(two[1], (tx) => confirmResults(tx, { ...given, viewer: two[1], ids }))
  expect(await assessed()).toBe(1)
})

test('entered anew before anybody confirmed it, the newer alone waits, and is of whoever entered that', async () => {
  const of = await world.classOf(academy)
  const { id } = await world.enrolment(of)
  await propose(of.id, { [id]: { theory: '70' } })
  const was = attemptMark({ result: 'passed', theoryScore: 70, practicalScore: null })
  expect(await propose(of.id, { [id]: { theory: '75' } }, {}, second)).toMatchObject({
    faults: [{ fault: 'changed_meanwhile' }],
  })
  expect(await propose(of.id, { [id]: { theory: '75', was } }, {}, second)).toEqual({ ok: true, changed: 1 })
  expect(await propose(of.id, { [id]: { theory: '75', was } }, {}, second)).toEqual({ ok: true, changed: 0 })
  const ids = await waitingIds(admin, of.id)
  expect(ids).toHaveLength(1)
  expect(await confirm(of.id, ids)).toMatchObject({ left: [{ because: 'own' }] })
  expect(await confirm(of.id, ids, admin)).toMatchObject({ changed: 1 })
  expect(await stored(id)).toMatchObject([{ theory_score: 75 }])
})

test('a correction that takes back what was entered last leaves nothing waiting, and the confirmed result as it is', async () => {
  const of = await world.classOf(academy)
  const { id } = await world.enrolment(of)
  await record(of.id, { [id]: { theory: '70' } })
  await propose(of.id, { [id]: { theory: '95', was: '70//passed' } }, { reason: '看错行' })
  expect(await propose(of.id, { [id]: { theory: '70', was: '95//passed' } })).toEqual({ ok: true, changed: 1 })
  expect(await waitingIds(second, of.id)).toHaveLength(0)
  expect(await stored(id)).toMatchObject([{ theory_score: 70 }])
})

test('a result is returned with a reason, waits no more, and can be entered again', async () => {
  const of = await world.classOf(academy)
  const { id } = await world.enrolment(of)
  await propose(of.id, { [id]: { theory: '70' } })
  const ids = await waitingIds(second, of.id)
  const back = (reason: string) =>
    as(second, (tx) => returnResults(tx, { viewer: second, academyId: academy.id, classId: of.id, ids, now, reason }))
  expect(await back(' ')).toEqual({ ok: false, reason: 'reason_needed' })
  expect(await back('与原始记录不符')).toEqual({ ok: true, changed: 1 })
  expect(await confirm(of.id, ids)).toEqual({ ok: true, changed: 0, left: [] })
  expect(await stored(id)).toHaveLength(0)
  expect(await propose(of.id, { [id]: { theory: '71' } })).toEqual({ ok: true, changed: 1 })
})

test('what has changed since a result was entered keeps it from being confirmed', async () => {
  const of = await world.classOf(academy)
  const [left, corrected] = [await world.enrolment(of), await world.enrolment(of)]
  await record(of.id, { [corrected.id]: { theory: '70' } })
  await propose(of.id, { [left.id]: { result: 'passed' } })
  await propose(of.id, { [corrected.id]: { theory: '80', was: '70//passed' } }, { reason: '漏加一题' })
  await db.owner`update enrolment set seat = 'withdrawn' where id = ${left.id}`
  await db.owner`update assessment set theory_score = 71 where enrolment_id = ${corrected.id}`
  const { left: kept } = (await confirm(of.id, await waitingIds(second, of.id))) ?? {}
  expect(kept?.map(({ because }) => because).sort()).toEqual(['changed_meanwhile', 'gone'])
  await db.owner`update assessment set theory_score = 70 where enrolment_id = ${corrected.id}`
  await db.owner`update class set starts_on = '2026-11-29', ends_on = '2026-11-30' where id = ${of.id}`
  const [last] = (await confirm(of.id, await waitingIds(second, of.id)))?.left.slice(-1) ?? []
  expect(last).toMatchObject({ because: 'before_start' })
})

test('another academy sees nothing of what waits', async () => {
  const of = await world.classOf(academy)
  const { id } = await world.enrolment(of)
  await propose(of.id, { [id]: { theory: '70' } })
  const stranger = await world.staff('academy_admin', await world.academy())
  const waiting = await as(stranger, (tx) =>
    listWaiting(tx, { viewer: stranger, academyId: academy.id, classId: of.id }),
  )
  expect(waiting).toMatchObject({ rows: [], total: 0 })
  const ids = await waitingIds(second, of.id)
  expect(
    await as(stranger, (tx) =>
      confirmResults(tx, { viewer: stranger, academyId: academy.id, classId: of.id, ids, now }),
    ),
  ).toBeNull()
})

test('that results wait is told once a class and day to the academy’s other administrators who do not teach it', async () => {
  const of = await world.classOf(academy, { name: '焊工班' })
  const [teaches, elsewhere] = [await world.staff('academy_admin', academy), await world.academy()]
  const foreign = await world.staff('academy_admin', elsewhere)
  await db.owner`insert into class_staff (academy_id, class_id, account_id)
    values (${academy.id}, ${of.id}, ${teaches.accountId})`
  const places = await Promise.all(Array.from({ length: 4 }, () => world.enrolment(of)))
  const [first, next, third, fourth] = places.map(({ id }) => id)
  const told = async (viewer: Viewer) =>
    (
      await db.owner`select detail from notice where account_id = ${viewer.accountId} and kind = 'results.waiting'
      and detail->>'classId' = ${of.id}`
    ).map((row) => row.detail)
  const enter = (enrolmentId: string | undefined, by: Viewer, at: string, theory = '70') =>
    as(by, (tx) =>
      proposeResults(tx, {
        ...{ ...asked(of.id, { [enrolmentId ?? '']: { theory } }), now: new Date(`${at}+08:00`) },
        ...{ viewer: by, academyId: academy.id },
      }),
    )
  await enter(first, admin, '2026-12-01T09:00:00')
  await enter(next, admin, '2026-12-01T23:59:59')
  expect((await told(second)).map(({ title }) => title)).toEqual(['焊工班'])
  expect(await Promise.all([admin, teaches, foreign].map(told))).toEqual([[], [], []])
  await enter(third, admin, '2026-12-02T00:00:00')
  expect(await told(second)).toHaveLength(2)
  await enter(third, second, '2026-12-02T00:00:00', '') // nothing entered, nothing waits by it
  expect(await told(admin)).toEqual([])
  await enter(fourth, second, '2026-12-02T00:00:00')
  expect([(await told(admin)).length, (await told(second)).length]).toEqual([1, 2])
})

test('a result is doubted before the class’s last session and without credited hours; that of who was absent is not', () => {
  const on = { assessedOn: '2026-11-28', lastSessionOn: '2026-11-28', isCredited: true }
  expect(doubtsOf({ result: 'passed' }, on)).toEqual([])
  expect(doubtsOf({ result: 'passed' }, { ...on, lastSessionOn: null })).toEqual([])
  const early = { ...on, lastSessionOn: '2026-11-29', isCredited: false }
  expect(doubtsOf({ result: 'failed' }, early)).toEqual(['before_last_session', 'no_credit'])
  expect(doubtsOf({ result: 'absent' }, early)).toEqual([])
})

test('what speaks against a result has to be affirmed, and the second person sees it; a cancelled session is no last one', async () => {
  const of = await world.classOf(academy, { endsOn: '2026-11-30' })
  const session = (day: string, cancelReason?: string) => {
    const status = cancelReason ? 'cancelled' : 'planned'
    const at = { startsAt: new Date(`${day}T23:00:00+08:00`), endsAt: new Date(`${day}T23:45:00+08:00`) }
    return {
      academyId: academy.id,
      classId: of.id,
      id: newId(),
      hours: 1,
      kind: 'practical',
      status,
      cancelReason,
      ...at,
    }
  }
  await world.db.insert(classSession).values([session('2026-11-29'), session('2026-11-30', '台风')])
  const credited = { hoursAttended: 16, creditedOn: '2026-11-30' }
  const [bare, done] = [await world.enrolment(of), await world.enrolment(of, credited)]
  const typed = { [bare.id]: { theory: '70' }, [done.id]: { theory: '70' } }
  const doubts = async () => {
    const { rows } = await as(second, (tx) =>
      listWaiting(tx, { viewer: second, academyId: academy.id, classId: of.id }),
    )
    return rows.map(({ doubts }) => doubts)
  }
  expect(await propose(of.id, typed, { isAffirmed: false, assessedOn: '2026-11-29' })).toMatchObject({
    ok: false,
    faults: [],
    doubted: [{ enrolmentId: bare.id, doubts: ['no_credit'] }],
  })
  const early = await propose(of.id, typed, { isAffirmed: false })
  expect(early).toMatchObject({ ok: false, doubted: [{}, { enrolmentId: done.id, doubts: ['before_last_session'] }] })
  expect(await doubts()).toEqual([])
  expect(await propose(of.id, typed, { isAffirmed: true })).toEqual({ ok: true, changed: 2 })
  expect(await doubts()).toEqual([['before_last_session', 'no_credit'], ['before_last_session']])
  // Nothing new is entered: nothing is asked either.
  const same = { [bare.id]: { theory: '70', was: '70//passed' } }
  expect(await propose(of.id, same, { isAffirmed: false })).toEqual({ ok: true, changed: 0 })
})

test('workers are told once that results of theirs are confirmed, in the app which, never a score; what was not confirmed is not told', async () => {
  const of = await world.classOf(academy)
  const [passed, failed, waits] = [await world.worker(), await world.worker(), await world.worker()]
  const union = await world.union()
  const placeOf = ({ accountId }: Viewer) => world.enrolment(of, { accountId }).then(({ id }) => id)
  const [one, other, third] = [await placeOf(passed), await placeOf(failed), await placeOf(waits)]
  const { id: unreached } = await world.enrolment(of, { enterpriseId: union.enterpriseId })
  await record(of.id, {
    [one]: { theory: '93', practical: '87' },
    [other]: { theory: '41.5' },
    [unreached]: { theory: '77' },
  })
  await propose(of.id, { [third]: { theory: '66' } })
  const said = ['academyCode', 'classId', 'result', 'title', 'titleEn', 'until']
  const told = async (viewer: Viewer) => {
    const { notices } = await as(viewer, (tx) => listNotices(tx, { accountId: viewer.accountId, before: null }))
    const sms = notices.map((notice) => smsText(notice, { locale: 'zh-CN', signature: null }))
    expect(sms.join()).not.toMatch(/\d/)
    for (const { kind, detail } of notices)
      if (kind === 'results.confirmed') expect(Object.keys(detail).sort()).toEqual(said)
    return notices.map((notice) => [
      notice.kind === 'results.confirmed' ? notice.detail.result : notice.kind,
      noticePath(notice),
    ])
  }
  const page = `/academies/${academy.code}/classes/${of.id}`
  expect(await told(passed)).toEqual([['passed', '/learn/certificates']])
  expect(await told(failed)).toEqual([['failed', page]])
  expect(await told(waits)).toEqual([])
  expect(await told(union)).toEqual([['worker.not_reached', `/enterprise/classes/${academy.code}/${of.id}`]])
  await record(of.id, { [other]: { theory: '88' } }, { assessedOn: '2026-11-30' })
  expect(await told(failed)).toEqual([
    ['passed', '/learn/certificates'],
    ['failed', page],
  ])
})
