import type { Weakness } from '../publish/weakness.ts'

/** As much of a question as is looked at here; the kinds differ in the rest. */
export type AskedQuestion = {
  id: string
  kind: string
  why: string
  options?: readonly { id: string; text: string }[]
  answer?: unknown
}

/** Where question number n stands in its file. */
type PlaceOf = (index: number) => { line: number; column: number }

const [FEWEST, SHORTEST_WHY] = [3, 10]
/** With fewer a pattern may be chance. */
const PATTERN = 4

/** What a quiz or a bank does worse than it could: mostly what lets people pass who know nothing. */
export function weakQuestions(questions: readonly AskedQuestion[], placeOf: PlaceOf): Weakness[] {
  const found: Weakness[] = []
  if (questions.length < FEWEST) {
    found.push({ ...placeOf(0), code: 'quiz_few', detail: `${questions.length} ${FEWEST}` })
  }
  for (const [index, { why }] of questions.entries()) {
    if ([...why].length < SHORTEST_WHY) found.push({ ...placeOf(index), code: 'why_short', detail: why })
  }
  const singles = questions.filter((question) => question.kind === 'single').map(rightPlace)
  const places = singles.map(({ place }) => place)
  if (places.length >= PATTERN - 1 && new Set(places).size === 1) {
    found.push({ ...placeOf(0), code: 'answer_same_place', detail: `${places.length} ${places[0]! + 1}` })
  }
  const longest = singles.filter(({ isLongest }) => isLongest).length
  if (singles.length >= PATTERN && longest * 4 > singles.length * 3) {
    found.push({ ...placeOf(0), code: 'answer_longest', detail: `${longest} ${singles.length}` })
  }
  return found
}

/** The one answer that all the true-false questions of a course have, which nobody needs to think about. */
export function sameVerdict(questions: readonly AskedQuestion[]): { answer: string; count: number } | null {
  const answers = questions.filter(({ kind }) => kind === 'true_false').map(({ answer }) => String(answer))
  return answers.length >= PATTERN && new Set(answers).size === 1
    ? { answer: answers[0]!, count: answers.length }
    : null
}

/** Where the right option of a single choice stands, and whether its length gives it away. */
function rightPlace({ options = [], answer }: AskedQuestion): { place: number; isLongest: boolean } {
  const place = options.findIndex(({ id }) => id === String(answer))
  const lengths = options.map(({ text }) => [...text].length)
  const right = lengths[place] ?? 0
  return { place, isLongest: lengths.every((length, index) => index === place || length * 1.1 < right) }
}
