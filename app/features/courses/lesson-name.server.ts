import { and, eq, isNull } from 'drizzle-orm'
import type { Tx } from '#db/client.server.ts'
import { course, lesson } from '#db/schema/index.ts'

export type LessonAt = { courseSlug: string; lessonSlug: string }

/** A lesson by its names, for pages that are about it and do not show its text. */
export type LessonName = LessonAt & {
  courseTitle: string
  courseTitleEn: string
  position: number
  title: string
  titleEn: string
}

/** Null: there is no such lesson, or it was withdrawn. */
export async function findLessonName(tx: Tx, { courseSlug, lessonSlug }: LessonAt): Promise<LessonName | null> {
  const [row] = await tx
    .select(lessonNameColumns)
    .from(lesson)
    .innerJoin(course, eq(course.slug, lesson.courseSlug))
    .where(and(eq(lesson.courseSlug, courseSlug), eq(lesson.slug, lessonSlug), isNull(lesson.withdrawnAt)))
  return row ?? null
}

/** For queries that join `lesson` and `course`. */
export const lessonNameColumns = {
  courseSlug: lesson.courseSlug,
  lessonSlug: lesson.slug,
  courseTitle: course.title,
  courseTitleEn: course.titleEn,
  position: lesson.position,
  title: lesson.title,
  titleEn: lesson.titleEn,
}
