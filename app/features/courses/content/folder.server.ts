import { finding, type Problem } from '../problem.ts'
import { LESSON, RESERVED } from './file-names.ts'
import type { CourseFiles } from './files.server.ts'
import { type FinalTestSource, readFinalTest } from './final-test.server.ts'
import { type LessonHead, splitFrontMatter } from './front-matter.ts'
import type { GlossaryEntry } from './glossary.ts'
import type { MediaFile } from './media.server.ts'
import { type AssetSource, decodeFiles, type PageSource, readGlossary, readPages, type Tell } from './pages.server.ts'
import { type CourseHead, courseShape } from './shapes.ts'
import { readYaml } from './yaml.ts'

export type LessonSource = PageSource<LessonHead>

/** A course as it lies in its folder, everything but the lessons' text understood. */
export type CourseSource = {
  slug: string
  head: CourseHead
  /** course.yaml as it was written. */
  text: string
  lessons: LessonSource[]
  finalTest: FinalTestSource | null
  assets: AssetSource[]
  media: MediaFile[]
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
export function understandCourse({ slug, files, media, digest }: CourseFiles): Understood {
  const problems: Problem[] = []
  const tell: Tell = (name, findings) => {
    for (const found of findings) problems.push({ file: name === '' ? slug : `${slug}/${name}`, ...found })
  }
  const { texts, assets } = decodeFiles(files, tell)
  if (!files.has('course.yaml')) tell('', [finding(1, 1, 'course_file_missing')])
  if (![...files.keys()].some((name) => LESSON.test(name))) tell('', [finding(1, 1, 'no_lessons')])
  const headText = texts.get('course.yaml')
  const head = headText === undefined ? null : readYaml(headText, courseShape)
  if (head && 'findings' in head) tell('course.yaml', head.findings)
  const glossary = readGlossary(texts, tell)
  const lessons = readPages({ slug, texts, assets, media, glossary }, splitFrontMatter, tell)
  const names = [...texts.keys()].flatMap((name) => LESSON.exec(name)?.[2] ?? [])
  for (const { slug: lessonSlug, file } of lessons) {
    if (RESERVED.has(lessonSlug)) problems.push({ file, ...finding(1, 1, 'lesson_name_reserved', lessonSlug) })
  }
  const finalTest = readFinalTest(texts, names, tell)
  const known = head && 'value' in head ? head.value : null
  const understood = { slug, head: known, text: headText ?? '', lessons, finalTest, assets, media, glossary }
  return { ...understood, digest, texts, problems }
}
