import { beforeAll, expect, test } from 'vitest'
import { system, type Viewer } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { actOnRoster } from '#app/features/certification/roster-acts.server.ts'
import { keepDocuments } from '#app/features/classfile/keep.server.ts'
import { sayNone } from '#app/features/classfile/none.server.ts'
import { removeWithReason } from '#app/features/classfile/remove.server.ts'
import { takeTurn } from '#app/features/classfile/turn.server.ts'
import { loadPolicy } from '#app/features/policy/policy.server.ts'
import { holdToClose, writeClosing } from '#app/features/training/close-class.server.ts'
import { newId } from '#app/lib/ids.ts'
import { runtime, setRuntime } from '#app/lib/runtime.server.ts'
import { freshDatabase, type TestDatabase } from '#tests/support/database.ts'
import { pdf } from '#tests/support/documents.ts'
import { temporaryFolder } from '#tests/support/folder.ts'
import { trainingWorld } from '#tests/support/training.ts'

let db: TestDatabase
let world: ReturnType<typeof trainingWorld>
let academy: Awaited<ReturnType<typeof world.academy>>
let admin: Viewer
beforeAll(async () => {
  db = await freshDatabase({ max: 10 })
  await as(system('setup'), loadPolicy)
  world = trainingWorld(db)
  setRuntime({ ...runtime(), env: { ...runtime().env, dataDir: temporaryFolder('closing') } })
  academy = await world.academy()
  admin = await world.staff('academy_admin', academy)
})

const now = new Date('2026-11-24T10:00:00+08:00')

const send = (classId: string, typed: Record<string, string>) => {
  const form = new FormData()
  for (const [name, value] of Object.entries(typed)) form.set(name, value)
  return actOnRoster(admin, { academyId: academy.id, classId, form, now })
}

test.each([
  ['hours', { attended: '16', practical: '', was: '' }],
  ['results', { theory: '80', practical: '80', result: 'passed', was: '' }],
])('a class that is closed while %s wait for it says that it is closed', async (intent, cells) => {
  const of = await world.classOf(academy)
  const { id } = await world.enrolment(of)
  const rows = Object.entries(cells).map(([name, value]) => [`${name}.${id}`, value])
  const typed = { intent, assessedOn: '2026-11-23', ...Object.fromEntries(rows) }
  const gates = { closed: gate(), commit: gate() }
  const closing = as(admin, async (tx) => {
    const closes = { academyId: academy.id, classId: of.id }
    await holdToClose(tx, closes)
    await writeClosing(tx, { viewer: admin, ...closes, code: of.code, missing: [], because: null, now })
    gates.closed.resolve()
    await gates.commit.promise
  })
  await gates.closed.promise
  const sent = send(of.id, typed)
  await expect.poll(waiting).toBeGreaterThan(0)
  gates.commit.resolve()
  await closing
  expect(await sent).toEqual({ ok: false, isClosed: true })
  // What is not the academy's at all stays unknown.
  expect(await send(newId(), typed)).toBeNull()
})

const classFileForm = (text: string) => {
  const form = new FormData()
  form.set('file', new Blob([Uint8Array.from(pdf(text))]), 'a.pdf')
  return new Request('http://site.test', { method: 'POST', body: form })
}

test('what comes to a class’s file while the class is closed finds it closed: nothing is added to it, removed from it or said of it', async () => {
  const of = await world.classOf(academy)
  const asked = { viewer: admin, academyCode: academy.code, classId: of.id, now }
  expect(await keepDocuments(asked, { part: 'notice', request: classFileForm('one') })).toMatchObject({ kept: 1 })
  const [kept] = await db.owner`select id from class_file where class_id = ${of.id}`
  const gates = { closed: gate(), commit: gate() }
  const closing = as(admin, async (tx) => {
    const closes = { academyId: academy.id, classId: of.id }
    await takeTurn(tx, of.id)
    await holdToClose(tx, closes)
    await writeClosing(tx, { viewer: admin, ...closes, code: of.code, missing: [], because: null, now })
    gates.closed.resolve()
    await gates.commit.promise
  })
  await gates.closed.promise
  const late = Promise.all([
    keepDocuments(asked, { part: 'photographs', request: classFileForm('two') }),
    removeWithReason(asked, { documentId: kept!.id, written: '传错了文件' }),
    sayNone(asked, { part: 'papers', isNone: true, written: '没有考核' }),
  ])
  await expect.poll(waiting).toBe(3)
  gates.commit.resolve()
  await closing
  const [added, removed, said] = await late
  expect(added).toMatchObject({ kept: 0, refused: [{ fileName: 'a.pdf', reason: 'class_closed' }] })
  expect(removed).toEqual({ ok: false, reason: 'class_closed' })
  expect(said).toEqual({ ok: false, reason: 'class_closed' })
  // Who gets a certificate later signs for it later.
  const receipt = keepDocuments(asked, { part: 'receipts', request: classFileForm('three') })
  expect(await receipt).toMatchObject({ kept: 1 })
})

async function waiting(): Promise<number> {
  const [row] = await db.owner`select count(*)::int as of from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock'`
  return row?.of ?? 0
}

function gate() {
  let resolve = () => {}
  const promise = new Promise<void>((open) => {
    resolve = open
  })
  return { promise, resolve }
}
