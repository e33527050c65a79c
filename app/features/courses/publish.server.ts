import { and, eq, isNull, sql } from 'drizzle-orm'
import { record } from '#app/features/audit/audit.server.ts'
import type { Tx } from '#db/client.server.ts'
import { course, finalTest, finalTestVersion, lesson, lessonVersion } from '#db/schema/index.ts'
import { courseFolders, readCourseFiles } from './content/files.server.ts'
import { type CourseSource, parseCourse } from './content/folder.server.ts'
import { type PublishedLesson, prepareCourse } from './content/prepare.server.ts'
import { prerequisiteProblems, readPrerequisites } from './content/prerequisites.server.ts'
import { storeCourse } from './content/store.server.ts'
import { finding, type Problem } from './problem.ts'
import { compileLessons } from './publish/compile.server.ts'

export type PublishedCourse = {
  slug: string
  outcome: 'published' | 'unchanged' | 'refused'
  lessons: number
  /** Lessons that were compiled anew: those whose text, quiz or figures changed. */
  compiled: number
}

export type PublishReport = { courses: PublishedCourse[]; problems: Problem[] }

type PublishInput = {
  /** The folder with one folder per course, normally content/courses. */
  dir: string
  now: Date
  /** For tests: what compiles. */
  compile?: typeof compileLessons
}

/**
 * Publishes every course of a folder, in the transaction of the system purpose `content`. Each course is all or nothing: a
 * course with a problem stays as it was published last, and does not stop the others. Unchanged content costs its file reads
 * and two queries, and starts no process. A changed lesson becomes a new version; progress stays, and
 * only a new revision (the author's word for a change in substance) is told to those who finished the lesson before. A course whose
 * folder is gone stays published, since classes and progress refer to it; a lesson whose file is gone is withdrawn.
 * Publishing at the same time from two processes happens one after the other.
 */
export async function publishCourses(
  tx: Tx,
  { dir, now, compile = compileLessons }: PublishInput,
): Promise<PublishReport> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext('courses.publish'))`)
  const published = await publishedDigests(tx)
  const report: PublishReport = { courses: [], problems: [] }
  const folders = await courseFolders(dir)
  if (!folders) return { courses: [], problems: [{ file: dir, ...finding(1, 1, 'folder_missing', dir) }] }
  for (const slug of folders) {
    const before = published.get(slug)
    const files = await readCourseFiles(dir, slug)
    if (!('problems' in files) && before?.digest === files.digest) {
      report.courses.push({ slug, outcome: 'unchanged', lessons: before.lessons.size, compiled: 0 })
      continue
    }
    const source = 'problems' in files ? files : parseCourse(files)
    if ('problems' in source) {
      refuse(report, slug, source.problems)
      continue
    }
    const wrong = await findWrongPrerequisites(source, dir, folders, published)
    if (wrong.length > 0) {
      refuse(report, slug, wrong)
      continue
    }
    const prepared = await prepareCourse(source, before?.lessons ?? new Map(), compile)
    if ('problems' in prepared) {
      refuse(report, slug, prepared.problems)
      continue
    }
    try {
      await tx.transaction(async (inner) => {
        await storeCourse(inner, prepared, { finalTestDigest: before?.finalTest ?? null, now })
        await record(inner, {
          by: { kind: 'system', purpose: 'content' },
          now,
          kind: 'course.published',
          detail: { slug, version: prepared.digest.slice(0, 12), lessons: prepared.lessons.length },
        })
      })
    } catch (error) {
      const message = error instanceof Error ? (error.cause instanceof Error ? error.cause : error).message : 'unknown'
      refuse(report, slug, [{ file: slug, ...finding(1, 1, 'database', message) }])
      continue
    }
    const compiled = prepared.lessons.filter((one) => one.blocks !== null).length
    report.courses.push({ slug, outcome: 'published', lessons: prepared.lessons.length, compiled })
  }
  return report
}

async function findWrongPrerequisites(
  { slug, head, text }: CourseSource,
  dir: string,
  folders: readonly string[],
  published: Published,
): Promise<Problem[]> {
  if (head.prerequisites.length === 0) return []
  return prerequisiteProblems({ slug, head, text }, await readPrerequisites(dir, folders), published.keys())
}

function refuse(report: PublishReport, slug: string, problems: Problem[]): void {
  report.courses.push({ slug, outcome: 'refused', lessons: 0, compiled: 0 })
  report.problems.push(...problems)
}

type Published = Map<string, { digest: string; finalTest: string | null; lessons: Map<string, PublishedLesson> }>

/** Digest of every published course, of its final test, and of the current version of its lessons that are not withdrawn. */
async function publishedDigests(tx: Tx): Promise<Published> {
  const rows = await tx
    .select({
      slug: course.slug,
      digest: course.digest,
      lesson: lesson.slug,
      revision: lesson.revision,
      lessonDigest: lessonVersion.digest,
      testDigest: finalTestVersion.digest,
    })
    .from(course)
    .leftJoin(lesson, and(eq(lesson.courseSlug, course.slug), isNull(lesson.withdrawnAt)))
    .leftJoin(
      lessonVersion,
      and(
        eq(lessonVersion.courseSlug, lesson.courseSlug),
        eq(lessonVersion.lessonSlug, lesson.slug),
        eq(lessonVersion.version, lesson.version),
      ),
    )
    .leftJoin(finalTest, and(eq(finalTest.courseSlug, course.slug), isNull(finalTest.withdrawnAt)))
    .leftJoin(
      finalTestVersion,
      and(eq(finalTestVersion.courseSlug, finalTest.courseSlug), eq(finalTestVersion.version, finalTest.version)),
    )
  const published: Published = new Map()
  for (const row of rows) {
    const one = published.get(row.slug) ?? {
      digest: row.digest.toString('hex'),
      finalTest: row.testDigest?.toString('hex') ?? null,
      lessons: new Map(),
    }
    const { lesson: name, revision, lessonDigest } = row
    if (name && revision && lessonDigest) one.lessons.set(name, { digest: lessonDigest.toString('hex'), revision })
    published.set(row.slug, one)
  }
  return published
}
