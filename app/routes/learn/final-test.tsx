import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData, useNavigate, useParams } from '@remix-run/react'
import { useCallback } from 'react'
import { system } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { optionalViewer, requireViewer } from '#app/features/accounts/guard.server.ts'
import { closeIfDue } from '#app/features/courses/close-attempt.server.ts'
import { useTitle } from '#app/features/courses/course-parts.tsx'
import { isDue } from '#app/features/courses/final-test.server.ts'
import { learnerOf } from '#app/features/courses/learner.ts'
import { coursePath, isSlug, testPath } from '#app/features/courses/progress.ts'
import { saveAnswers, startAttempt, submitAttempt } from '#app/features/courses/sit.server.ts'
import { findTestPage, type TestPage } from '#app/features/courses/test-page.server.ts'
import { TestView } from '#app/features/courses/test-view.tsx'
import { words } from '#app/features/courses/test-words.ts'
import { badRequest, notFound, redirectTo } from '#app/lib/http.ts'
import { isId } from '#app/lib/ids.ts'
import type { ShellHandle } from '#app/routes/shell/handle.ts'
import { head, pageLocale } from '#app/routes/shell/title.ts'
import { useLocale, useWords } from '#app/ui/locale.tsx'
import { PageHead } from '#app/ui/page-head.tsx'

export const meta: MetaFunction<typeof loader> = (args) => {
  const locale = pageLocale(args)
  const page = args.data
  if (!page) return head(locale, words[locale].test)
  const [title, course, intro] =
    locale === 'en' ? [page.titleEn, page.courseTitleEn, page.introEn] : [page.title, page.courseTitle, page.intro]
  return head(locale, `${title} · ${course}`, words[locale].about(course, intro))
}

export const handle: ShellHandle = {
  hasTabs: false,
  top: ({ data, params, locale }) => {
    const page = data as TestPage | undefined
    const title = page && (locale === 'en' ? page.courseTitleEn : page.courseTitle)
    return { back: coursePath(params.course ?? ''), title: title ?? words[locale].test }
  },
}

/** Open to everyone: what the test asks. Questions only to whoever sits it; an attempt whose time is over is marked first. */
export async function loader(args: LoaderFunctionArgs) {
  const courseSlug = readCourse(args)
  const learner = learnerOf(args.context.viewer)
  const now = new Date()
  const find = () =>
    as(optionalViewer(args), (tx) => findTestPage(tx, { courseSlug, accountId: learner?.accountId ?? null, now }))
  let page = await find()
  if (learner && isDue(page, now)) {
    const due = { attemptId: page.latest.id, personId: learner.personId, now }
    await as(system('credit'), (tx) => closeIfDue(tx, due))
    page = await find()
  }
  if (!page) throw notFound('test')
  const who = learner ? ('learner' as const) : args.context.viewer ? ('staff' as const) : ('visitor' as const)
  // Nothing that every visitor gets changes from one second to the next: it is kept (app/README.md).
  return { ...page, who, now: learner && now }
}

/**
 * Begins, saves or hands in. `keep` is the script's way to save: it is answered by a status alone, 409 once the attempt is
 * over. Questions left open: 422, with everything saved.
 */
export async function action(args: ActionFunctionArgs) {
  const courseSlug = readCourse(args)
  const path = testPath(courseSlug)
  if (!args.context.viewer) throw redirectTo(`/sign-in?to=${encodeURIComponent(path)}`)
  const learner = learnerOf(requireViewer(args, 'learning.own'))
  if (!learner) throw notFound('test')
  const form = await args.request.formData()
  const intent = form.get('intent')
  const now = new Date()

  if (intent === 'start') {
    const started = await as(system('credit'), (tx) => startAttempt(tx, { ...learner, courseSlug, now }))
    if (!started.ok && started.reason === 'absent') throw notFound('test')
    throw redirectTo(path)
  }
  const attemptId = form.get('attempt')
  if (typeof attemptId !== 'string' || !isId(attemptId)) throw badRequest('attempt')
  const given = { ...learner, courseSlug, attemptId, form, now }
  if (intent === 'save' || intent === 'keep') {
    const saved = await as(system('credit'), (tx) => saveAnswers(tx, given))
    if (!saved.ok && saved.reason === 'absent') throw notFound('attempt')
    if (intent === 'save') throw redirectTo(path)
    return data({ open: null }, { status: saved.ok ? 200 : 409 })
  }
  if (intent !== 'submit') throw badRequest('intent')
  const isConfirmed = form.get('confirmed') === 'yes'
  const handedIn = await as(system('credit'), (tx) => submitAttempt(tx, { ...given, isConfirmed }))
  if (handedIn.ok) throw redirectTo(path)
  if (handedIn.reason === 'absent') throw notFound('attempt')
  return data({ open: handedIn }, { status: 422 })
}

function readCourse({ params }: Pick<LoaderFunctionArgs, 'params'>): string {
  if (!isSlug(params.course)) throw notFound('course')
  return params.course
}

export default function FinalTest() {
  const w = useWords(words)
  const locale = useLocale()
  const titleOf = useTitle()
  const page = useLoaderData<typeof loader>()
  const open = useActionData<typeof action>()?.open ?? null
  const { course = '' } = useParams()
  const { latest, who, now } = page
  const navigate = useNavigate()
  const onOver = useCallback(() => navigate(testPath(course), { replace: true }), [course, navigate])
  const intro = locale === 'en' ? page.introEn : page.intro
  return (
    <>
      <PageHead title={titleOf(page)} meta={latest ? w.attempt(latest.number) : intro} />
      <TestView {...{ course, who, page, open, now, onOver }} />
    </>
  )
}
