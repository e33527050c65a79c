import { expect, test } from 'vitest'
import {
  type Entry,
  entryOf,
  isInTime,
  type LatestAttempt,
  openQuestions,
  readChanges,
  rightToPass,
  showMark,
} from '#app/features/courses/attempts.ts'
import { passes } from '#app/features/courses/marking.ts'
import type { Question } from '#app/features/courses/question.ts'

const NOON = new Date('2026-11-01T04:00:00Z')
const after = (hours: number, ms = 0) => new Date(NOON.getTime() + hours * 3_600_000 + ms)
const failed = (number: number): LatestAttempt => ({
  number,
  submittedAt: NOON,
  isPassed: false,
})
const rules = { attempts: 3, pauseHours: 24 }
const enter = (latest: LatestAttempt | null, now = NOON, areLessonsDone = true): Entry =>
  entryOf(latest, rules, { areLessonsDone, now })

test('the first, second and third attempt follow each other at once; then comes the pause, and three more', () => {
  expect(enter(null)).toEqual({ ok: true, left: 2 })
  expect(enter(failed(1))).toEqual({ ok: true, left: 1 })
  expect(enter(failed(2))).toEqual({ ok: true, left: 0 })
  expect(enter(failed(3))).toEqual({ ok: false, reason: 'pause', until: after(24) })
  expect(enter(failed(4), after(30))).toEqual({ ok: true, left: 1 })
  expect(enter(failed(6), after(1))).toMatchObject({ reason: 'pause' })
})

test('the pause ends to the millisecond: one before it is still on, at its end an attempt begins', () => {
  expect(enter(failed(3), after(24, -1))).toMatchObject({ ok: false, reason: 'pause' })
  expect(enter(failed(3), after(24))).toEqual({ ok: true, left: 2 })
})

test('without a pause every attempt may follow the last', () => {
  expect(entryOf(failed(3), { attempts: 3, pauseHours: 0 }, { areLessonsDone: true, now: NOON })).toMatchObject({
    ok: true,
  })
})

test('a test that was passed is not sat again; one that runs is gone on with; before it come the lessons', () => {
  expect(enter({ ...failed(1), isPassed: true })).toEqual({ ok: false, reason: 'passed' })
  expect(enter({ ...failed(1), submittedAt: null, isPassed: null }, NOON, false)).toEqual({
    ok: false,
    reason: 'running',
  })
  expect(enter(null, NOON, false)).toEqual({ ok: false, reason: 'lessons' })
})

test('an answer at the very deadline is in time, one a millisecond later is not', () => {
  expect(isInTime(NOON, NOON)).toBe(true)
  expect(isInTime(NOON, after(0, 1))).toBe(false)
})

test('so many right as it says pass, and one fewer does not, for every size of test', () => {
  for (const questionCount of [20, 21, 23, 24, 50, 99]) {
    for (const passPercent of [1, 33, 60, 66, 67, 80, 100]) {
      const right = rightToPass({ questionCount, passPercent })
      expect(passes(right, questionCount, passPercent)).toBe(true)
      expect(passes(right - 1, questionCount, passPercent)).toBe(false)
    }
  }
})

const options = ['A', 'B'].map((id) => ({ id, text: id }))
const questions: Question[] = [
  { id: 'one', kind: 'single', prompt: '一', options },
  { id: 'many', kind: 'multiple', prompt: '二', options },
  { id: 'word', kind: 'fill_in', prompt: '三' },
]
const formOf = (fields: [string, string][]) => {
  const form = new FormData()
  for (const [name, value] of fields) form.append(name, value)
  return form
}

test('of a whole form only what differs from what it was opened with is written: an old tab overwrites nothing', () => {
  const was = JSON.stringify({ one: ['A'], many: ['A', 'B'], word: ['x'] })
  const same = [
    ['q-one', 'A'],
    ['q-many', 'A'],
    ['q-many', 'B'],
    ['q-word', 'x'],
  ] as [string, string][]
  expect(readChanges(questions, formOf([['was', was], ...same]))).toEqual({})
  expect(
    readChanges(
      questions,
      formOf([
        ['was', was],
        ['q-one', 'B'],
        ['q-word', 'x'],
      ]),
    ),
  ).toEqual({ one: ['B'], many: [] })
  expect(
    readChanges(
      questions,
      formOf([
        ['was', '{}'],
        ['q-one', 'A'],
      ]),
    ),
  ).toEqual({ one: ['A'] })
})

test('a script names the questions that it sends: one that it names without an answer is emptied, others stay', () => {
  expect(
    readChanges(
      questions,
      formOf([
        ['changed', 'many'],
        ['q-one', 'A'],
      ]),
    ),
  ).toEqual({ many: [] })
  expect(readChanges(questions, formOf([['q-one', 'A']]))).toEqual({})
  expect(
    readChanges(
      questions,
      formOf([
        ['changed', '__proto__'],
        ['changed', 'other'],
      ]),
    ),
  ).toEqual({})
})

test('whatever a form says that it was opened with is read without harm', () => {
  for (const was of ['', 'null', '[]', '{"one":5}', '{"__proto__":["A"]}', '{', '"x"', '{"one":[{"a":1}]}']) {
    expect(
      readChanges(
        questions,
        formOf([
          ['was', was],
          ['q-one', 'A'],
        ]),
      ),
    ).toEqual({ one: ['A'] })
  }
})

test('what could not be marked is open', () => {
  expect(openQuestions(questions, { one: ['A'], many: [] })).toEqual(['many', 'word'])
})

test('of a marked question is shown what the test shows, and no more', () => {
  const mark = { id: 'q', given: ['5'], right: ['6'], tolerance: '1', isRight: false, why: '因为' }
  expect(showMark(mark, 'answers')).toEqual(mark)
  expect(showMark(mark, 'mistakes')).toEqual({ id: 'q', given: ['5'], right: null, isRight: false, why: '因为' })
  expect(showMark({ ...mark, isRight: true }, 'mistakes')).toMatchObject({ right: null, why: null })
  expect(showMark(mark, 'score')).toEqual({ id: 'q', given: ['5'], right: null, isRight: false, why: null })
})
