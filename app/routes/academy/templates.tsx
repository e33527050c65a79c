import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { as } from '#app/features/accounts/as.server.ts'
import { requireViewer } from '#app/features/accounts/guard.server.ts'
import { words } from '#app/features/training/desk-words.ts'
import { openSeries, readSeriesRows } from '#app/features/training/open-series.server.ts'
import { SeriesPlan, SeriesResults } from '#app/features/training/series-plan.tsx'
import { templateWords } from '#app/features/training/template-words.ts'
import { keepTemplate, removeTemplate } from '#app/features/training/templates.server.ts'
import { KeepTemplate, TemplatesList } from '#app/features/training/templates-list.tsx'
import { findTemplatesPage } from '#app/features/training/templates-page.server.ts'
import { formText } from '#app/lib/form-rows.ts'
import { notFound, redirectTo } from '#app/lib/http.ts'
import { isId } from '#app/lib/ids.ts'
import { Callout } from '#app/ui/callout.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Crumbs } from '#app/ui/navigation.tsx'
import { PageHead } from '#app/ui/page-head.tsx'
import { pageTitle } from '../shell/title.ts'

export const meta: MetaFunction = (args) => pageTitle(args, templateWords, (w) => w.title)

/** The class templates of an academy; `class`: one to keep as a template, `template`: one to open classes from. */
export async function loader(args: LoaderFunctionArgs) {
  const viewer = requireViewer(args, 'training.manage')
  const { academyId, academyCode } = viewer
  if (!academyId) throw notFound('academy')
  const search = new URL(args.request.url).searchParams
  const page = await as(viewer, (tx) => findTemplatesPage(tx, { academyId, search, now: new Date() }))
  const saved = search.get('saved')
  return {
    ...page,
    base: `/academies/${academyCode}/manage/classes`,
    saved: saved === 'kept' || saved === 'removed' ? saved : null,
  } as const
}

/** `intent`: keep a class as a template, remove one, or open classes from one. Statuses: 400 a name that is none, 409 a class that was not opened. */
export async function action(args: ActionFunctionArgs) {
  const viewer = requireViewer(args, 'training.manage')
  const { academyId, academyCode } = viewer
  if (!academyId) throw notFound('academy')
  const form = await args.request.formData()
  const command = { viewer, academyId, now: new Date(), requestId: args.context.requestId }
  const intent = formText(form, 'intent')
  const [templateId, classId] = [formText(form, 'template'), formText(form, 'class')]
  const at = `/academies/${academyCode}/manage/templates`
  if (intent === 'keep' && isId(classId)) {
    const name = formText(form, 'name')
    const kept = await as(viewer, (tx) => keepTemplate(tx, { ...command, classId, name }))
    if (!kept) throw notFound('class')
    if (!kept.ok) return data({ kept: { name, reason: kept.reason }, results: null }, { status: 400 })
    throw redirectTo(`${at}?template=${kept.id}&saved=kept`)
  }
  if (intent === 'remove' && isId(templateId)) {
    if (!(await as(viewer, (tx) => removeTemplate(tx, { ...command, id: templateId })))) throw notFound('template')
    throw redirectTo(`${at}?saved=removed`)
  }
  if (intent !== 'open' || !isId(templateId)) throw notFound('template')
  const results = await openSeries(viewer, { ...command, templateId, rows: readSeriesRows(form) })
  if (!results) throw notFound('template')
  const isWhole = results.every((one) => one.classId !== null)
  return data({ kept: null, results }, { status: isWhole ? 200 : 409 })
}

export default function Templates() {
  const w = useWords(templateWords)
  const { classes } = useWords(words)
  const { templates, source, plan, base, saved } = useLoaderData<typeof loader>()
  const { kept, results } = useActionData<typeof action>() ?? { kept: null, results: null }
  const rows = results ? results.filter(({ classId }) => classId === null) : (plan?.rows ?? [])
  return (
    <>
      <Crumbs items={[{ to: base, label: classes.title }, { label: w.title }]} />
      <PageHead title={w.title} meta={w.lead} />
      <div className="stack">
        {saved && !results && (
          <Callout tone="met" role="status">
            {w.saved[saved]}
          </Callout>
        )}
        {results && <SeriesResults results={results} base={base} />}
        {source && <KeepTemplate source={source} refused={kept} />}
        {plan && <SeriesPlan plan={plan} rows={rows} />}
        <TemplatesList templates={templates} />
      </div>
    </>
  )
}
