import type { Block } from '../blocks.ts'
import type { CompileJob } from '../mdx/compile.server.ts'
import { finding, type Problem } from '../problem.ts'
import type { compileLessons } from '../publish/compile.server.ts'
import type { RequiredMedia } from '../time/needed.ts'
import type { CourseSource, LessonSource } from './folder.server.ts'
import { namesOf } from './glossary.ts'
import type { PageSource } from './pages.server.ts'

/** A lesson ready to be stored; `blocks` null: its current version has the same digest and stays, as do the recordings it asks to be played. */
export type PreparedLesson = LessonSource & { blocks: Block[] | null; required: RequiredMedia[] }

/** What readers see of a lesson now. */
export type PublishedLesson = { digest: string; revision: number }

export type PreparedCourse = Omit<CourseSource, 'lessons'> & { lessons: PreparedLesson[] }

/**
 * Compiles the lessons of a course whose digest is not the published one. All or nothing: one refused lesson refuses the
 * course, with the problems of every lesson.
 */
export async function prepareCourse(
  source: CourseSource,
  published: ReadonlyMap<string, PublishedLesson>,
  compile: typeof compileLessons,
): Promise<PreparedCourse | { problems: Problem[] }> {
  const back = source.lessons.filter(({ slug, head }) => head.revision < (published.get(slug)?.revision ?? 1))
  if (back.length > 0) return { problems: back.map((lesson) => wentBack(lesson, published.get(lesson.slug)!.revision)) }
  const changed = source.lessons.filter((lesson) => published.get(lesson.slug)?.digest !== lesson.digest)
  const compiled = await compile(changed.map((lesson) => jobOf(lesson, source)))
  const problems: Problem[] = []
  const compiledOf = new Map<string, { blocks: Block[]; required: RequiredMedia[] }>()
  for (const [index, result] of compiled.entries()) {
    const { slug, file } = changed[index]!
    if ('blocks' in result) compiledOf.set(slug, { blocks: result.blocks, required: result.required ?? [] })
    else problems.push(...result.findings.map((found) => ({ file, ...found })))
  }
  if (problems.length > 0) return { problems }
  return {
    ...source,
    lessons: source.lessons.map((lesson) => ({
      ...lesson,
      ...(compiledOf.get(lesson.slug) ?? { blocks: null, required: [] }),
    })),
  }
}

/** What the compile worker is told of a lesson. */
export function jobOf(
  lesson: PageSource<unknown>,
  { assets, media, glossary }: Pick<CourseSource, 'assets' | 'media' | 'glossary'>,
): CompileJob {
  return {
    body: lesson.body,
    hasQuiz: lesson.quiz !== null,
    glossary: lesson.glossary,
    terms: namesOf(glossary),
    assets: assets.map(({ name, digest, width, height }) => [name, { digest, width, height }]),
    media: media.map(({ path: _, name, ...info }) => [name, info]),
  }
}

/** Who finished the higher revision would be told of the lower one never, and of the next one wrongly. */
function wentBack({ file, revisionLine }: LessonSource, revision: number): Problem {
  return { file, ...finding(revisionLine, 1, 'revision_back', String(revision)) }
}
