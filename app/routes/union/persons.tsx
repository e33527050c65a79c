import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { requireViewer } from '#app/features/accounts/guard.server.ts'
import { isAboutGrowth, isAboutRate } from '#app/features/figures/behind.ts'
import { BehindFilters } from '#app/features/figures/behind-filters.tsx'
import { isNarrowed } from '#app/features/figures/behind-narrow.ts'
import { BrandsTable, PersonsTable } from '#app/features/figures/behind-table.tsx'
import { behindWords } from '#app/features/figures/behind-words.ts'
import { AllFigures, GrowthBeside, RateBeside } from '#app/features/figures/beside.tsx'
import { figurePageFor } from '#app/features/figures/figure-page.server.ts'
import { FigureTarget } from '#app/features/figures/figure-target.tsx'
import { isEnrolmentFigure } from '#app/features/figures/figures.ts'
import { academyPath, figurePath } from '#app/features/figures/indicator-say.ts'
import { overviewWords } from '#app/features/figures/overview-words.ts'
import { showCount } from '#app/features/figures/show.ts'
import { words } from '#app/features/figures/words.ts'
import { notFound } from '#app/lib/http.ts'
import { Section } from '#app/ui/card.tsx'
import { Link } from '#app/ui/link.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Crumbs, Seg } from '#app/ui/navigation.tsx'
import { PageHead } from '#app/ui/page-head.tsx'
import { pageTitle } from '../shell/title.ts'

export const meta: MetaFunction<typeof loader> = (args) =>
  pageTitle(args, behindWords, (w) =>
    args.data ? `${w.figures[args.data.figure]} ${args.data.year} · ${args.data.academy.name}` : w.behind.allFigures,
  )

/** For those who oversee the academy: its administrator, its sponsor, the province. */
export async function loader(args: LoaderFunctionArgs) {
  const viewer = requireViewer(args, 'figures.read')
  const { academy: academyCode = '', figure = '' } = args.params
  const search = new URL(args.request.url).searchParams
  const page = await figurePageFor(viewer, { academyCode, figure, search, now: new Date() })
  if (!page) throw notFound('figure')
  return { ...page, isOwn: viewer.academyCode === academyCode, unionName: viewer.unionName }
}

export default function Persons() {
  const w = useWords(behindWords)
  const page = useLoaderData<typeof loader>()
  const { academy, figure, year, years, counts, targets, readings, list, narrowing, brands, isFirstPage } = page
  const beside = { academyCode: academy.code, year, counts, readings, targets }
  return (
    <>
      <Crumbs
        items={[
          useHome(page),
          { to: academyPath(academy.code, year), label: academy.name },
          { label: w.figures[figure] },
        ]}
      />
      <PageHead title={`${w.figures[figure]} ${year}`} meta={w.behind.meta(academy.name, targets.policyYear)}>
        <Seg
          label={w.behind.year}
          items={years.map((other) => ({
            to: figurePath(academy.code, figure, other),
            label: String(other),
            isCurrent: other === year,
          }))}
        />
      </PageHead>
      <p>
        <b className="num">{useCount(page)}</b> <span className="soft">{w.means[figure]}</span>
      </p>
      <FigureTarget figure={figure} cells={page.cells} targets={targets} />
      {isAboutGrowth(figure) && <GrowthBeside {...beside} />}
      {isAboutRate(figure) && <RateBeside {...beside} />}
      <Section title={w.behind.caption(w.figures[figure])}>
        {list ? (
          <div className="stack">
            <BehindFilters narrowing={narrowing} year={year} path={`/academies/${academy.code}/figures/${figure}`} />
            {isNarrowed(narrowing) && list.count > 0 && (
              <p className="small">
                {w.narrow.left(showCount(list.count))} <Link to={`?year=${year}`}>{w.behind.whole}</Link>
              </p>
            )}
            <PersonsTable
              list={list}
              figure={figure}
              year={year}
              narrowing={narrowing}
              academyCode={academy.code}
              isFirstPage={isFirstPage}
            />
            <p className="tiny muted">{w.narrow.note}</p>
          </div>
        ) : (
          <BrandsTable brands={brands} />
        )}
      </Section>
      <Section title={w.behind.allFigures}>
        <AllFigures academyCode={academy.code} year={year} counts={counts} />
      </Section>
    </>
  )
}

type Page = ReturnType<typeof useLoaderData<typeof loader>>

/** Where the reader came from: the academy's own desk, or the overview of academies. */
function useHome({ isOwn, academy, year, unionName }: Page) {
  const { title, sponsorTitle } = useWords(overviewWords)
  const { ownOverview } = useWords(behindWords).behind
  return isOwn
    ? { to: `/academies/${academy.code}/manage`, label: ownOverview }
    : { to: `/province?year=${year}`, label: `${unionName ? sponsorTitle : title} ${year}` }
}

/** The figure with its unit. */
function useCount({ figure, counts }: Page): string {
  const w = useWords(words)
  const count = showCount(counts[figure])
  if (figure === 'brands') return w.brands(count)
  return isEnrolmentFigure(figure) ? w.times(count) : w.persons(count)
}
