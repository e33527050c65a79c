import { createHash } from 'node:crypto'
import { lstat, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { COMPILER_VERSION } from '../blocks.ts'
import { ASSET_NAME } from '../mdx/allowed.ts'
import { type Finding, finding, type Problem } from '../problem.ts'
import { type QuizSource, quizShape } from '../quiz-shape.ts'
import { sha256 } from './digest.server.ts'
import { BANK_FILE, type FinalTestSource, readFinalTest, TEST_FILE } from './final-test.server.ts'
import { type LessonHead, splitFrontMatter } from './front-matter.ts'
import { entriesIn, type GlossaryEntry, glossaryShape } from './glossary.ts'
import { type CourseHead, courseShape } from './shapes.ts'
import { checkSvg } from './svg.ts'
import { KILOBYTE, readText } from './text.ts'
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
  digest: string
}

const LIMITS = { mdx: 64 * KILOBYTE, yaml: 64 * KILOBYTE, bank: 512 * KILOBYTE, svg: 256 * KILOBYTE, files: 300 }
const SLUG = '[a-z0-9][a-z0-9-]{0,62}'
const GLOSSARY = 'glossary.yaml'
const FOLDER = new RegExp(`^${SLUG}$`)
const LESSON = new RegExp(`^(\\d{2})-(${SLUG})\\.mdx$`)
const QUIZ = new RegExp(`^(\\d{2}-${SLUG})\\.quiz\\.yaml$`)

/** The files of a course folder as bytes, and a digest over all of them: the same digest means nothing to do. */
export type CourseFiles = { slug: string; files: Map<string, Buffer>; digest: string }

/**
 * Reads the files of one course folder, no more than a course may have, and looks into none of them. Files whose name
 * begins with a dot are the operating system's.
 */
export async function readCourseFiles(dir: string, slug: string): Promise<CourseFiles | { problems: Problem[] }> {
  const about = (name: string, found: Finding): Problem => ({ file: name === '' ? slug : `${slug}/${name}`, ...found })
  if (!FOLDER.test(slug)) return { problems: [about('', finding(1, 1, 'folder_name', slug))] }
  if (!(await lstat(join(dir, slug))).isDirectory()) return { problems: [about('', finding(1, 1, 'not_a_file'))] }
  const names = (await readdir(join(dir, slug))).filter((name) => !name.startsWith('.')).sort()
  if (names.length > LIMITS.files) return { problems: [about('', finding(1, 1, 'too_large', `${LIMITS.files} files`))] }

  const problems: Problem[] = []
  const files = new Map<string, Buffer>()
  for (const name of names) {
    const limit = limitOf(name)
    const stat = await lstat(join(dir, slug, name))
    if (limit === null) problems.push(about(name, finding(1, 1, 'unknown_file', name)))
    else if (!stat.isFile()) problems.push(about(name, finding(1, 1, 'not_a_file')))
    else if (stat.size > limit) problems.push(about(name, finding(1, 1, 'too_large', `${limit / KILOBYTE} KB`)))
    else files.set(name, await readFile(join(dir, slug, name)))
  }
  if (problems.length > 0) return { problems }
  const digest = sha256(COMPILER_VERSION, ...[...files].flat())
  return { slug, files, digest }
}

/** Understands the files of a course, all but the lessons' own text. Every problem is reported, not only the first. */
export function parseCourse({ slug, files, digest }: CourseFiles): CourseSource | { problems: Problem[] } {
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
  if (problems.length > 0 || !head || 'findings' in head) return { problems }
  return { slug, head: head.value, lessons, finalTest, assets, digest }
}

type Tell = (name: string, findings: Finding[]) => void

const sha256Bytes = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

/** The size a file of this name may have; null: not a file of a course. */
function limitOf(name: string): number | null {
  if (name === 'course.yaml' || name === GLOSSARY || name === TEST_FILE || QUIZ.test(name)) return LIMITS.yaml
  if (BANK_FILE.test(name)) return LIMITS.bank
  if (LESSON.test(name)) return LIMITS.mdx
  return ASSET_NAME.test(name) ? LIMITS.svg : null
}

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
      if (stem && !texts.has(`${stem}.mdx`)) tell(name, [finding(1, 1, 'quiz_without_lesson', name)])
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
