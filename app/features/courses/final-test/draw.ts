import type { Key } from '../marking.ts'
import { letterOf, type Option, type Question } from '../question.ts'
import type { Shuffle } from '../questions/question-split.ts'

/** A topic of a bank: how many of its questions an attempt has. */
export type Topic = { topic: string; count: number; questions: Question[] }

/**
 * A question as it is asked in one attempt. Options and sides are named by their place there; `from` says which of the
 * bank's stands at each: the id of an option, the place of an item or left side. `rights`: the same of right sides.
 */
export type Asked = { question: Question; from: string[]; rights?: string[] }

/** The questions of a stored paper, which this feature alone writes, in this shape. */
export const questionsOf = (paper: unknown): Question[] => (paper as Asked[]).map(({ question }) => question)

/** Draws an attempt's questions by topic, every question of a topic as likely as the others. */
export function drawPaper(topics: readonly Topic[], isShuffled: boolean, shuffle: Shuffle): Asked[] {
  const drawn = topics.flatMap(({ count, questions }) => {
    const chosen = shuffle(questions).slice(0, count)
    return isShuffled ? chosen : questions.filter((question) => chosen.includes(question))
  })
  const ordered = isShuffled ? shuffle(drawn) : drawn
  return ordered.map((question) => askQuestion(question, isShuffled ? shuffle : (list) => [...list]))
}

function askQuestion(question: Question, order: Shuffle): Asked {
  switch (question.kind) {
    case 'single':
    case 'multiple': {
      const from = order(question.options.map((option) => option.id))
      return { question: { ...question, options: from.map((id, place) => renamed(question.options, id, place)) }, from }
    }
    case 'ordering': {
      const from = order(question.items.map((_, place) => String(place)))
      return { question: { ...question, items: pickAt(question.items, from) }, from }
    }
    case 'matching': {
      const from = order(question.left.map((_, place) => String(place)))
      const rights = order(question.right.map((_, place) => String(place)))
      const sides = { left: pickAt(question.left, from), right: pickAt(question.right, rights) }
      return { question: { ...question, ...sides }, from, rights }
    }
    // 对 stands before 错, always.
    case 'true_false':
    case 'numeric':
    case 'fill_in':
      return { question, from: [] }
  }
}

/** The option under a name that only says its place: an author's habits (a is right) are no help. */
function renamed(options: readonly Option[], id: string, place: number): Option {
  return { id: letterOf(place), text: options.find((option) => option.id === id)?.text ?? '' }
}

const pickAt = (texts: readonly string[], places: readonly string[]) =>
  places.map((place) => texts[Number(place)] ?? '')

/** What is right in the bank, said of the question as it was asked. */
export function keyAsAsked({ question, from, rights = [] }: Asked, key: Key): Key {
  switch (question.kind) {
    case 'single':
    case 'multiple':
      return { ...key, answer: key.answer.map((id) => letterOf(from.indexOf(id))) }
    case 'ordering':
      return { ...key, answer: pickAt(key.answer, from) }
    case 'matching': {
      const letter = (was: string) => letterOf(rights.indexOf(String(was.charCodeAt(0) - letterOf(0).charCodeAt(0))))
      return { ...key, answer: pickAt(key.answer, from).map(letter) }
    }
    case 'true_false':
    case 'numeric':
    case 'fill_in':
      return key
  }
}
