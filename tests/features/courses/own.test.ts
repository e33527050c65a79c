import { beforeAll, expect, test } from 'vitest'
import { system, type Viewer } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { findCourse } from '#app/features/courses/course-detail.server.ts'
import { keepPlace, setBookmark } from '#app/features/courses/marks.server.ts'
import { findLessonNotes, removeNote, rewriteNote, writeNote } from '#app/features/courses/notes.server.ts'
import { LONGEST_NOTE, MOST_NOTES } from '#app/features/courses/notes.ts'
import { listOwnLessons } from '#app/features/courses/own-list.server.ts'
import { placeToReturnTo, readPlace, readPlaces, withPlace } from '#app/features/courses/reading-place.ts'
import { newId } from '#app/lib/ids.ts'
import { lessonMark, lessonNote } from '#db/schema/index.ts'
import { PURPOSES } from '#db/values.ts'
import { freshDatabase, type TestDatabase } from '#tests/support/database.ts'
import { trainingWorld } from '#tests/support/training.ts'
import { plainCourse } from './support.ts'

const NOW = new Date('2026-11-01T02:00:00Z')
const LATER = new Date('2026-11-01T03:00:00Z')
const AT = { courseSlug: 'trial', lessonSlug: 'first' }
let database: TestDatabase
let world: ReturnType<typeof trainingWorld>
let worker: Viewer

beforeAll(async () => {
  database = await freshDatabase()
  world = trainingWorld(database)
  await plainCourse(database)
  worker = await world.worker()
})

const of = (viewer: Viewer) => ({ ...AT, accountId: viewer.accountId, now: NOW })
const write = (text: unknown, id = newId(), viewer = worker) =>
  as(viewer, (tx) => writeNote(tx, { ...of(viewer), id, text }))
const notesOf = async (viewer = worker) => (await as(viewer, (tx) => findLessonNotes(tx, of(viewer))))!.notes

test('a note is kept as written; the same form sent twice is one note', async () => {
  const id = newId()
  expect(await write(' 先验电，\r\n再接地。 ', id)).toEqual({ ok: true })
  expect(await write(' 先验电，\r\n再接地。 ', id)).toEqual({ ok: true })
  expect((await notesOf()).map((note) => note.text)).toEqual(['先验电，\n再接地。'])
})

test('an empty note, one that is too long, and one too many are refused, and say why', async () => {
  const other = await world.worker()
  expect(await write('  \n ', newId(), other)).toEqual({ ok: false, reason: 'empty' })
  expect(await write('长'.repeat(LONGEST_NOTE + 1), newId(), other)).toEqual({ ok: false, reason: 'long' })
  expect(await write('长'.repeat(LONGEST_NOTE), newId(), other)).toEqual({ ok: true })
  for (let n = 1; n < MOST_NOTES; n++) await write(`第${n}条`, newId(), other)
  expect(await write('再一条', newId(), other)).toEqual({ ok: false, reason: 'many' })
  expect(await notesOf(other)).toHaveLength(MOST_NOTES)
})

test('a note that was changed on another phone is not overwritten', async () => {
  const other = await world.worker()
  const id = newId()
  await write('原来', id, other)
  const rewrite = (text: string, was: Date) =>
    as(other, (tx) => rewriteNote(tx, { ...of(other), id, text, was: was.toISOString(), now: LATER }))
  expect(await rewrite('一改', NOW)).toEqual({ ok: true })
  expect(await rewrite('二改', NOW)).toEqual({ ok: false, reason: 'changed' })
  expect(await rewrite('一改', NOW)).toEqual({ ok: true }) // sent again after a lost answer
  expect(await notesOf(other)).toMatchObject([{ text: '一改', createdAt: NOW, changedAt: LATER }])
})

test('a note on a lesson that does not exist is absent; removing what is gone is fine', async () => {
  const nowhere = { ...of(worker), lessonSlug: 'nowhere' }
  expect(await as(worker, (tx) => writeNote(tx, { ...nowhere, id: newId(), text: 'x' }))).toEqual({
    ok: false,
    reason: 'absent',
  })
  expect(await as(worker, (tx) => findLessonNotes(tx, nowhere))).toBeNull()
  expect(await as(worker, (tx) => setBookmark(tx, { ...nowhere, isBookmarked: true }))).toBe(false)
  expect(await as(worker, (tx) => keepPlace(tx, { ...nowhere, place: 3 }))).toBe(false)
  await as(worker, (tx) => removeNote(tx, { ...of(worker), id: newId() }))
})

