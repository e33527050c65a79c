import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { requireViewer } from '#app/features/accounts/guard.server.ts'
import { overviewFor } from '#app/features/figures/overview.server.ts'
import { OverviewFilters } from '#app/features/figures/overview-filters.tsx'
import { HeadlineTiles } from '#app/features/figures/overview-head.tsx'
import { OverviewLegend, OverviewTable } from '#app/features/figures/overview-table.tsx'
import { writeView } from '#app/features/figures/overview-view.ts'
import { overviewWords } from '#app/features/figures/overview-words.ts'
import { words } from '#app/features/figures/words.ts'
import { words as dateWords } from '#app/lib/date-words.ts'
import { Empty, Section } from '#app/ui/card.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Seg } from '#app/ui/navigation.tsx'
import { PageHead } from '#app/ui/page-head.tsx'
import { pageTitle } from '../shell/title.ts'

export const meta: MetaFunction<typeof loader> = (args) => pageTitle(args, overviewWords, (w) => titleOf(w, args.data))

/** The province's officials see every academy, a sponsor's reviewer those its union recommends. */
export async function loader(args: LoaderFunctionArgs) {
  const viewer = requireViewer(args, 'figures.compare')
  const overview = await overviewFor(viewer, new URL(args.request.url).searchParams, new Date())
  return { ...overview, unionName: viewer.unionName }
}

export default function Province() {
  const w = useWords(overviewWords)
  const { date } = useWords(dateWords)
  const data = useLoaderData<typeof loader>()
  const { view, years, targets, headline, distinct, cities, sponsors, rows, found, pages } = data
  return (
    <>
      <PageHead title={titleOf(w, data)} meta={w.meta(date(data.today), targets.policyYear)}>
        <Seg
          label={w.years}
          items={years.map((year) => ({
            to: writeView(view, { year }),
            label: String(year),
            isCurrent: year === view.year,
          }))}
        />
      </PageHead>
      {headline.academies === 0 ? (
        <Empty icon="school">{w.emptyAtAll}</Empty>
      ) : (
        <>
          <section aria-label={w.plan}>
            <HeadlineTiles headline={headline} distinct={distinct} targets={targets} view={view} />
          </section>
          <div id="academies">
            <Section title={w.table(found)} aside={<Conclusion />}>
              <div className="stack">
                <OverviewFilters view={view} cities={cities} sponsors={sponsors} />
                <OverviewLegend />
                <OverviewTable rows={rows} view={view} targets={targets} found={found} pages={pages} />
              </div>
            </Section>
          </div>
        </>
      )}
    </>
  )
}

function Conclusion() {
  return <span className="tiny muted">{useWords(words).conclusion}</span>
}

type Titled = { view: { year: number }; unionName: string | null }

function titleOf(w: { title: string; sponsorTitle: string }, data?: Titled): string {
  return data ? `${data.unionName ? w.sponsorTitle : w.title} ${data.view.year}` : w.title
}
