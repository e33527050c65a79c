import type { Block } from '../blocks.ts'
import type { Understood } from '../content/folder.server.ts'
import { placesOf } from '../content/yaml.ts'
import type { Weakness } from '../publish/weakness.ts'
import { weakFigure } from './figures.ts'
import { weakLesson } from './lesson.ts'
import { placeAt } from './place.ts'
import { sameVerdict, weakQuestions } from './questions.ts'

/** A weakness and the file that has it, below the content folder. */
export type Found = Weakness & { file: string }

const TWO_YEARS = 730 * 24 * 3600 * 1000

/** What a whole course does worse than it could. `blocks`: what each lesson became, by its slug. */
export function weakCourse(course: Understood, blocks: ReadonlyMap<string, readonly Block[]>, now: Date): Found[] {
  const { slug, texts, lessons, assets } = course
  const found: Found[] = []
  const tell = (name: string, weaknesses: readonly Weakness[]) => {
    for (const weakness of weaknesses) found.push({ file: `${slug}/${name}`, ...weakness })
  }
  tell('course.yaml', weakHead(course, now))
  for (const { slug: lesson, file, quiz } of lessons) {
    const name = file.slice(slug.length + 1)
    tell(name, weakLesson(texts.get(name) ?? '', blocks.get(lesson) ?? null, quiz !== null))
    const quizName = name.replace(/mdx$/, 'quiz.yaml')
    const places = placesOf(texts.get(quizName) ?? '', 'questions')
    if (quiz)
      tell(
        quizName,
        weakQuestions(quiz.questions, (index) => places[index] ?? TOP),
      )
  }
  if (course.finalTest) {
    const name = `${course.finalTest.head.bank}.bank.yaml`
    const places = placesOf(texts.get(name) ?? '', 'questions')
    tell(
      name,
      weakQuestions(course.finalTest.bank.questions, (index) => places[index] ?? TOP),
    )
  }
  const used = lessons.map(({ body }) => body).join('\n')
  for (const { name, width } of assets) {
    tell(name, weakFigure(texts.get(name) ?? '', width))
    if (!used.includes(name)) tell(name, [{ ...TOP, code: 'figure_unused', detail: '' }])
  }
  tell('glossary.yaml', unusedTerms(course))
  return found
}

const TOP = { line: 1, column: 1 }

function weakHead({ head, texts, lessons, finalTest }: Understood, now: Date): Weakness[] {
  if (!head) return []
  const found: Weakness[] = []
  const text = texts.get('course.yaml') ?? ''
  const place = (key: string) => placeAt(text, Math.max(text.search(new RegExp(`^${key}:`, 'm')), 0))
  if (head.sources.length === 0) found.push({ ...place('sources'), code: 'sources_missing', detail: '' })
  const age = now.getTime() - Date.parse(head.updated_on)
  if (age < 0) found.push({ ...place('updated_on'), code: 'updated_future', detail: head.updated_on })
  if (age > TWO_YEARS) found.push({ ...place('updated_on'), code: 'updated_long_ago', detail: head.updated_on })
  const asked = [...lessons.map(({ quiz }) => quiz), finalTest?.bank].flatMap((file) => file?.questions ?? [])
  const verdict = sameVerdict(asked)
  if (verdict) found.push({ ...TOP, code: 'verdict_same', detail: `${verdict.answer} ${verdict.count}` })
  return found
}

function unusedTerms({ glossary, lessons, texts }: Understood): Weakness[] {
  const marked = new Set(lessons.flatMap((lesson) => lesson.glossary.map(({ term }) => term)))
  const places = placesOf(texts.get('glossary.yaml') ?? '', 'terms')
  return glossary.flatMap(({ term }, index) =>
    marked.has(term) ? [] : [{ ...(places[index] ?? TOP), code: 'term_unused' as const, detail: term }],
  )
}
