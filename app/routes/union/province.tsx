import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { requireViewer } from '#app/features/accounts/guard.server.ts'
import { OverviewFilters, OverviewNarrowed } from '#app/features/figures/overview-filters.tsx'
import { overviewPageFor } from '#app/features/figures/overview-page.server.tsx'
import { OverviewLegend } from '#app/features/figures/overview-table.tsx'
import { SPANS, writeView } from '#app/features/figures/overview-view.ts'
import { overviewWords } from '#app/features/figures/overview-words.ts'
import { words as dateWords } from '#app/lib/date-words.ts'
import { parsePreferences } from '#app/lib/preferences.ts'
import { LinkButton } from '#app/ui/button.tsx'
import { Empty, Section } from '#app/ui/card.tsx'
import { FinishedHtml, finishedHtml } from '#app/ui/finished-html.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Seg } from '#app/ui/navigation.tsx'
import { PageHead } from '#app/ui/page-head.tsx'
import { PrintButton, SignFoot } from '#app/ui/paper.tsx'
import { pageTitle } from '../shell/title.ts'

export const meta: MetaFunction<typeof loader> = (args) => pageTitle(args, overviewWords, (w) => titleOf(w, args.data))

/** Names of the parts that come finished (ui/finished-html.tsx). */
const [TOP, TABLE] = ['overview-top', 'overview-table']

/** The province's officials see every academy, a sponsor's reviewer those its union recommends. */
export async function loader(args: LoaderFunctionArgs) {
  const viewer = requireViewer(args, 'figures.compare')
  const search = new URL(args.request.url).searchParams
  const { locale } = parsePreferences(args.request.headers.get('Cookie'))
  const { top, table, ...page } = await overviewPageFor(viewer, { search, locale, now: new Date() })
  return {
    ...{ ...page, isEmpty: top === null, unionName: viewer.unionName },
    top: top && finishedHtml(args.context, TOP, top),
    table: finishedHtml(args.context, TABLE, table),
  }
}

export default function Province() {
  const w = useWords(overviewWords)
  const { date } = useWords(dateWords)
  const data = useLoaderData<typeof loader>()
  const { view, years, cities, sponsors, found } = data
  return (
    <div className="sheet-a4l">
      <PageHead title={titleOf(w, data)} meta={w.meta(date(data.today), data.policyYear)}>
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
      {data.isEmpty ? (
        <Empty icon="school">{w.emptyAtAll}</Empty>
      ) : (
        <>
          <FinishedHtml id={TOP} html={data.top} />
          <div id="academies" className="on-new-sheet">
            <Section title={w.table(found)}>
              <div className="stack">
                <OverviewNarrowed view={view} cities={cities} sponsors={sponsors} />
                <OverviewFilters view={view} cities={cities} sponsors={sponsors} />
                <OverviewLegend isYears={data.isYears} />
                <FinishedHtml id={TABLE} html={data.table} />
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
