import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { requireViewer } from '#app/features/accounts/guard.server.ts'
import { overviewFor } from '#app/features/figures/overview.server.ts'
import { Distribution } from '#app/features/figures/overview-distribution.tsx'
import { OverviewFilters } from '#app/features/figures/overview-filters.tsx'
import { HeadlineTiles } from '#app/features/figures/overview-head.tsx'
import { CityMap } from '#app/features/figures/overview-map.tsx'
import { packRows } from '#app/features/figures/overview-pack.ts'
import { OverviewLegend, OverviewTable } from '#app/features/figures/overview-table.tsx'
import { SPANS, writeView } from '#app/features/figures/overview-view.ts'
import { overviewWords } from '#app/features/figures/overview-words.ts'
import { words as dateWords } from '#app/lib/date-words.ts'
import { LinkButton } from '#app/ui/button.tsx'
import { Empty, Section } from '#app/ui/card.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Seg } from '#app/ui/navigation.tsx'
import { PageHead } from '#app/ui/page-head.tsx'
import { PrintButton, SignFoot } from '#app/ui/paper.tsx'
import { pageTitle } from '../shell/title.ts'

export const meta: MetaFunction<typeof loader> = (args) => pageTitle(args, overviewWords, (w) => titleOf(w, args.data))

/** The province's officials see every academy, a sponsor's reviewer those its union recommends. */
export async function loader(args: LoaderFunctionArgs) {
  const viewer = requireViewer(args, 'figures.compare')
  const { rows, ...overview } = await overviewFor(viewer, new URL(args.request.url).searchParams, new Date())
  return { ...overview, packed: packRows(rows), unionName: viewer.unionName }
}

export default function Province() {
  const w = useWords(overviewWords)
  const { date } = useWords(dateWords)
  const data = useLoaderData<typeof loader>()
  const { view, years, span, targets, headline, distinct, cities, map, sponsors, packed, found, pages } = data
  const plan = data.unionName === null ? data.plan : null
  return (
    <div className="sheet-a4l">
      <PageHead title={titleOf(w, data)} meta={w.meta(date(data.today), targets.policyYear)}>
        <Seg
          label={w.years}
          items={years.map((year) => ({
            to: writeView(view, { year }),
            label: String(year),
            isCurrent: year === view.year,
          }))}
        />
        <Seg
          label={w.span}
          items={SPANS.map((one) => ({
            to: writeView(view, { span: one }),
            label: w.spans[one],
            isCurrent: one === view.span,
          }))}
        />
        <PrintButton>{w.print}</PrintButton>
        <LinkButton icon="download" href={`/province/export${writeView(view)}`}>
          {w.export}
        </LinkButton>
      </PageHead>
      {headline.academies === 0 ? (
        <Empty icon="school">{w.emptyAtAll}</Empty>
      ) : (
        <>
          <section aria-label={w.plan}>
            <HeadlineTiles headline={headline} distinct={distinct} plan={plan} targets={targets} view={view} />
          </section>
          <div className="split">
            {map.length > 0 && (
              <CityMap
                map={map}
                view={view}
                rest={headline.academies - map.reduce((sum, city) => sum + city.academies, 0)}
              />
            )}
            <Distribution headline={headline} view={view} isRunning={data.isRunning} />
          </div>
          <div id="academies">
            <Section title={w.table(found)}>
              <div className="stack">
                <OverviewFilters view={view} cities={cities} sponsors={sponsors} />
                <OverviewLegend isYears={span.length > 0} />
                <OverviewTable packed={packed} view={view} span={span} targets={targets} found={found} pages={pages} />
              </div>
            </Section>
          </div>
        </>
      )}
      <SignFoot lines={w.signs.split('|')} />
    </div>
  )
}

type Titled = { view: { year: number }; unionName: string | null }

function titleOf(w: { title: string; sponsorTitle: string }, data?: Titled): string {
  return data ? `${data.unionName ? w.sponsorTitle : w.title} ${data.view.year}` : w.title
}
