import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Asked, drawPaper, keyAsAsked, type Topic } from '#app/features/courses/final-test/draw.ts'
import { shuffle } from '#app/features/courses/final-test/shuffle.server.ts'
import { type Key, markQuestion } from '#app/features/courses/marking.ts'
import { letterOf, type Question } from '#app/features/courses/question.ts'
import { questionShape } from '#app/features/courses/questions/question-shape.ts'
import { splitQuestion } from '#app/features/courses/questions/question-split.ts'
import { BANK } from './questions.ts'

const bank = BANK.map((one) => ({ topic: one.topic, ...splitQuestion(questionShape.parse(one), shuffle) }))
const topics: Topic[] = [
  { topic: 'first', count: 12 },
  { topic: 'second', count: 8 },
].map((topic) => ({
  ...topic,
  questions: bank.filter((one) => one.topic === topic.topic).map(({ question }) => question),
}))
const keyOf = (id: string): Key => bank.find(({ question }) => question.id === id)!.key
const ids = (paper: Asked[]) => paper.map(({ question }) => question.id)

test('every attempt has as many questions of each topic as the test says, none twice', () => {
  for (let round = 0; round < 50; round++) {
    const drawn = ids(drawPaper(topics, true, shuffle))
    expect(new Set(drawn).size).toBe(20)
    for (const { questions, count } of topics) {
      expect(drawn.filter((id) => questions.some((question) => question.id === id))).toHaveLength(count)
    }
  }
})

test('no question of a bank is left out for ever, and no two attempts need be alike', () => {
  const seen = new Set<string>()
  const orders = new Set<string>()
  for (let round = 0; round < 60; round++) {
    const drawn = ids(drawPaper(topics, true, shuffle))
    for (const id of drawn) seen.add(id)
    orders.add(drawn.join())
  }
  expect(seen.size).toBe(BANK.length)
  expect(orders.size).toBe(60)
})

test('a test that does not shuffle keeps the order of topics, questions and options', () => {
  const paper = drawPaper(topics, false, shuffle)
  const places = ids(paper).map((id) => BANK.findIndex((one) => one.id === id))
  expect(places).toEqual([...places].sort((one, other) => one - other))
  for (const { question } of paper) {
    const source = bank.find((one) => one.question.id === question.id)!.question
    if (question.kind === 'single' && source.kind === 'single') {
      expect(question.options.map((option) => option.text)).toEqual(source.options.map((option) => option.text))
    }
  }
})

/** What an answer says in words, whatever its options are called. */
function inWords(question: Question, answer: string[]): unknown {
  switch (question.kind) {
    case 'ordering':
      return question.items.map((item, row) => `${answer[row]} ${item}`).sort()
    case 'matching':
      return question.left
        .map((left, row) => `${left} ${question.right.find((_, place) => letterOf(place) === answer[row])}`)
        .sort()
    case 'numeric':
    case 'fill_in':
      return answer
    default:
      return answer.map((id) => question.options.find((option) => option.id === id)?.text).sort()
  }
}

test('however a question is shuffled, what is right in the bank is right in the attempt, and nothing else', () => {
  fc.assert(
    fc.property(fc.constantFrom(...bank), fc.boolean(), ({ question, key }, isShuffled) => {
      const [asked] = drawPaper([{ topic: 'x', count: 1, questions: [question] }], isShuffled, shuffle)
      const turned = keyAsAsked(asked!, key)
      expect(inWords(asked!.question, turned.answer)).toEqual(inWords(question, key.answer))
      expect(markQuestion(asked!.question, turned, turned.answer).isRight).toBe(true)
    }),
    { numRuns: 300 },
  )
})

test('对 stands before 错 in every attempt; other options are named by their place alone', () => {
  for (const { question } of drawPaper(topics, true, shuffle)) {
    if (question.kind === 'true_false') expect(question.options.map(({ id }) => id)).toEqual(['true', 'false'])
    else if ('options' in question) {
      expect(question.options.map(({ id }) => id)).toEqual(question.options.map((_, place) => letterOf(place)))
    }
  }
})

test('an attempt’s questions hold no answer and no reason', () => {
  const paper = drawPaper(topics, true, shuffle)
  expect(JSON.stringify(paper)).not.toMatch(/CANARY|7193|answer|why|accepted|tolerance/)
  expect(keyOf(paper[0]!.question.id).why).toContain('CANARY')
})
