import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { as } from '#app/features/accounts/as.server.ts'
import { requireViewer } from '#app/features/accounts/guard.server.ts'
import { findCourse } from '#app/features/courses/course-detail.server.ts'
import { listCourses } from '#app/features/courses/courses.server.ts'
import { onlineDefaults } from '#app/features/courses/online-defaults.ts'
import { isSlug } from '#app/features/courses/progress.ts'
import { WorkCalendarProvider } from '#app/features/policy/use-work-calendar.tsx'
import { findWorkCalendar } from '#app/features/policy/work-calendar.server.ts'
import { saidLeft } from '#app/features/training/assessment-carry.ts'
import { findCopiedPlan, findCopy } from '#app/features/training/copy-class.server.ts'
import { CopyHead } from '#app/features/training/copy-head.tsx'
import { DeadlinesFollow } from '#app/features/training/deadlines-follow.tsx'
import { words } from '#app/features/training/desk-words.ts'
import { openClass } from '#app/features/training/open-class.server.ts'
import { findChoices } from '#app/features/training/open-class-choices.server.ts'
import { fieldOfRefusal, openClassForm } from '#app/features/training/open-class-form.ts'
import { type ClassFormResult, OpenClassForm } from '#app/features/training/open-class-form.tsx'
import { readClassForm } from '#app/features/training/sent-class.server.ts'
import { isObstacle } from '#app/features/training/session-say.ts'
import { shanghaiDate } from '#app/lib/calendar.ts'
import { notFound } from '#app/lib/http.ts'
import { useLocale, useWords } from '#app/ui/locale.tsx'
import { Crumbs } from '#app/ui/navigation.tsx'
import { PageHead } from '#app/ui/page-head.tsx'
import { pageTitle } from '../shell/title.ts'

export const meta: MetaFunction = (args) => pageTitle(args, words, (w) => w.openClass.title)

/**
 * `course`: an online class with this course; what the course says of itself is filled in. `copy`: a class like that one, with
 * every day moved so that it begins on the day of `from`.
 */
export async function loader(args: LoaderFunctionArgs) {
  const viewer = requireViewer(args, 'training.manage')
  const { academyId, academyCode } = viewer
  if (!academyId) throw notFound('academy')
  const { searchParams } = new URL(args.request.url)
  const asked = searchParams.get('course') ?? undefined
  const today = shanghaiDate(new Date())
  return as(viewer, async (tx) => {
    const [choices, courses, offered, copy, calendar] = await Promise.all([
      findChoices(tx, { academyId, today }),
      listCourses(tx, { accountId: null }),
      isSlug(asked) ? findCourse(tx, { courseSlug: asked, accountId: null }) : null,
      findCopy(tx, { academyId, classId: searchParams.get('copy'), from: searchParams.get('from'), today }),
      findWorkCalendar(tx),
    ])
    const titles = courses.map(({ slug, title, titleEn }) => ({ slug, title, titleEn }))
    const given = offered && onlineDefaults(offered, today)
    return { ...choices, courses: titles, academyCode, given, copy, calendar }
  })
}

/** Opens the class as a draft, or published: `as` is the button that was pressed; one whose assessment is planned now is a draft. */
export async function action(args: ActionFunctionArgs) {
  const viewer = requireViewer(args, 'training.manage')
  const { academyId, academyCode } = viewer
  if (!academyId) throw notFound('academy')
  const form = await args.request.formData()
  const calendar = await as(viewer, findWorkCalendar)
  const submission = readClassForm(form, openClassForm(calendar))
  if (submission.status !== 'success') return data(submission.reply(), { status: submission.error ? 400 : 200 })
  const assessment = form.get('assessment')
  const isNow = assessment === 'now'
  const input = {
    academyId,
    form: submission.value,
    isPublished: form.get('as') === 'published' && !isNow,
    isLater: assessment === 'later' ? true : isNow ? false : undefined,
    by: viewer,
    now: new Date(),
    requestId: args.context.requestId,
  }
  const classId = new URL(args.request.url).searchParams.get('copy')
  const answer = await as(viewer, async (tx) => {
    const plan = await findCopiedPlan(tx, { academyId, classId, startsOn: input.form.startsOn })
    const isAsCopied = assessment !== 'later' && !isNow
    const sittings = assessment === 'later' ? [] : (plan?.sittings ?? [])
    return openClass(tx, { ...input, plan: plan && !isAsCopied ? { ...plan, sittings, isLater: false } : plan })
  })
  if (answer.ok) {
    const at = `/academies/${academyCode}/manage/classes/${answer.classId}`
    const isLooked = isNow || answer.left.length > 0
    const left = answer.left.length > 0 ? `?left=${saidLeft(answer.left)}` : ''
    throw redirect(isLooked ? `${at}/assessment${left}` : at, 303)
  }
  const field = answer.reason === 'not_apart' ? 'instructorIds' : fieldOfRefusal[answer.reason]
  const reply = submission.reply({ fieldErrors: { [field]: [answer.reason] } })
  return data(isObstacle(answer) ? { ...reply, obstacle: answer } : reply, { status: 409 })
}

export default function NewClass() {
  const w = useWords(words)
  const isEnglish = useLocale() === 'en'
  const { courses, academyCode, given, copy, calendar, ...choices } = useLoaderData<typeof loader>()
  const lastResult = useActionData<ClassFormResult>()
  const titled = courses.map(({ slug, title, titleEn }) => ({ slug, title: isEnglish ? titleEn : title }))
  return (
    <WorkCalendarProvider calendar={calendar}>
      <Crumbs
        items={[
          { to: `/academies/${academyCode}/manage/classes`, label: w.classes.title },
          { label: w.openClass.title },
        ]}
      />
      <PageHead title={w.openClass.title} meta={w.openClass.meta} />
      <div className="stack">
        {copy && <CopyHead {...copy} />}
        {copy && <DeadlinesFollow formId="class" fields={copy.fields} />}
        <OpenClassForm
          // Another first day is another form: what was typed belonged to the days before.
          key={copy ? `${copy.id} ${copy.startsOn}` : 'new'}
          choices={{ ...choices, courses: titled }}
          given={copy ? copy.fields : given ? { ...given.fields, name: w.openClass.onlineName(given.title) } : {}}
          lastResult={lastResult}
          isPlanned={copy?.isPlanned}
        />
      </div>
    </WorkCalendarProvider>
  )
}
