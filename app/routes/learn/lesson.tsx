import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData, useParams } from '@remix-run/react'
import { system } from '#app/features/accounts/actor.ts'
import { as, asReader } from '#app/features/accounts/as.server.ts'
import { optionalViewer, requireViewer } from '#app/features/accounts/guard.server.ts'
import { useTitle } from '#app/features/courses/course-parts.tsx'
import { finishLesson, submitQuiz } from '#app/features/courses/finish.server.ts'
import { learnerOf } from '#app/features/courses/learner.ts'
import { LessonBody } from '#app/features/courses/lesson-body.tsx'
import { findLessonTime, settleTime } from '#app/features/courses/lesson-time.server.ts'
import { OPENING_FIELD } from '#app/features/courses/lesson-time.ts'
import { LessonTools } from '#app/features/courses/lesson-tools.tsx'
import { findLesson } from '#app/features/courses/lessons.server.ts'
import { coursePath, isSlug, lessonPath, nextLesson } from '#app/features/courses/progress.ts'
import { QUIZ_ID } from '#app/features/courses/quiz.tsx'
import { ReadingPlace } from '#app/features/courses/reading-place.tsx'
import { showQuiz } from '#app/features/courses/show-quiz.server.ts'
import { showBlocks } from '#app/features/courses/shown-blocks.ts'
import { seeUpdate } from '#app/features/courses/updates.server.ts'
import { UpdateNotice } from '#app/features/courses/updates.tsx'
import { words } from '#app/features/courses/words.ts'
import { badRequest, notFound, redirectTo } from '#app/lib/http.ts'
import { ownValue } from '#app/lib/load-context.ts'
import { parsePreferences } from '#app/lib/preferences.ts'
import { head, pageLocale } from '#app/routes/shell/title.ts'
import { useLocale, useWords } from '#app/ui/locale.tsx'
import { FinishLesson, LessonNeighbours } from './lesson-end.tsx'
import { lessonHandle, readLessonPath } from './lesson-path.ts'
import { LessonQuiz } from './lesson-quiz.tsx'
import { LessonStudy } from './lesson-study.tsx'

export const meta: MetaFunction<typeof loader> = (args) => {
  const locale = pageLocale(args)
  const page = args.data
  if (!page) return head(locale, words[locale].course)
  const { lesson, courseTitle, courseTitleEn } = page
  const [title, course] = locale === 'en' ? [lesson.titleEn, courseTitleEn] : [lesson.title, courseTitle]
  return head(locale, `${title} · ${course}`, words[locale].aboutLesson({ ...lesson, course }))
}

export const handle = lessonHandle

/** Open to everyone. The questions go only to those who may answer; the answers to nobody before they answered. */
export async function loader(args: LoaderFunctionArgs) {
  const at = readLessonPath(args)
  const learner = learnerOf(args.context.viewer)
  const accountId = learner?.accountId ?? null
  const [page, time] = await asReader(optionalViewer(args), (tx) =>
    Promise.all([
      findLesson(tx, { ...at, accountId }),
      accountId ? findLessonTime(tx, { ...at, accountId, now: new Date() }) : null,
    ]),
  )
  if (!page) throw notFound('lesson')
  if (time) ownValue(args.context, time.opening)
  const whoAsks = learner ? ('learner' as const) : args.context.viewer ? ('staff' as const) : ('visitor' as const)
  const blocks = showBlocks(args.context, page.lesson.slug, page.blocks)
  const isAgain = new URL(args.request.url).searchParams.has('again')
  const { locale } = parsePreferences(args.request.headers.get('Cookie'))
  const quiz = learner && showQuiz(args.context, page, { ...at, isAgain, locale })
  return { ...page, blocks, time, quiz, whoAsks }
}

/**
 * Marks the quiz, or records that a lesson without one was finished or what is new in it seen. Answered: on to the result (303). Unanswered questions
 * or a lesson that changed meanwhile: 422 with what was ticked.
 */
export async function action(args: ActionFunctionArgs) {
  const at = readLessonPath(args)
  const path = lessonPath(at.courseSlug, at.lessonSlug)
  if (!args.context.viewer) throw redirectTo(`/sign-in?to=${encodeURIComponent(path)}`)
  const learner = learnerOf(requireViewer(args, 'learning.own'))
  if (!learner) throw notFound('lesson')
  const form = await args.request.formData()
  const now = new Date()

  if (form.get('intent') !== 'seen') await settleTime(learner, { ...at, opening: form.get(OPENING_FIELD), now })
  if (form.get('intent') === 'finish') {
    const isFinished = await as(system('credit'), (tx) => finishLesson(tx, { ...learner, ...at, now }))
    if (!isFinished) throw notFound('lesson')
    const onward = form.get('next')
    throw redirectTo(
      typeof onward === 'string' && isSlug(onward) ? lessonPath(at.courseSlug, onward) : coursePath(at.courseSlug),
    )
  }
  if (form.get('intent') === 'seen') {
    await as(system('credit'), (tx) => seeUpdate(tx, { ...learner, ...at }))
    throw redirectTo(path)
  }
  const version = Number(form.get('version'))
  if (!Number.isSafeInteger(version)) throw badRequest('version')
  const result = await as(system('credit'), (tx) => submitQuiz(tx, { ...learner, ...at, version, form, now }))
  if (result.ok) throw redirectTo(`${path}#${QUIZ_ID}`)
  if (result.reason === 'absent') throw notFound('quiz')
  const unanswered = result.reason === 'unanswered' ? result.unanswered : []
  const { reason, answers, questions, passPercent } = result
  return data({ reason, unanswered, answers, questions, passPercent }, { status: 422 })
}

export default function Lesson() {
  const w = useWords(words)
  const locale = useLocale()
  const titleOf = useTitle()
  const page = useLoaderData<typeof loader>()
  const returned = useActionData<typeof action>() ?? null
  const { course = '' } = useParams()
  const { lesson, lessons } = page
  const isLearner = page.whoAsks === 'learner'
  const path = lessonPath(course, lesson.slug)
  const following = lessons.find((one) => one.position > lesson.position) ?? null
  const onward = nextLesson(lessons.filter((one) => one.slug !== lesson.slug))
  return (
    <>
      <header className="prose text-head">
        <p className="small muted">
          {w.lessonNumber(lesson.position)} · {w.minutes(lesson.minutes)}
        </p>
        <h1>{titleOf(lesson)}</h1>
      </header>
      {lesson.update && <UpdateNotice update={lesson.update} />}
      <LessonStudy {...page} course={course}>
        <article lang={locale === 'zh-CN' ? undefined : 'zh-CN'}>
          <LessonBody
            lesson={lesson.slug}
            blocks={page.blocks}
            quiz={<LessonQuiz {...page} course={course} returned={returned} onward={onward} />}
          />
        </article>
        {!lesson.hasQuiz && isLearner && <FinishLesson {...page} following={following} />}
      </LessonStudy>
      <LessonNeighbours course={course} lesson={lesson} lessons={lessons} test={page.test} />
      {isLearner && <LessonTools path={path} isBookmarked={lesson.isBookmarked} />}
      <ReadingPlace
        {...{ path, isLearner }}
        lesson={`${course}/${lesson.slug}`}
        place={lesson.place}
        isDone={lesson.isDone}
      />
      {isLearner && <p className="small muted section">{w.finishNote}</p>}
    </>
  )
}
