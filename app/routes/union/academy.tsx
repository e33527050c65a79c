import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { requireViewer } from '#app/features/accounts/guard.server.ts'
import { showAcademyFigures } from '#app/features/figures/academy-figures.server.tsx'
import { academyPageFor } from '#app/features/figures/academy-page.server.ts'
import { academyWords } from '#app/features/figures/academy-words.ts'
import { overviewWords } from '#app/features/figures/overview-words.ts'
import { words as dateWords } from '#app/lib/date-words.ts'
import { notFound } from '#app/lib/http.ts'
import { parsePreferences } from '#app/lib/preferences.ts'
import { ButtonLink } from '#app/ui/button.tsx'
import { FinishedHtml, finishedHtml } from '#app/ui/finished-html.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Crumbs, Seg } from '#app/ui/navigation.tsx'
import { PageHead } from '#app/ui/page-head.tsx'
import { PrintButton, SignFoot } from '#app/ui/paper.tsx'
import { pageTitle } from '../shell/title.ts'

export const meta: MetaFunction<typeof loader> = (args) =>
  pageTitle(args, overviewWords, (w) => (args.data ? `${args.data.page.academy.name} ${args.data.page.year}` : w.title))

/** Name of the part that comes finished (ui/finished-html.tsx). */
const FIGURES = 'academy-figures'

/** One academy's figures for those who oversee it: its administrator, its sponsor, the province. */
export async function loader(args: LoaderFunctionArgs) {
  const viewer = requireViewer(args, 'figures.read')
  const search = new URL(args.request.url).searchParams
  const page = await academyPageFor(viewer, { academyCode: args.params.academy ?? '', search, now: new Date() })
  if (!page) throw notFound('academy')
  const { locale } = parsePreferences(args.request.headers.get('Cookie'))
  const { academy, year, years, today, targets } = page
  return {
    page: { academy, year, years, today, policyYear: targets.policyYear },
    isOwn: viewer.academyCode === academy.code,
    unionName: viewer.unionName,
    figures: finishedHtml(args.context, FIGURES, showAcademyFigures(page, locale)),
  }
}

export default function Academy() {
  const a = useWords(academyWords)
  const o = useWords(overviewWords)
  const { date } = useWords(dateWords)
  const { page, isOwn, unionName, figures } = useLoaderData<typeof loader>()
  const { academy, year, years, today, policyYear } = page
  return (
    <div className="sheet-a4l">
      {!isOwn && (
        <Crumbs
          items={[
            { to: `/province?year=${year}`, label: `${unionName ? o.sponsorTitle : o.title} ${year}` },
            { label: academy.name },
          ]}
        />
      )}
      <PageHead title={`${academy.name} ${year}`} meta={a.meta(academy.sponsorName, date(today), policyYear)}>
        <Seg
          label={a.years}
          items={years.map((one) => ({ to: `?year=${one}`, label: String(one), isCurrent: one === year }))}
        />
        <PrintButton>{a.print}</PrintButton>
        <ButtonLink icon="home" to={`/academies/${academy.code}`}>
          {a.publicPage}
        </ButtonLink>
      </PageHead>
      <FinishedHtml id={FIGURES} html={figures} />
      <SignFoot lines={o.signs.split('|')} />
    </div>
  )
}
