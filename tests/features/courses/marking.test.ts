import { expect, test } from 'vitest'
import {
  cleanAnswers,
  keptAnswers,
  LONGEST_TYPED,
  markQuiz,
  type QuizKey,
  readAnswers,
} from '#app/features/courses/marking.ts'
import type { Question } from '#app/features/courses/question.ts'

const options = ['a', 'b', 'c'].map((id) => ({ id, text: id }))
const questions: Question[] = [
  { id: 'one', kind: 'single', prompt: '一', options },
  { id: 'many', kind: 'multiple', prompt: '二', options },
  { id: 'true', kind: 'true_false', prompt: '三', options: options.slice(0, 2) },
]
const key: QuizKey = {
  one: { answer: ['a'], why: '因一' },
  many: { answer: ['a', 'c'], why: '因二' },
  true: { answer: ['b'], why: '因三' },
}
const right = { one: ['a'], many: ['c', 'a'], true: ['b'] }

test('every question right passes, in whatever order the options were ticked', () => {
  expect(markQuiz(questions, key, 100, right)).toMatchObject({ ok: true, rightCount: 3, isPassed: true })
})

test('a question with several answers is right only with all of them and no other', () => {
  for (const many of [['a'], ['c'], ['a', 'b', 'c'], ['a', 'b']]) {
    expect(markQuiz(questions, key, 100, { ...right, many })).toMatchObject({ rightCount: 2, isPassed: false })
  }
})

test('the pass mark is exact: two of three is 66.6 %, so it passes at 66 and not at 67', () => {
  const two = { ...right, one: ['b'] }
  expect(markQuiz(questions, key, 66, two)).toMatchObject({ isPassed: true })
  expect(markQuiz(questions, key, 67, two)).toMatchObject({ isPassed: false })
})

test('a quiz with an unanswered question is not marked at all, and says which', () => {
  expect(markQuiz(questions, key, 1, { one: ['a'] })).toEqual({
    ok: false,
    reason: 'unanswered',
    unanswered: ['many', 'true'],
  })
})

test('options that do not exist are no answer; ticking every option of a single choice is the first', () => {
  expect(markQuiz(questions, key, 1, { ...right, one: ['z', '__proto__'] })).toMatchObject({ unanswered: ['one'] })
  expect(cleanAnswers(questions, { ...right, one: ['c', 'b', 'a'] }).one).toEqual(['a'])
  expect(markQuiz(questions, key, 1, { one: [], many: [], true: [] })).toMatchObject({ ok: false })
})

test('what is typed is cut at its longest, and never through a character: half of one is no text to a database', () => {
  const typed: Question = { id: 'typed', kind: 'fill_in', prompt: '四' }
  const cut = (text: string) => cleanAnswers([typed], { typed: [text] }).typed![0]!
  expect(cut('字'.repeat(LONGEST_TYPED + 1))).toBe('字'.repeat(LONGEST_TYPED))
  expect(cut(`${'字'.repeat(LONGEST_TYPED - 1)}𬌗`)).toBe('字'.repeat(LONGEST_TYPED - 1))
})

test('the form is read by question; files and other fields are ignored', () => {
  const form = new FormData()
  form.append('q-one', 'a')
  form.append('q-many', 'a')
  form.append('q-many', 'c')
  form.append('q-true', new Blob(['x']))
  form.append('q-other', 'x')
  expect(readAnswers(questions, form)).toEqual({ one: ['a'], many: ['a', 'c'], true: [] })
})

test('after marking, each question says what was given, what is right, and why', () => {
  expect(markQuiz(questions, key, 60, { ...right, one: ['b'] })).toMatchObject({
    marked: [
      { id: 'one', given: ['b'], right: ['a'], isRight: false, why: '因一' },
      { id: 'many', given: ['a', 'c'], right: ['a', 'c'], isRight: true, why: '因二' },
      { id: 'true', given: ['b'], right: ['b'], isRight: true, why: '因三' },
    ],
  })
})

test('when the questions were published anew, what depends on their order is asked again, and the rest is kept', () => {
  const items = ['一', '二', '三']
  const asked: Question[] = [...questions, { id: 'steps', kind: 'ordering', prompt: '四', items }]
  expect(keptAnswers(asked, { ...right, steps: ['1', '2', '3'] })).toEqual({ ...right, steps: [] })
})
