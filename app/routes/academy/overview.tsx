import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { redirect } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { as } from '#app/features/accounts/as.server.ts'
import { requireViewer } from '#app/features/accounts/guard.server.ts'
import { may } from '#app/features/accounts/roles.ts'
import { AcademyFigures } from '#app/features/figures/academy-figures.tsx'
import { academyPageFor } from '#app/features/figures/academy-page.server.ts'
import { academyWords } from '#app/features/figures/academy-words.ts'
import { ComingClasses } from '#app/features/training/coming-classes.tsx'
import { countToClose, listComingClasses } from '#app/features/training/desk.server.ts'
import { ClassesToClose } from '#app/features/training/desk-classes.tsx'
import { findWaitingRequests } from '#app/features/training/desk-requests.server.ts'
import { RequestsWait } from '#app/features/training/desk-requests.tsx'
import { words } from '#app/features/training/desk-words.ts'
import { shanghaiDate } from '#app/lib/calendar.ts'
import { notFound } from '#app/lib/http.ts'
import { ButtonLink } from '#app/ui/button.tsx'
import { Card, Section } from '#app/ui/card.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Seg } from '#app/ui/navigation.tsx'
import { PageHead } from '#app/ui/page-head.tsx'
import { PrintButton } from '#app/ui/paper.tsx'
import { Row, RowMeta, Rows } from '#app/ui/rows.tsx'
import { pageTitle } from '../shell/title.ts'

export const meta: MetaFunction = (args) => pageTitle(args, words, (w) => w.overview.title)

/** The administrator's first page: the figures of the academy, what comes next, and where to go. */
export async function loader(args: LoaderFunctionArgs) {
  const viewer = requireViewer(args, 'training.read')
  const base = `/academies/${viewer.academyCode}/manage`
  if (!may(viewer, 'training.manage')) throw redirect(`${base}/classes`)
  const now = new Date()
  const search = new URL(args.request.url).searchParams
  const page = await academyPageFor(viewer, { academyCode: viewer.academyCode ?? '', search, now })
  if (!page) throw notFound('academy')
  const found = await as(viewer, async (tx) => ({
    coming: await listComingClasses(tx, { viewer, now }),
    waiting: await findWaitingRequests(tx, viewer),
    toClose: await countToClose(tx, { viewer, now }),
  }))
  return { page, ...found, base, academyName: viewer.academyName, today: shanghaiDate(now) }
}

export default function AcademyOverview() {
  const w = useWords(words)
  const a = useWords(academyWords)
  const { page, coming, waiting, toClose, base, academyName, today } = useLoaderData<typeof loader>()
  const { years, year } = page
  return (
    <div className="sheet-a4l">
      <PageHead title={w.overview.title} meta={academyName}>
        <Seg
          label={w.classes.filterYear}
          items={years.map((one) => ({ to: `?year=${one}`, label: String(one), isCurrent: one === year }))}
        />
        <PrintButton>{a.print}</PrintButton>
        <ButtonLink kind="main" icon="class" to={`${base}/classes/new`}>
          {w.classes.open}
        </ButtonLink>
      </PageHead>
      <RequestsWait waiting={waiting} base={`${base}/classes`} today={today} />
      <ClassesToClose count={toClose} base={`${base}/classes`} />
      <AcademyFigures page={page} />
      <Section title={w.overview.coming}>
        <ComingClasses classes={coming} base={`${base}/classes`} today={today} />
      </Section>
      <Section title={w.overview.tasks}>
        <div className="stack">
          <Card>
            <Rows>
              <Row to={`${base}/classes`} title={w.overview.classes}>
                <RowMeta>{w.overview.classesText}</RowMeta>
              </Row>
              <Row to={`${base}/ledger`} title={w.overview.ledger}>
                <RowMeta>{w.overview.ledgerText}</RowMeta>
              </Row>
              <Row to={`${base}/identity`} title={w.overview.identity}>
                <RowMeta>{w.overview.identityText}</RowMeta>
              </Row>
            </Rows>
          </Card>
        </div>
      </Section>
    </div>
  )
}
