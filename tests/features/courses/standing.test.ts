import { expect, test } from 'vitest'
import { courseAddress, cutPage, narrowed, readCoursePlace } from '#app/features/courses/course-desk.ts'
import { type LearnerLesson, minutesEarned, type Standing, standingOf } from '#app/features/courses/standing.ts'
import { byDifficulty, toResults } from '#app/features/courses/watching/quiz-results.ts'

const facts = {
  isCredited: false,
  areLessonsDone: false,
  isFailing: false,
  test: null,
  since: '2026-11-01',
  lastOn: null,
}
const final = { isPassed: false, isExempt: false, fails: 0, attempts: 3 }
const tested = (given: object, more: object = {}) => ({
  ...{ areLessonsDone: true, lastOn: '2026-11-15', ...more },
  test: { ...final, ...given },
})
const lesson: LearnerLesson = {
  position: 1,
  isRead: false,
  isPassed: false,
  isDone: false,
  fails: 0,
  activeMs: 0,
  neededMs: 300_000,
}

test.each<[object, string, Standing]>([
  [{}, '2026-11-14', 'fresh'],
  [{}, '2026-11-15', 'not_begun'],
  [{ lastOn: '2026-11-02' }, '2026-11-15', 'learning'],
  [{ lastOn: '2026-11-02' }, '2026-11-16', 'idle'],
  [{ lastOn: '2026-11-15', isFailing: true }, '2026-11-15', 'failing'],
  [{ lastOn: '2026-11-02', isFailing: true, areLessonsDone: true }, '2026-12-31', 'done'],
  [{ isCredited: true }, '2026-12-31', 'done'],
  [tested({}), '2026-11-15', 'learning'],
  [tested({}), '2026-11-29', 'idle'],
  [tested({ isPassed: true, fails: 2 }), '2026-11-15', 'done'],
  [tested({ isExempt: true, fails: 2 }), '2026-11-15', 'done'],
  [tested({ isPassed: true }, { areLessonsDone: false }), '2026-11-15', 'learning'],
  [tested({ fails: 1 }), '2026-11-15', 'learning'],
  [tested({ fails: 2 }), '2026-11-15', 'test_failing'],
  [tested({ fails: 1, attempts: 1 }), '2026-11-15', 'test_failing'],
  [tested({ fails: 2 }, { isCredited: true }), '2026-11-15', 'done'],
])('with %j on %s a learner is %s', (given, today, standing) => {
  expect(standingOf({ ...facts, ...given }, today)).toBe(standing)
})

test('long reading of one lesson does not stand for another, and a lesson that is done has all its time', () => {
  const lessons = [
    { ...lesson, activeMs: 900_000 },
    { ...lesson, activeMs: 119_000 },
    { ...lesson, isDone: true },
  ]
  expect(minutesEarned(lessons)).toEqual({ earned: 11, needed: 15 })
  expect(minutesEarned([])).toEqual({ earned: 0, needed: 0 })
})

const id = (n: number) => `0192f000-0000-7000-8000-${String(n).padStart(12, '0')}`
const stand = (n: number, standing: Standing) => ({ enrolmentId: id(n), standing })

test('who is stuck stands first, and everybody is counted whatever is listed', () => {
  const all = [stand(1, 'done'), stand(2, 'idle'), stand(3, 'fresh'), stand(4, 'failing'), stand(5, 'not_begun')]
  const { listed } = narrowed(all, null)
  expect(listed.map(({ standing }) => standing)).toEqual(['failing', 'not_begun', 'idle', 'fresh', 'done'])
  const { listed: stuck, counts } = narrowed(all, 'stuck')
  expect(stuck).toHaveLength(3)
  expect(counts).toEqual({
    stuck: 3,
    failing: 1,
    test_failing: 0,
    not_begun: 1,
    idle: 1,
    fresh: 1,
    learning: 0,
    done: 1,
  })
})

test('the next page goes on where the last ended, also when the last one listed has moved or left', () => {
  const all = [1, 2, 3, 4, 5].map((n) => stand(n, 'idle'))
  const first = cutPage(all, null, 2)
  expect(first.page.map(({ enrolmentId }) => enrolmentId)).toEqual([id(1), id(2)])
  const moved = [stand(3, 'idle'), stand(4, 'idle'), stand(5, 'idle'), stand(2, 'learning')]
  expect(cutPage(moved, first.next, 2).page[0]).toEqual(stand(3, 'idle'))
  const last = cutPage(all, cutPage(all, first.next, 2).next, 2)
  expect([last.page.length, last.next]).toEqual([1, null])
  expect(cutPage(all, first.next, 3).next).toBeNull()
})

test('an address says all that a view shows, and what nobody could have written is the default', () => {
  const place = {
    view: 'learners',
    classId: id(1),
    state: 'stuck',
    isHardestFirst: false,
    after: `idle.${id(2)}`,
  } as const
  expect(readCoursePlace(new URLSearchParams(courseAddress(place)))).toEqual(place)
  expect(courseAddress(readCoursePlace(new URLSearchParams('view=x&class=1&state=y&sort=z&after=idle.1')))).toBe('')
  // What people say of a course is not narrowed to a class: the fewer, the easier to recognise.
  expect(readCoursePlace(new URLSearchParams(`view=ratings&class=${id(1)}`)).classId).toBeNull()
})

const single = { kind: 'single', prompt: '?', options: ['a', 'b', 'c'].map((one) => ({ id: one, text: one })) } as const
const quizOf = (ids: string[]) => ({
  ...{ lessonSlug: 'first', position: 1, title: '', titleEn: '' },
  questions: ids.map((one) => ({ ...single, id: one })) as never[],
})

test('the hardest question stands first, one that nobody answered last', () => {
  const counts = [
    { lessonSlug: 'first', id: 'easy', answered: 4, right: 3 },
    { lessonSlug: 'first', id: 'hard', answered: 4, right: 1 },
    { lessonSlug: 'other', id: 'new', answered: 9, right: 0 },
  ]
  const choices = [
    { lessonSlug: 'first', id: 'hard', given: 'b', times: 1 },
    { lessonSlug: 'first', id: 'hard', given: 'c', times: 2 },
    { lessonSlug: 'first', id: 'hard', given: 'gone', times: 9 },
  ]
  const results = toResults([quizOf(['new', 'easy', 'hard'])], counts, choices).sort(byDifficulty)
  expect(results.map(({ id: one }) => one)).toEqual(['hard', 'easy', 'new'])
  expect(results.map(({ mostWrong }) => mostWrong)).toEqual([{ text: 'c', times: 2 }, null, null])
  expect(results[2]!.right).toEqual({ numerator: 0, denominator: 0 })
})
