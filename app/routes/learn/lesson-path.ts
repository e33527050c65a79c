import type { LoaderFunctionArgs } from '@remix-run/node'
import type { LessonPage } from '#app/features/courses/lessons.server.ts'
import { coursePath, isSlug } from '#app/features/courses/progress.ts'
import { words } from '#app/features/courses/words.ts'
import { notFound } from '#app/lib/http.ts'
import type { ShellHandle } from '#app/routes/shell/handle.ts'

/** Which lesson an address below `/courses/:course/:lesson` is about. @throws a 404 Response for what can be none. */
export function readLessonPath({ params }: Pick<LoaderFunctionArgs, 'params'>): {
  courseSlug: string
  lessonSlug: string
} {
  const { course, lesson } = params
  if (!isSlug(course) || !isSlug(lesson)) throw notFound('lesson')
  return { courseSlug: course, lessonSlug: lesson }
}

/** The top of a lesson's page: the way back, and which of how many it is. */
export const lessonHandle: ShellHandle = {
  top: ({ data, params, locale }) => {
    const page = data as LessonPage | undefined
    const w = words[locale]
    const back = coursePath(params.course ?? '')
    if (!page) return { back, title: w.course }
    const { position } = page.lesson
    const all = page.lessons.length
    return {
      back,
      title: locale === 'en' ? page.courseTitleEn : page.courseTitle,
      note: w.fraction(position, all),
      progress: { value: position, max: all, label: w.lessonOf(position, all) },
    }
  },
}
