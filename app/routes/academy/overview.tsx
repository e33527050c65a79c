import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { redirect } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { as } from '#app/features/accounts/as.server.ts'
import { requireViewer } from '#app/features/accounts/guard.server.ts'
import { may } from '#app/features/accounts/roles.ts'
import { AcademyTiles } from '#app/features/figures/academy-tiles.tsx'
import { overviewFor } from '#app/features/figures/overview.server.ts'
import { ComingClasses } from '#app/features/training/coming-classes.tsx'
import { listComingClasses } from '#app/features/training/desk.server.ts'
import { words } from '#app/features/training/desk-words.ts'
import { shanghaiDate } from '#app/lib/calendar.ts'
import { ButtonLink } from '#app/ui/button.tsx'
import { Card, Section } from '#app/ui/card.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Seg } from '#app/ui/navigation.tsx'
import { PageHead } from '#app/ui/page-head.tsx'
import { Row, RowMeta, Rows } from '#app/ui/rows.tsx'
import { pageTitle } from '../shell/title.ts'

export const meta: MetaFunction = (args) => pageTitle(args, words, (w) => w.overview.title)

/** The administrator's first page: the figures of the academy, what comes next, and where to go. */
export async function loader(args: LoaderFunctionArgs) {
  const viewer = requireViewer(args, 'training.read')
  const base = `/academies/${viewer.academyCode}/manage`
  if (!may(viewer, 'training.manage')) throw redirect(`${base}/classes`)
  const now = new Date()
  const year = new URL(args.request.url).searchParams.get('year') ?? ''
  const { rows, targets, years, view } = await overviewFor(viewer, new URLSearchParams({ year }), now)
  const coming = await as(viewer, (tx) => listComingClasses(tx, { viewer, now }))
  const row = rows.find((one) => one.code === viewer.academyCode) ?? null
  const figures = { row, targets, year: view.year }
  return { figures, years, coming, base, academyName: viewer.academyName, today: shanghaiDate(now) }
}

export default function AcademyOverview() {
  const w = useWords(words)
  const { figures, years, coming, base, academyName, today } = useLoaderData<typeof loader>()
  const { row, targets, year } = figures
  return (
    <>
      <PageHead title={w.overview.title} meta={academyName}>
        <Seg
          label={w.classes.filterYear}
          items={years.map((one) => ({ to: `?year=${one}`, label: String(one), isCurrent: one === year }))}
        />
        <ButtonLink kind="main" icon="class" to={`${base}/classes/new`}>
          {w.classes.open}
        </ButtonLink>
      </PageHead>
      {row && <AcademyTiles row={row} targets={targets} year={year} />}
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
              <Row to={`${base}/identity`} title={w.overview.identity}>
                <RowMeta>{w.overview.identityText}</RowMeta>
              </Row>
            </Rows>
          </Card>
          <p className="soft small">{w.overview.ledgerText}</p>
        </div>
      </Section>
    </>
  )
}
