import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readYaml } from '#app/features/courses/content/yaml.ts'
import { shuffle } from '#app/features/courses/final-test/shuffle.server.ts'
import { cleanAnswers, foldWord, type Key, markQuestion } from '#app/features/courses/marking.ts'
import { type Answers, faultOf, letterOf, type Question, readDecimal } from '#app/features/courses/question.ts'
import { questionShape } from '#app/features/courses/questions/question-shape.ts'
import { splitQuestion } from '#app/features/courses/questions/question-split.ts'
import { quizShape } from '#app/features/courses/questions/quiz-shape.ts'
import { QUESTIONS } from './questions.ts'

const base = { id: 'q', prompt: '题', why: '因' }
const source = (given: object) => questionShape.parse({ ...base, ...given })

/** Marks what somebody gave, as the server does: cleaned first. */
const mark = (question: Question, key: Key, ...given: string[]): boolean =>
  markQuestion(question, key, cleanAnswers([question], { [question.id]: given })[question.id] ?? []).isRight

const numeric = (answer: number, tolerance?: number, unit?: string) => {
  const { question, key } = splitQuestion(source({ kind: 'numeric', answer, tolerance, unit }), shuffle)
  return (typed: string) => mark(question, key, typed)
}

test('a number is right up to its tolerance, exactly, on both sides', () => {
  const isRight = numeric(36, 0.5, 'V')
  for (const typed of ['36', '35.5', '36.5', '36.50', '036.5']) expect(isRight(typed), typed).toBe(true)
  for (const typed of ['35.4', '36.6', '36.500000001', '35.499999999', '-36', '360'])
    expect(isRight(typed), typed).toBe(false)
  expect(numeric(0.3, 0.1)('0.2')).toBe(true) // 0.3 - 0.1 is less than 0.2 in a computer's own arithmetic
  expect(numeric(0.3, 0.1)('0.4')).toBe(true)
})

test('without a tolerance only the number itself is right, however it is written', () => {
  const isRight = numeric(1500, undefined, 'mm')
  for (const typed of ['1500', '1500.0', '1,500', '１５００', ' 1 500 ', '1500mm', '１５００ mm', '+1500']) {
    expect(isRight(typed), typed).toBe(true)
  }
  expect(isRight('1500.0001')).toBe(false)
  expect(numeric(36.5)('36。5')).toBe(true)
  expect(numeric(5, 0, 'mW')('5 MW')).toBe(false) // a billion times as much
})

test('what is no number is sent back, not marked wrong', () => {
  const { question } = splitQuestion(source({ kind: 'numeric', answer: 5 }), shuffle)
  for (const typed of ['五', '5V', '1/2', '5..1', '.', '-', '1,50', '1e3', '0x10', 'NaN', '1'.repeat(13)]) {
    expect(faultOf(question, [typed]), typed).toBe('not_a_number')
  }
  expect(faultOf(question, [''])).toBe('unanswered')
  expect(faultOf(question, ['5'])).toBeNull()
})

test('marking a number agrees with arithmetic in whole thousandths', () => {
  const thousandths = fc.integer({ min: 0, max: 5_000_000 })
  const near = fc.tuple(thousandths, fc.integer({ min: 0, max: 900 }), fc.integer({ min: -1000, max: 1000 }))
  fc.assert(
    fc.property(near, ([answer, tolerance, off]) => {
      const typed = Math.max(0, answer + off)
      const isRight = numeric(answer / 1000, tolerance / 1000)((typed / 1000).toFixed(3))
      expect(isRight).toBe(Math.abs(typed - answer) <= tolerance)
    }),
  )
})

test('reading a typed number never throws and never rounds', () => {
  fc.assert(fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (typed, unit) => void readDecimal(typed, unit)))
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 999_999_999_999 }), fc.nat(999_999_999), (whole, part) => {
      expect(readDecimal(`${whole}.${part}`)).toEqual({ units: BigInt(`${whole}${part}`), places: String(part).length })
    }),
  )
})

