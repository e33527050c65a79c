import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { useActionData, useLoaderData, useNavigation } from '@remix-run/react'
import { as } from '#app/features/accounts/as.server.ts'
import { requireViewer } from '#app/features/accounts/guard.server.ts'
import { may } from '#app/features/accounts/roles.ts'
import { type MendAnswer, mendClass, previewMend } from '#app/features/training/mend.server.ts'
import { CLASS_FIELDS, type MendEntry } from '#app/features/training/mend.ts'
import { ClassHistory, MendEffectShown, MendForm } from '#app/features/training/mend-form.tsx'
import { MendNotes, readDone } from '#app/features/training/mend-notes.tsx'
import { findMendPage } from '#app/features/training/mend-page.server.ts'
import { mendWords } from '#app/features/training/mend-words.ts'
import { formText, typedTexts } from '#app/lib/form-rows.ts'
import { notFound } from '#app/lib/http.ts'
import { isId } from '#app/lib/ids.ts'
import { ButtonLink } from '#app/ui/button.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Crumbs } from '#app/ui/navigation.tsx'
import { PageHead } from '#app/ui/page-head.tsx'
import { pageTitle } from '../shell/title.ts'

export const meta: MetaFunction = (args) => pageTitle(args, mendWords, (w) => w.title)

/**
 * A class with what can be mended and what was: the province's handler, and of a ledger's class the academy's administrator, who edits
 * those run here.
 */
export async function loader(args: LoaderFunctionArgs) {
  const viewer = requireViewer(args, 'training.mend')
  const { academy: academyCode = '', class: classId = '' } = args.params
  const page = isId(classId) ? await findMendPage(viewer, { academyCode, classId }) : null
  if (!page) throw notFound('class')
  const done = readDone(new URL(args.request.url).searchParams)
  const isOwn = viewer.academyCode === academyCode
  if (isOwn && page.origin === 'system') throw redirect(`/academies/${academyCode}/manage/classes/${classId}/edit`)
  return {
    page,
    done,
    isOwn,
    mayRedate: may(viewer, 'certification.mend'),
  }
}

/** `intent` save or preview. Statuses: 400 what was typed, 409 changed meanwhile, nothing changed, or not fit to be published so. */
export async function action(args: ActionFunctionArgs) {
  const viewer = requireViewer(args, 'training.mend')
  const { academy: academyCode = '', class: classId = '' } = args.params
  const page = isId(classId) ? await findMendPage(viewer, { academyCode, classId }) : null
  if (!page) throw notFound('class')
  const form = await args.request.formData()
  const sent = { now: new Date(), requestId: args.context.requestId }
  const mendPath = `/academies/${academyCode}/manage/classes/${classId}/mend`
  const texts = ([...CLASS_FIELDS, 'was'] as const).map((field) => [field, formText(form, field)])
  const entry = Object.fromEntries(texts) as MendEntry
  const request = { viewer, academyId: page.academyId, classId, entry, now: sent.now }
  const isPreview = formText(form, 'intent') === 'preview'
  const saving = { ...request, ...sent, reason: formText(form, 'reason') }
  const answer = await as(viewer, (tx) => (isPreview ? previewMend(tx, request) : mendClass(tx, saving)))
  if (!answer) throw notFound('class')
  if (answer.ok && !isPreview) throw redirect(`${mendPath}?done=${answer.isNew ? 'saved' : 'already'}`, 303)
  const status = answer.ok ? 200 : answer.reason === 'faults' ? 400 : 409
  return data({ answer: answer as MendAnswer, typed: typedTexts(form) }, { status })
}

export default function MendClass() {
  const w = useWords(mendWords)
  const { page, done, isOwn, mayRedate } = useLoaderData<typeof loader>()
  const result = useActionData<{ answer: MendAnswer; typed: Record<string, string> }>()
  const isLeaving = useNavigation().state === 'loading'
  const answer = isLeaving ? undefined : result?.answer
  const classes = `/academies/${page.academyCode}/manage/classes`
  const faults = answer && !answer.ok && answer.reason === 'faults' ? answer : { faults: [], why: null }
  return (
    <>
      <Crumbs
        items={[
          isOwn
            ? { to: `${classes}/${page.classId}`, label: page.facts.name }
            : { to: `/academies/${page.academyCode}/figures`, label: page.academyName },
          { label: w.title },
        ]}
      />
      <PageHead title={w.title} meta={w.meta(page.academyName, `${page.code} ${page.facts.name}`)}>
        {mayRedate && <ButtonLink to={`${classes}/${page.classId}/assessed-on`}>{w.dates}</ButtonLink>}
      </PageHead>
      <div className="stack">
        <p className="soft">{w.lead}</p>
        <MendNotes done={done} answer={answer} path={`${classes}/${page.classId}/mend`} />
        {answer?.ok && <MendEffectShown effect={answer.effect} />}
        <MendForm
          key={`${page.mark}:${done}`}
          page={page}
          typed={(answer && result?.typed) || {}}
          faults={faults.faults}
          why={faults.why}
        />
      </div>
      <ClassHistory history={page.history} />
    </>
  )
}
