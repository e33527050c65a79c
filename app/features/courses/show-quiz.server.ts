import type { Locale } from '#app/lib/i18n.ts'
import { finishedHtml } from '#app/ui/finished-html.tsx'
import { quizForm } from './lesson-content.server.tsx'
import type { LessonPage } from './lessons.server.ts'
import { QUIZ_ID, type ShownQuiz } from './quiz.tsx'

/** A lesson's quiz for an answer: the result of what was answered last, else (or `isAgain`) the form. Null: it has none. */
export function showQuiz(
  answer: Parameters<typeof finishedHtml>[0],
  { quiz, attempt, lesson }: Pick<LessonPage, 'quiz' | 'attempt' | 'lesson'>,
  {
    courseSlug,
    lessonSlug,
    isAgain,
    locale,
  }: { courseSlug: string; lessonSlug: string; isAgain: boolean; locale: Locale },
): ShownQuiz | null {
  if (!quiz) return null
  if (attempt?.isCurrent && !isAgain) return { kind: 'result', questions: attempt.questions ?? quiz.questions }
  const { version, digest } = lesson
  const form = quizForm({ courseSlug, lessonSlug, version, digest }, quiz, locale)
  return { kind: 'form', html: finishedHtml(answer, QUIZ_ID, form) }
}
