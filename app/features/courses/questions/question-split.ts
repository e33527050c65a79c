import type { Key } from '../marking.ts'
import { letterOf, type Question } from '../question.ts'
import type { QuestionSource } from './question-shape.ts'

/** A list in another order; random, but for tests. */
export type Shuffle = <T>(list: readonly T[]) => T[]

/** Parts a question from its answer. What stands in the right order in the file is shuffled, and loses its name. */
export function splitQuestion(source: QuestionSource, shuffle: Shuffle): { question: Question; key: Key } {
  const { id, prompt, why } = source
  switch (source.kind) {
    case 'single':
    case 'multiple':
    case 'true_false':
      return {
        question: { id, kind: source.kind, prompt, options: source.options },
        key: { answer: source.answer, why },
      }
    case 'numeric': {
      const { answer, tolerance, unit } = source
      return { question: { id, kind: 'numeric', prompt, unit }, key: { answer: [answer], tolerance, why } }
    }
    case 'ordering': {
      const items = disorder(source.items, shuffle)
      const answer = items.map((item) => String(source.items.indexOf(item) + 1))
      return {
        question: { id, kind: 'ordering', prompt, items: items.map((item) => item.text) },
        key: { answer, why },
      }
    }
    case 'matching': {
      const right = shuffle(source.right)
      const letter = (of: string) => letterOf(right.findIndex((one) => one.id === source.answer[of]))
      const texts = (side: readonly { text: string }[]) => side.map((one) => one.text)
      return {
        question: { id, kind: 'matching', prompt, left: texts(source.left), right: texts(right) },
        key: { answer: source.left.map((one) => letter(one.id)), why },
      }
    }
    case 'fill_in':
      return { question: { id, kind: 'fill_in', prompt }, key: { answer: source.accepted, why } }
  }
}

/** Never the order that it came in: that would be the answer, ready made. */
function disorder<T>(list: readonly T[], shuffle: Shuffle): T[] {
  const shuffled = shuffle(list)
  return shuffled.every((item, index) => item === list[index]) ? [...list.slice(1), ...list.slice(0, 1)] : shuffled
}
