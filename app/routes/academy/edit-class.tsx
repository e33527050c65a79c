import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { as } from '#app/features/accounts/as.server.ts'
import { requireViewer } from '#app/features/accounts/guard.server.ts'
import { listCourses } from '#app/features/courses/courses.server.ts'
import { readSentForm } from '#app/features/once/once.server.ts'
import { WorkCalendarProvider } from '#app/features/policy/use-work-calendar.tsx'
import { findWorkCalendar } from '#app/features/policy/work-calendar.server.ts'
import { changeWords } from '#app/features/training/class-change-words.ts'
import { ClassChanged } from '#app/features/training/class-changed.tsx'
import { type DeleteRefusal, deleteDraft } from '#app/features/training/delete-draft.server.ts'
import { DeleteDraftForm } from '#app/features/training/delete-draft-form.tsx'
import { editClass, findEditPage, previewClassEdit } from '#app/features/training/edit-class.server.ts'
import { shownRefusal } from '#app/features/training/edit-refusal.ts'
import { editWords } from '#app/features/training/edit-words.ts'
import { ClassHistory } from '#app/features/training/mend-form.tsx'
import { findChoices } from '#app/features/training/open-class-choices.server.ts'
import { openClassForm, publishedClassForm } from '#app/features/training/open-class-form.ts'
import { type ClassFormResult, OpenClassForm } from '#app/features/training/open-class-form.tsx'
import { readClassForm } from '#app/features/training/sent-class.server.ts'
import { shanghaiDate } from '#app/lib/calendar.ts'
import { formText } from '#app/lib/form-rows.ts'
import { notFound } from '#app/lib/http.ts'
import { isId, newId } from '#app/lib/ids.ts'
import { ownValue } from '#app/lib/load-context.ts'
import { Callout } from '#app/ui/callout.tsx'
import { useLocale, useWords } from '#app/ui/locale.tsx'
import { Crumbs } from '#app/ui/navigation.tsx'
import { PageHead } from '#app/ui/page-head.tsx'
import { pageTitle } from '../shell/title.ts'

export const meta: MetaFunction = (args) => pageTitle(args, editWords, (w) => w.title)

/** A class run here, filled into the form with which it was opened: a draft whole, a published one in what may still change. */
export async function loader(args: LoaderFunctionArgs) {
  const viewer = requireViewer(args, 'training.manage')
  const { academyId, academyCode } = viewer
  const classId = args.params.class ?? ''
  const now = new Date()
  const page = academyId && isId(classId) ? await findEditPage(viewer, { classId, now }) : null
  if (!page || !academyId) throw notFound('class')
  const chosen = [page.fields.instructorIds ?? []].flat().map(String)
  const choices = await as(viewer, async (tx) => {
    const found = await findChoices(tx, { academyId, today: shanghaiDate(now), chosen })
    const courses = await listCourses(tx, { accountId: null })
    const calendar = await findWorkCalendar(tx)
    return { ...found, calendar, courses: courses.map(({ slug, title, titleEn }) => ({ slug, title, titleEn })) }
  })
  const isSaved = new URL(args.request.url).searchParams.has('saved')
  return { page, choices, academyCode, isSaved, formKey: ownValue(args.context, newId()) }
}

/** `intent` save, preview or delete. Statuses: 400 what was typed, 409 what stands in the way. */
export async function action(args: ActionFunctionArgs) {
  const viewer = requireViewer(args, 'training.manage')
  const classId = args.params.class ?? ''
  const now = new Date()
  const page = isId(classId) ? await findEditPage(viewer, { classId, now }) : null
  if (!page) throw notFound('class')
  const classes = `/academies/${viewer.academyCode}/manage/classes`
  const form = await args.request.formData()
  const ask = { classId, now, requestId: args.context.requestId }
  const intent = formText(form, 'intent')
  if (intent === 'delete') {
    const answer = await as(viewer, (tx) => deleteDraft(tx, { ...ask, viewer }))
    if (!answer) throw notFound('class')
    if (answer.ok) throw redirect(`${classes}?deleted`, 303)
    return data({ notDeleted: answer.reason }, { status: 409 })
  }
  const schema = page.stage === 'draft' ? openClassForm(await as(viewer, findWorkCalendar)) : publishedClassForm
  const submission = readClassForm(form, schema)
  const [was, reason] = [formText(form, 'was'), formText(form, 'reason')]
  if (submission.status !== 'success')
    return data({ ...submission.reply(), was, reason }, { status: submission.error ? 400 : 200 })
  const typed = { ...ask, form: submission.value }
  if (intent === 'preview') {
    const answer = await previewClassEdit(viewer, typed)
    if (!answer || answer.ok) return data({ ...submission.reply(), was, reason, effect: answer?.effect ?? null })
    return data({ ...submission.reply(), was, reason, ...shownRefusal(answer) }, { status: 409 })
  }
  const answer = await editClass(viewer, { ...typed, was, reason, sent: readSentForm(form, classId) })
  if (!answer) throw notFound('class')
  if (answer.ok) throw redirect(`${classes}/${classId}/edit?saved`, 303)
  const { field, ...said } = shownRefusal(answer)
  const reply = submission.reply(field ? { fieldErrors: { [field]: [answer.reason] } } : {})
  return data({ ...reply, was, reason, ...said }, { status: 409 })
}

/** After a refusal (409) the page has another key for the form. */
export { afterConflicts as shouldRevalidate } from '../shell/revalidate.ts'

export default function EditClass() {
  const w = useWords(editWords)
  const c = useWords(changeWords)
  const isEnglish = useLocale() === 'en'
  const { page, choices, academyCode, isSaved, formKey } = useLoaderData<typeof loader>()
  const result = useActionData<ClassFormResult & { notDeleted?: DeleteRefusal }>()
  const base = `/academies/${academyCode}/manage/classes/${page.classId}`
  const { calendar, ...offered } = choices
  const courses = offered.courses.map(({ slug, title, titleEn }) => ({ slug, title: isEnglish ? titleEn : title }))
  const isDraft = page.stage === 'draft'
  const { status } = result ?? {}
  return (
    <WorkCalendarProvider calendar={calendar}>
      <Crumbs items={[{ to: base, label: page.name }, { label: w.title }]} />
      <PageHead title={w.title} meta={page.name} />
      <div className="stack">
        <p className="soft">{isDraft ? w.draft : w.published}</p>
        {isSaved && !result && (
          <Callout tone="met" role="status">
            {w.saved}
          </Callout>
        )}
        <OpenClassForm
          // After saving it is another form.
          key={`${page.stage}:${isSaved && !status ? page.mark : ''}`}
          choices={{ ...offered, courses }}
          given={page.fields}
          lastResult={result}
          edited={{ stage: page.stage, mark: page.mark, formKey, path: `${base}/edit` }}
        />
      </div>
      {isDraft ? (
        <DeleteDraftForm refused={result?.notDeleted ?? null} />
      ) : page.changes.length > 0 ? (
        <ClassChanged changes={page.changes} who={page.who} />
      ) : (
        <p className="soft section">{c.none}</p>
      )}
      {page.mended.length > 0 && <ClassHistory history={page.mended} />}
    </WorkCalendarProvider>
  )
}