test('a word counts in any accepted form: full-width signs, capitals and spaces do not matter, other words do', () => {
  const fillIn = { kind: 'fill_in', prompt: '合闸前先____', accepted: ['验电', 'LOTO'] }
  const { question, key } = splitQuestion(source(fillIn), shuffle)
  for (const typed of ['验电', ' 验 电 ', '验　电', 'loto', 'ＬＯＴＯ', 'L O T O', 'Loto\u200b']) {
    expect(mark(question, key, typed), typed).toBe(true)
  }
  for (const typed of ['验', '验电笔', '不验电', 'L0T0', '验,电']) expect(mark(question, key, typed), typed).toBe(false)
  expect(faultOf(question, ['  '.trim()])).toBe('unanswered')
})

test('folding a word twice changes nothing more', () => {
  fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (word) => foldWord(foldWord(word)) === foldWord(word)))
})

const items = (count: number) => Array.from({ length: count }, (_, i) => ({ id: `s${i}`, text: `第${i}步` }))

test('an ordering is right in the one order of its author, whatever order it is shown in', () => {
  fc.assert(
    fc.property(fc.integer({ min: 3, max: 7 }), fc.infiniteStream(fc.nat()), (count, numbers) => {
      const random = numbers[Symbol.iterator]()
      const order = <T>(list: readonly T[]) =>
        [...list]
          .map((value) => ({ value, at: random.next().value as number }))
          .sort((a, b) => a.at - b.at)
          .map((one) => one.value)
      const { question, key } = splitQuestion(source({ kind: 'ordering', items: items(count) }), order)
      if (question.kind !== 'ordering') throw new Error(question.kind)
      const places = question.items.map((text) => String(items(count).findIndex((item) => item.text === text) + 1))
      expect(mark(question, key, ...places)).toBe(true)
      const swapped = places.map((place) => (place === '1' ? '2' : place === '2' ? '1' : place))
      expect(mark(question, key, ...swapped)).toBe(false)
      expect(question.items).not.toEqual(items(count).map((item) => item.text))
    }),
  )
})

test('an ordering with a gap, or with a number twice, is sent back', () => {
  const { question, key } = splitQuestion(source({ kind: 'ordering', items: items(3) }), shuffle)
  expect(faultOf(question, ['1', '', '3'])).toBe('incomplete')
  expect(faultOf(question, ['1', '1', '3'])).toBe('twice')
  expect(faultOf(question, ['', '', ''])).toBe('unanswered')
  expect(faultOf(question, ['3', '1', '2'])).toBeNull()
  expect(mark(question, key, '1', '1', '1')).toBe(false)
  expect(cleanAnswers([question], { q: ['4', '0', 'x'] })).toEqual({ q: [] })
  expect(cleanAnswers([question], { q: ['1', '9'] })).toEqual({ q: ['1', '', ''] })
})

const matching = {
  kind: 'matching',
  left: ['甲', '乙', '丙'].map((text, i) => ({ id: `l${i}`, text })),
  right: ['一', '二', '三', '四'].map((text, i) => ({ id: `r${i}`, text })),
  answer: { l0: 'r2', l1: 'r0', l2: 'r2' },
}

test('a matching is right when every left side has its own right one; one right side may serve twice', () => {
  for (let round = 0; round < 20; round++) {
    const { question, key } = splitQuestion(source(matching), shuffle)
    if (question.kind !== 'matching') throw new Error(question.kind)
    const letter = (text: string) => letterOf(question.right.indexOf(text))
    expect(mark(question, key, letter('三'), letter('一'), letter('三'))).toBe(true)
    expect(mark(question, key, letter('三'), letter('一'), letter('四'))).toBe(false)
    expect(faultOf(question, [letter('三'), '', ''])).toBe('incomplete')
    expect(cleanAnswers([question], { q: ['E', 'Z', '__proto__'] })).toEqual({ q: [] })
  }
})

