import { createHash } from 'node:crypto'
import { lstat, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { COMPILER_VERSION } from '../blocks.ts'
import { ASSET_NAME } from '../mdx/allowed.ts'
import { type Finding, finding, type Problem } from '../problem.ts'
import { type QuizSource, quizShape } from '../quiz-shape.ts'
import { type LessonHead, splitFrontMatter } from './front-matter.ts'
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
  body: string
  quiz: QuizSource | null
  digest: string
}

/** A course as it lies in its folder, everything but the lessons' text understood. */
export type CourseSource = {
  slug: string
  head: CourseHead
  lessons: LessonSource[]
  assets: AssetSource[]
  digest: string
}

const LIMITS = { mdx: 64 * KILOBYTE, yaml: 64 * KILOBYTE, svg: 256 * KILOBYTE, files: 300 }
const SLUG = '[a-z0-9][a-z0-9-]{0,62}'
const FOLDER = new RegExp(`^${SLUG}$`)
const LESSON = new RegExp(`^(\\d{2})-(${SLUG})\\.mdx$`)
const QUIZ = new RegExp(`^(\\d{2}-${SLUG})\\.quiz\\.yaml$`)

export const sha256 = (...parts: (string | Uint8Array)[]) => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part).update('\0')
  return hash.digest('hex')
}

/** Reads one course folder. Nothing in it is trusted, and nothing of it is run; every problem is reported, not the first. */
export async function readCourseFolder(dir: string, slug: string): Promise<CourseSource | { problems: Problem[] }> {
  const problems: Problem[] = []
  const tell = (name: string, findings: Finding[]) => {
    for (const found of findings) problems.push({ file: name === '' ? slug : `${slug}/${name}`, ...found })
  }
  if (!FOLDER.test(slug)) return { problems: [{ file: slug, ...finding(1, 1, 'folder_name', slug) }] }
  if (!(await lstat(join(dir, slug))).isDirectory())
    return { problems: [{ file: slug, ...finding(1, 1, 'not_a_file') }] }
  const names = (await readdir(join(dir, slug))).filter((name) => !name.startsWith('.')).sort()
  if (names.length > LIMITS.files) tell('', [finding(1, 1, 'too_large', `${LIMITS.files} files`)])
  if (problems.length > 0) return { problems }

  const texts = new Map<string, string>()
  const assets: AssetSource[] = []
  for (const name of names) {
    const limit = limitOf(name)
    if (limit === null) tell(name, [finding(1, 1, 'unknown_file', name)])
    else {
      const read = await readOne(join(dir, slug, name), limit)
      if ('findings' in read) tell(name, read.findings)
      else {
        texts.set(name, read.text)
        if (name.endsWith('.svg')) {
          const svg = checkSvg(read.text)
          if ('findings' in svg) tell(name, svg.findings)
          else assets.push({ name, digest: sha256Bytes(read.bytes), bytes: read.bytes, ...svg.info })
        }
      }
    }
  }
  const head = readHead(texts, tell, names)
  const lessons = readLessons(slug, texts, assets, tell)
  if (lessons.length === 0 && !names.some((name) => LESSON.test(name))) tell('', [finding(1, 1, 'no_lessons')])
  if (problems.length > 0 || !head) return { problems }
  const digest = sha256(JSON.stringify(head), ...lessons.map((lesson) => `${lesson.slug} ${lesson.digest}`))
  return { slug, head, lessons, assets, digest }
}

type Tell = (name: string, findings: Finding[]) => void

const sha256Bytes = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

/** The size a file of this name may have; null: not a file of a course. */
function limitOf(name: string): number | null {
  if (name === 'course.yaml' || QUIZ.test(name)) return LIMITS.yaml
  if (LESSON.test(name)) return LIMITS.mdx
  return ASSET_NAME.test(name) ? LIMITS.svg : null
}

async function readOne(
  path: string,
  limit: number,
): Promise<{ text: string; bytes: Buffer } | { findings: Finding[] }> {
  const stat = await lstat(path)
  if (!stat.isFile()) return { findings: [finding(1, 1, 'not_a_file')] }
  if (stat.size > limit) return { findings: [finding(1, 1, 'too_large', `${limit / KILOBYTE} KB`)] }
  const bytes = await readFile(path)
  const read = readText(bytes, limit)
  return 'findings' in read ? read : { text: read.text, bytes }
}

function readHead(texts: Map<string, string>, tell: Tell, names: string[]): CourseHead | null {
  const text = texts.get('course.yaml')
  if (text === undefined) {
    if (!names.includes('course.yaml')) tell('', [finding(1, 1, 'course_file_missing')])
    return null
  }
  const read = readYaml(text, courseShape)
  if ('value' in read) return read.value
  tell('course.yaml', read.findings)
  return null
}

/** Lessons in the order of their numbers, each with its quiz and a digest over all that its page is made of. */
function readLessons(slug: string, texts: Map<string, string>, assets: AssetSource[], tell: Tell): LessonSource[] {
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
    const digest = sha256(COMPILER_VERSION, text, quizText ?? '', ...used)
    lessons.push({ slug: lessonSlug, file: `${slug}/${name}`, ...parts, quiz: quiz?.value ?? null, digest })
  }
  return lessons
}
