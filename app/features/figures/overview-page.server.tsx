import type { Locale } from '#app/lib/i18n.ts'
import { memo } from '#app/lib/memo.ts'
import { finish } from '#app/ui/finish.server.tsx'
import type { Viewer } from '../accounts/actor.ts'
import { type Overview, readOverview } from './overview.server.ts'
import { OverviewTable } from './overview-table.tsx'
import { OverviewTop } from './overview-top.tsx'

/** The overview as its page shows it: what the page's forms and switches need, and the two large parts of it finished. */
export type OverviewPage = Pick<Overview, 'view' | 'years' | 'cities' | 'sponsors' | 'found' | 'today'> & {
  policyYear: number
  isYears: boolean
  /** Tiles, map and distribution. Null where there is no academy. */
  top: Uint8Array | null
  table: Uint8Array
}

/** Pages of so many views and readers: the views that a meeting goes through, in both languages. */
const remembered = memo<OverviewPage>(48)

/**
 * {@link readOverview}, shown. The figures are asked of the database each time, under the viewer's own rights; what was
 * shown of the same ones before is shown again.
 */
export async function overviewPageFor(
  viewer: Viewer,
  asked: { search: URLSearchParams; locale: Locale; now: Date },
): Promise<OverviewPage> {
  const { locale } = asked
  const hasPlan = viewer.unionName === null
  const { mark, overview } = await readOverview(viewer, asked.search, asked.now)
  const make = () => show(overview(), { locale, hasPlan })
  return mark === null ? make() : remembered(`${locale} ${hasPlan} ${mark}`, make)
}

function show(overview: Overview, { locale, hasPlan }: { locale: Locale; hasPlan: boolean }): OverviewPage {
  const { view, years, cities, sponsors, found, today, headline, targets, span } = overview
  return {
    ...{ view, years, cities, sponsors, found, today },
    policyYear: targets.policyYear,
    isYears: span.length > 0,
    top: headline.academies === 0 ? null : finish(<OverviewTop overview={overview} hasPlan={hasPlan} />, locale),
    table: finish(<OverviewTable {...overview} />, locale),
  }
}