test('whatever is posted to any kind is cleaned to what could have been chosen, and marking it never throws', () => {
  const split = QUESTIONS.map((one) => splitQuestion(questionShape.parse(one), shuffle))
  const posted = fc.dictionary(
    fc.constantFrom(...split.map(({ question }) => question.id), '__proto__', 'other'),
    fc.array(fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('a', '1', '2', 'A', 'B', 'true', '36', ''))),
  )
  fc.assert(
    fc.property(posted, (answers) => {
      const cleaned = cleanAnswers(
        split.map(({ question }) => question),
        answers as Answers,
      )
      for (const { question, key } of split) {
        const given = cleaned[question.id] ?? []
        const marked = markQuestion(question, key, given)
        if (faultOf(question, given)) expect(marked.isRight).toBe(false)
        expect(cleanAnswers([question], cleaned)[question.id]).toEqual(given)
      }
    }),
  )
})

test('the right answer to every kind, as its author wrote it, is right', () => {
  for (const one of QUESTIONS) {
    const { question, key } = splitQuestion(questionShape.parse(one), shuffle)
    expect(mark(question, key, ...key.answer), one.kind).toBe(true)
  }
})

test('the part of a question that everybody may see has neither its answer nor its reason, nor an order that tells', () => {
  for (const one of QUESTIONS) {
    const { question } = splitQuestion(questionShape.parse(one), shuffle)
    const text = JSON.stringify(question)
    expect(text).not.toMatch(/CANARY|answer|why|tolerance|accepted|"s1"|"r1"/)
  }
})

const wrong: [string, object, string][] = [
  ['a kind that does not exist', { kind: 'essay' }, 'questions[1].kind single multiple'],
  [
    'a multiple choice with one answer',
    { kind: 'multiple', options: items(3), answer: ['s0'] },
    'questions[1].answer: two or more',
  ],
  [
    'a true_false with other ids',
    { kind: 'true_false', options: items(2), answer: ['s0'] },
    'questions[1].options: true_false has',
  ],
  ['a number below zero', { kind: 'numeric', answer: -5 }, 'questions[1].answer: must not be negative'],
  [
    'a number with too many decimals',
    { kind: 'numeric', answer: 0.1234567 },
    'questions[1].answer: at most 6 decimals',
  ],
  ['a tolerance that is a word', { kind: 'numeric', answer: 1, tolerance: '约' }, 'questions[1].tolerance'],
  ['an ordering of two', { kind: 'ordering', items: items(2) }, 'questions[1].items'],
  [
    'an ordering that says the same twice',
    { kind: 'ordering', items: [...items(3), { id: 'x', text: '第0步' }] },
    'questions[1].items: two items say the same',
  ],
  [
    'a matching that leaves one out',
    { ...matching, answer: { l0: 'r0', l1: 'r1' } },
    'questions[1].answer: no right side is named for l2',
  ],
  [
    'a matching with an unknown side',
    { ...matching, answer: { l0: 'r0', l1: 'r1', l2: 'r9' } },
    'questions[1].answer.l2: right has no id r9',
  ],
  [
    'a fill-in without a blank',
    { kind: 'fill_in', prompt: '先做什么', accepted: ['验电'] },
    'questions[1].prompt: has one blank',
  ],
  [
    'a fill-in with two blanks',
    { kind: 'fill_in', prompt: '先____再____', accepted: ['验电'] },
    'questions[1].prompt: has one blank',
  ],
  ['a fill-in that accepts nothing', { kind: 'fill_in', prompt: '先____', accepted: [] }, 'questions[1].accepted'],
  [
    'a topic',
    { kind: 'numeric', answer: 1, topic: 'x' },
    'questions[1].topic: the questions of a lesson have no topic',
  ],
  ['a field that no kind has', { kind: 'numeric', answer: 1, hint: 'x' }, 'hint'],
]
test.each(wrong)('refused in a quiz, with its place: %s', (_name, given, message) => {
  const text = `pass_percent: 60\nquestions:\n  - ${JSON.stringify({ ...base, ...given })}\n`
  const read = readYaml(text, quizShape)
  const findings = 'findings' in read ? read.findings : []
  expect(findings.map((one) => one.detail).join('\n')).toContain(message)
  expect(findings.every((one) => one.line === 3 && one.column > 1)).toBe(true)
})