test('bookmark and place are on the outline of their owner alone, and setting them twice changes nothing', async () => {
  const other = await world.worker()
  for (let round = 0; round < 2; round++) {
    await as(other, (tx) => setBookmark(tx, { ...of(other), isBookmarked: true }))
    await as(other, (tx) => keepPlace(tx, { ...of(other), place: 7 }))
  }
  const outline = async (viewer: Viewer) =>
    (await as(viewer, (tx) => findCourse(tx, { courseSlug: 'trial', accountId: other.accountId })))!.lessons[0]
  expect(await outline(other)).toMatchObject({ isBookmarked: true, place: 7 })
  expect(await outline(worker)).toMatchObject({ isBookmarked: false, place: null })
  await as(other, (tx) => setBookmark(tx, { ...of(other), isBookmarked: false }))
  expect(await outline(other)).toMatchObject({ isBookmarked: false, place: 7 })
})

test('the list of one’s own has each lesson once, in order, a withdrawn one too', async () => {
  const other = await world.worker()
  await write('甲', newId(), other)
  await write('乙', newId(), other)
  await as(other, (tx) => setBookmark(tx, { ...of(other), lessonSlug: 'second', isBookmarked: true }))
  await database.owner`update lesson set withdrawn_at = now() where slug = 'second'`
  const list = await as(other, (tx) => listOwnLessons(tx, other))
  await database.owner`update lesson set withdrawn_at = null`
  expect(list).toMatchObject([
    { lessonSlug: 'first', isBookmarked: false, isWithdrawn: false, notes: [{ text: '甲' }, { text: '乙' }] },
    { lessonSlug: 'second', isBookmarked: true, isWithdrawn: true, notes: [] },
  ])
})

test('notes, bookmarks and places are nobody else’s to read or change, whatever the role or purpose', async () => {
  await write('私事')
  await as(worker, (tx) => keepPlace(tx, { ...of(worker), place: 4 }))
  const academy = await world.academy()
  const strangers = [
    await world.worker(),
    await world.staff('academy_admin', academy),
    await world.staff('instructor', academy),
  ]
  const officials = (['provincial_handler', 'provincial_reviewer', 'operator'] as const).map((role) => ({
    ...worker,
    accountId: newId(),
    role,
  }))
  for (const actor of [...strangers, ...officials, ...PURPOSES.map(system)]) {
    expect(await as(actor, (tx) => tx.select().from(lessonNote))).toEqual([])
    expect(await as(actor, (tx) => tx.select().from(lessonMark))).toEqual([])
    expect(await as(actor, (tx) => tx.delete(lessonNote).returning())).toEqual([])
    expect(await as(actor, (tx) => tx.update(lessonMark).set({ place: 0 }).returning())).toEqual([])
  }
})

test.each([
  [null, false, null],
  [1, false, null],
  [2, false, 2],
  [18, false, 18],
  [19, false, null],
  [400, false, null],
  [7, true, null],
])('of 20 pieces a reader who stopped at %s (done: %s) comes back to %s', (place, isDone, back) => {
  expect(placeToReturnTo(place, { pieces: 20, isDone })).toBe(back)
})

test('a browser remembers the latest 50 lessons, and what is unreadable is nothing', () => {
  let places: Record<string, number> = {}
  for (let n = 0; n < 60; n++) places = withPlace(places, `course/lesson-${n}`, n)
  places = withPlace(places, 'course/lesson-20', 5)
  expect(Object.keys(places)).toHaveLength(50)
  expect(Object.entries(places).at(-1)).toEqual(['course/lesson-20', 5])
  expect(readPlaces(JSON.stringify(places))).toEqual(places)
  for (const kept of [null, '', '{', '[', 'null', '7', '{"a":"b","c":1.5}']) expect(readPlaces(kept)).toEqual({})
  for (const sent of ['-1', '1e3', '12345', '', ' 1', undefined, new File([], 'x')]) expect(readPlace(sent)).toBeNull()
  expect(readPlace('12')).toBe(12)
})
