import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { useActionData, useLoaderData, useNavigation } from '@remix-run/react'
import { requireViewer } from '#app/features/accounts/guard.server.ts'
import { GroupLeft, GroupPlaces, type GroupRefused } from '#app/features/certification/group-class.tsx'
import { GroupEnrol } from '#app/features/certification/group-enrol.tsx'
import { findGroupPage } from '#app/features/certification/group-page.server.ts'
import { classPath } from '#app/features/training/class-path.ts'
import { actOnGroup } from '#app/features/training/group-acts.server.ts'
import type { Came } from '#app/features/training/group-command.server.ts'
import { groupWords } from '#app/features/training/group-words.ts'
import { readRosterPlace } from '#app/features/training/roster-view.ts'
import { seatWords } from '#app/features/training/seat-words.ts'
import { words } from '#app/features/training/words.ts'
import { words as dateWords } from '#app/lib/date-words.ts'
import { notFound } from '#app/lib/http.ts'
import { isId, newId } from '#app/lib/ids.ts'
import { ownValue } from '#app/lib/load-context.ts'
import { ButtonLink } from '#app/ui/button.tsx'
import { Callout } from '#app/ui/callout.tsx'
import { Card, Section } from '#app/ui/card.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Crumbs } from '#app/ui/navigation.tsx'
import { PageHead } from '#app/ui/page-head.tsx'
import { pageLocale, titled } from '../shell/title.ts'

export const meta: MetaFunction<typeof loader> = (args) =>
  args.data ? [{ title: titled(args.data.page.name, pageLocale(args)) }] : []

/** A class as an enterprise's union sees it: its own workers alone. */
export async function loader(args: LoaderFunctionArgs) {
  const viewer = requireViewer(args, 'group.enrol')
  const { academy: academyCode = '', class: classId = '' } = args.params
  const page = isId(classId) ? await findGroupPage(viewer, { academyCode, classId, now: new Date() }) : null
  if (!page) throw notFound('class')
  const { saved, seated, asked } = readRosterPlace(new URL(args.request.url).searchParams)
  return { page, saved, seated, asked, formKey: ownValue(args.context, newId()) }
}

/** Enrols or withdraws a group; who was left as before, and lines that cannot be read, come back (409). */
export async function action(args: ActionFunctionArgs) {
  const viewer = requireViewer(args, 'group.enrol')
  const { academy: academyCode = '', class: classId = '' } = args.params
  if (!isId(classId)) throw notFound('class')
  const form = await args.request.formData()
  const of = { academyCode, classId, form, now: new Date(), requestId: args.context.requestId }
  const answer = await actOnGroup(viewer, of)
  if (!answer) throw notFound('class')
  if (!answer.ok) return data(answer, { status: 409 })
  const { changed, came } = answer
  const query = `saved=${changed}${came ? `&seated=${came.enrolled}&asked=${came.requested}` : ''}`
  throw redirect(`/enterprise/classes/${academyCode}/${classId}?${query}`, 303)
}

export const shouldRevalidate = () => true

export default function EnterpriseClass() {
  const w = useWords(groupWords).class
  const s = useWords(seatWords)
  const { state: said } = useWords(words)
  const d = useWords(dateWords)
  const { page, saved, seated, asked, formKey } = useLoaderData<typeof loader>()
  const result = useActionData<GroupRefused>()
  const isLeaving = useNavigation().state === 'loading'
  const refused = (!isLeaving && result) || null
  const { state, academyName, academyCode, classId } = page
  const isOpen = state.is === 'open' || state.is === 'wait'
  const stateSaid =
    state.is === 'open'
      ? said.open(state.left)
      : state.is === 'not_open_yet'
        ? said.not_open_yet(d.instant(new Date(state.opensAt)))
        : said[state.is]
  return (
    <>
      <Crumbs items={[{ to: '/enterprise', label: w.back }, { label: page.name }]} />
      <PageHead title={page.name} meta={`${academyName} · ${d.period(page.startsOn, page.endsOn, 0)} · ${stateSaid}`}>
        <ButtonLink icon="globe" to={classPath(academyCode, classId)}>
          {w.publicPage}
        </ButtonLink>
      </PageHead>
      <div className="stack">
        {refused && <GroupLeft refused={refused} />}
        {saved !== null && !refused && (
          <Callout tone={saved > 0 ? 'met' : 'info'} role="status">
            {saved > 0 && seated !== null ? w.came(cameOf({ saved, seated, asked: asked ?? 0 })) : w.done(saved)}
          </Callout>
        )}
        {page.isCancelled && (
          <Callout tone="warn">{page.cancelledBecause ? s.cancelled(page.cancelledBecause) : said.not_offered}</Callout>
        )}
        <Section title={w.own(page.rows.length)}>
          <GroupPlaces page={page} formKey={formKey} />
        </Section>
        {!page.isCancelled && (
          <Section title={w.enrol}>
            {isOpen ? (
              <Card>
                <GroupEnrol page={page} formKey={formKey} refused={refused} />
              </Card>
            ) : (
              <Callout>
                {w.closed}：{stateSaid}
              </Callout>
            )}
          </Section>
        )}
      </div>
    </>
  )
}

/** What the address says of those who were enrolled; whoever neither sits nor is asked about waits. */
const cameOf = ({ saved, seated, asked }: { saved: number; seated: number; asked: number }): Came => ({
  enrolled: seated,
  requested: asked,
  waitlisted: Math.max(0, saved - seated - asked),
})
