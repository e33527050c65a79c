import { createHash } from 'node:crypto'
import { nearest } from '#app/lib/nearest.ts'
import { COMPILER_VERSION } from '../blocks.ts'
import { type Finding, finding, type Problem } from '../problem.ts'
import { type QuizSource, quizShape } from '../quiz-shape.ts'
import { sha256 } from './digest.server.ts'
import { GLOSSARY, LESSON, limitOf, QUIZ } from './file-names.ts'
import type { CourseFiles } from './files.server.ts'
import { type FinalTestSource, readFinalTest } from './final-test.server.ts'
import { type LessonHead, splitFrontMatter } from './front-matter.ts'
import { entriesIn, type GlossaryEntry, glossaryShape } from './glossary.ts'
import { type CourseHead, courseShape } from './shapes.ts'
import { checkSvg } from './svg.ts'
import { readText } from './text.ts'
import { readYaml } from './yaml.ts'

export type AssetSource = { name: string; digest: string; bytes: Buffer; width: number; height: number }

export type LessonSource = {
  slug: string
  /** Path below the content folder. */
  file: string
  head: LessonHead
  /** Where the head says the revision; 1 where it does not. */
  revisionLine: number
  body: string
  quiz: QuizSource | null
  /** The terms of the course's glossary that its text marks. */
  glossary: GlossaryEntry[]
  digest: string
}

/** A course as it lies in its folder, everything but the lessons' text understood. */
export type CourseSource = {
  slug: string
  head: CourseHead
  lessons: LessonSource[]
  finalTest: FinalTestSource | null
  assets: AssetSource[]
  glossary: GlossaryEntry[]
  digest: string
}

/** As much of a course as could be understood, and what could not. */
export type Understood = Omit<CourseSource, 'head'> & {
  head: CourseHead | null
  /** The files that could be decoded, by name. */
  texts: Map<string, string>
  problems: Problem[]
}

/** A course whose files are all understood, or why not. */
export function parseCourse(files: CourseFiles): CourseSource | { problems: Problem[] } {
  const { problems, head, texts: _, ...course } = understandCourse(files)
  return problems.length > 0 || !head ? { problems } : { ...course, head }
}

/** Understands the files of a course, all but the lessons' own text. Every problem is reported, not only the first. */
export function understandCourse({ slug, files, digest }: CourseFiles): Understood {
  const problems: Problem[] = []
  const tell: Tell = (name, findings) => {
    for (const found of findings) problems.push({ file: name === '' ? slug : `${slug}/${name}`, ...found })
  }
  const texts = new Map<string, string>()
  const assets: AssetSource[] = []
  for (const [name, bytes] of files) {
    const read = readText(bytes, limitOf(name) ?? 0)
    if ('findings' in read) tell(name, read.findings)
    else {
      texts.set(name, read.text)
      const svg = name.endsWith('.svg') ? checkSvg(read.text) : null
      if (svg && 'findings' in svg) tell(name, svg.findings)
      else if (svg) assets.push({ name, digest: sha256Bytes(bytes), bytes, ...svg.info })
    }
  }
  if (!files.has('course.yaml')) tell('', [finding(1, 1, 'course_file_missing')])
  if (![...files.keys()].some((name) => LESSON.test(name))) tell('', [finding(1, 1, 'no_lessons')])
  const headText = texts.get('course.yaml')
  const head = headText === undefined ? null : readYaml(headText, courseShape)
  if (head && 'findings' in head) tell('course.yaml', head.findings)
  const glossaryText = texts.get(GLOSSARY)
  const glossary = glossaryText === undefined ? null : readYaml(glossaryText, glossaryShape)
  if (glossary && 'findings' in glossary) tell(GLOSSARY, glossary.findings)
  const terms = glossary && 'value' in glossary ? glossary.value.terms : []
  const lessons = readLessons(slug, texts, { assets, terms }, tell)
  const names = [...texts.keys()].flatMap((name) => LESSON.exec(name)?.[2] ?? [])
  const finalTest = readFinalTest(texts, names, tell)
  const known = head && 'value' in head ? head.value : null
  return { slug, head: known, lessons, finalTest, assets, glossary: terms, digest, texts, problems }
}

type Tell = (name: string, findings: Finding[]) => void

const sha256Bytes = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

/** Lessons in the order of their numbers, each with its quiz and a digest over all that its page is made of. */
function readLessons(
  slug: string,
  texts: Map<string, string>,
  { assets, terms }: { assets: AssetSource[]; terms: GlossaryEntry[] },
  tell: Tell,
): LessonSource[] {
  const lessons: LessonSource[] = []
  const seen = { numbers: new Set<string>(), slugs: new Set<string>() }
  for (const [name, text] of texts) {
    const [, number = '', lessonSlug = ''] = LESSON.exec(name) ?? []
    if (lessonSlug === '') {
      const stem = QUIZ.exec(name)?.[1]
      if (stem && !texts.has(`${stem}.mdx`)) {
        const lessons = [...texts.keys()].filter((other) => LESSON.test(other))
        const meant = nearest(`${stem}.mdx`, lessons)?.replace(/mdx$/, 'quiz.yaml')
        tell(name, [finding(1, 1, 'quiz_without_lesson', name, meant)])
      }
      continue
    }
    if (seen.numbers.has(number)) tell(name, [finding(1, 1, 'lesson_number_twice', number)])
    if (seen.slugs.has(lessonSlug)) tell(name, [finding(1, 1, 'lesson_name_twice', lessonSlug)])
    seen.numbers.add(number)
    seen.slugs.add(lessonSlug)

    const parts = splitFrontMatter(text)
    if ('findings' in parts) tell(name, parts.findings)
    const quizName = `${number}-${lessonSlug}.quiz.yaml`
    const quizText = texts.get(quizName)
    const quiz = quizText === undefined ? null : readYaml(quizText, quizShape)
    if (quiz && 'findings' in quiz) tell(quizName, quiz.findings)
    if ('findings' in parts || (quiz && 'findings' in quiz)) continue
    const used = assets.filter((asset) => text.includes(asset.name)).map((asset) => `${asset.name} ${asset.digest}`)
    const glossary = entriesIn(text, terms)
    const explained = glossary.map((entry) => JSON.stringify(entry))
    const digest = sha256(COMPILER_VERSION, text, quizText ?? '', ...used, ...explained)
    const revisionLine = Math.max(1, text.split('\n').findIndex((line) => /^revision\s*:/.test(line)) + 1)
    const source = { ...parts, revisionLine, quiz: quiz?.value ?? null, glossary, digest }
    lessons.push({ slug: lessonSlug, file: `${slug}/${name}`, ...source })
  }
  return lessons
}
