import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { useActionData, useLoaderData, useNavigation } from '@remix-run/react'
import { requireViewer } from '#app/features/accounts/guard.server.ts'
import { may } from '#app/features/accounts/roles.ts'
import { findChecklist } from '#app/features/classfile/checklist.server.ts'
import { Checklist, type PartRefusal, useSaid } from '#app/features/classfile/checklist.tsx'
import { keepDocuments } from '#app/features/classfile/keep.server.ts'
import { UPLOADED } from '#app/features/classfile/parts.ts'
import { classFileWords } from '#app/features/classfile/words.ts'
import { findLackingNote } from '#app/features/materials/lacking-note.server.ts'
import { LackingNote } from '#app/features/materials/lacking-note.tsx'
import { closingWords } from '#app/features/training/closing-words.ts'
import { notFound } from '#app/lib/http.ts'
import { isId } from '#app/lib/ids.ts'
import { LinkButton } from '#app/ui/button.tsx'
import { Callout } from '#app/ui/callout.tsx'
import { Section } from '#app/ui/card.tsx'
import { ErrorSummary } from '#app/ui/error-summary.tsx'
import { Link } from '#app/ui/link.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Crumbs } from '#app/ui/navigation.tsx'
import { PageHead } from '#app/ui/page-head.tsx'
import { pageTitle } from '../shell/title.ts'

export const meta: MetaFunction = (args) => pageTitle(args, classFileWords, (w) => w.title)

/** The file of a class (一班一档): what is there, what is missing, and the forms that add to it for those who keep it. */
export async function loader(args: LoaderFunctionArgs) {
  const viewer = requireViewer(args, 'classfile.read')
  const { academy: academyCode = '', class: classId = '' } = args.params
  const page = isId(classId) ? await findChecklist(viewer, { academyCode, classId, now: new Date() }) : null
  if (!page) throw notFound('class')
  const saved = new URL(args.request.url).searchParams.get('saved') ?? ''
  const ownDesk = may(viewer, 'training.read', academyCode)
    ? `/academies/${academyCode}/manage/classes/${classId}`
    : null
  const lacking = may(viewer, 'materials.check', academyCode) ? await findLackingNote(viewer, { classId }) : null
  return { page, lacking, saved: /^(removed|\d{1,2})$/.test(saved) ? saved : null, ownDesk }
}

/** Adds documents to a part (`part` in the address); the body is streamed. Statuses: 400 what came, 409 there is no room. */
export async function action(args: ActionFunctionArgs) {
  const viewer = requireViewer(args, 'classfile.keep')
  const { academy: academyCode = '', class: classId = '' } = args.params
  const asked = new URL(args.request.url).searchParams.get('part')
  const part = UPLOADED.find((one) => one === asked)
  if (!part || !isId(classId)) throw notFound('part')
  const of = { viewer, academyCode, classId, now: new Date(), requestId: args.context.requestId }
  const kept = await keepDocuments(of, { part, request: args.request })
  if (!kept) throw notFound('class')
  if (kept.ok && kept.refused.length === 0)
    throw redirect(`/academies/${academyCode}/classes/${classId}/file?saved=${kept.kept}`, 303)
  return data({ part, kept }, { status: !kept.ok && kept.reason === 'too_many' ? 409 : 400 })
}

/** After a refusal too: the documents of the form that were kept are shown. */
export { afterRefusals as shouldRevalidate } from '../shell/revalidate.ts'

export default function ClassFile() {
  const w = useWords(classFileWords)
  const c = useWords(closingWords)
  const { page, lacking, saved, ownDesk } = useLoaderData<typeof loader>()
  const result = useActionData<PartRefusal>()
  const refusal = (useNavigation().state !== 'loading' && result) || null
  const { faults, rest } = useSaid(refusal?.kept)
  const { of, missing, removed } = page
  const base = `/academies/${of.academyCode}/classes/${of.id}/file`
  return (
    <>
      <Crumbs items={[{ ...(ownDesk ? { to: ownDesk } : {}), label: of.name }, { label: w.title }]} />
      <PageHead title={w.title} meta={`${of.academyName} · ${of.name} · ${of.code}`}>
        <LinkButton icon="download" href={`${base}/zip`}>
          {w.zip}
        </LinkButton>
      </PageHead>
      <div className="stack">
        <ErrorSummary errors={faults.map((message) => ({ id: `file-${refusal?.part}`, message }))} rest={rest} />
        {saved && !refusal && (
          <Callout tone="met" role="status">
            {saved === 'removed' ? w.removed : w.saved(Number(saved))}
          </Callout>
        )}
        {of.isClosed && (
          <Callout tone="info" title={c.state}>
            {c.stateText} <Link to={`/academies/${of.academyCode}/classes/${of.id}/closing`}>{c.toIt}</Link>
          </Callout>
        )}
        <p className="soft">{w.lead}</p>
        <p className="soft small">{w.zipHint}</p>
        <Callout tone={missing === 0 ? 'met' : 'miss'}>{missing === 0 ? w.allThere : w.missing(missing)}</Callout>
        {lacking !== null && ownDesk && <LackingNote lacking={lacking} to={`${ownDesk}/materials`} />}
        <Checklist page={page} base={base} refusal={refusal} />
        {removed.length > 0 && (
          <Section title={w.history}>
            <ul className="stack">
              {removed.map(({ id, part, name, by, at, reason }) => (
                <li key={id}>
                  {w.historyOf(name, w.parts[part])}
                  <br />
                  <span className="small soft">{w.historyBy(by, at, reason)}</span>
                </li>
              ))}
            </ul>
          </Section>
        )}
      </div>
    </>
  )
}
