import { Badge } from '#app/ui/badge.tsx'
import { Empty } from '#app/ui/card.tsx'
import { Link } from '#app/ui/link.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { LongTable } from '#app/ui/long-table.tsx'
import { Pager } from '#app/ui/navigation.tsx'
import { INDICATORS } from '#db/values.ts'
import { targetInWords } from './indicator-say.ts'
import type { OverviewRow } from './overview.ts'
import { overviewRowsMarkup } from './overview-rows.ts'
import { type OverviewView, PAGE_SIZE, type Sort, sortBy, writeView } from './overview-view.ts'
import { overviewWords } from './overview-words.ts'
import type { Targets } from './targets.ts'
import { words } from './words.ts'

type Props = {
  rows: readonly OverviewRow[]
  view: OverviewView
  span: readonly number[]
  targets: Targets
  found: number
  pages: number
}

/** Academies × five indicators: one year with its verdicts, or three side by side. On a phone one card an academy. */
export function OverviewTable({ rows, view, span, targets, found, pages }: Props) {
  const w = useWords(words)
  const o = useWords(overviewWords)
  if (found === 0)
    return (
      <Empty icon="school" action={<Link to={writeView(view, NO_FILTER)}>{o.reset}</Link>}>
        {o.empty}
      </Empty>
    )
  const sort = (by: Sort) => ({
    to: writeView(view, sortBy(view, by)),
    direction: view.sort === by ? (view.dir === 'asc' ? ('ascending' as const) : ('descending' as const)) : undefined,
  })
  const heads = [
    { key: 'academy', head: o.academy, note: o.byCity, sort: sort('city') },
    ...INDICATORS.map((indicator) => ({
      key: indicator,
      head: w.indicators[indicator],
      note: targetInWords(w, indicator, targets),
      isNumeric: true,
      sort: sort(indicator),
    })),
    { key: 'account', head: o.accountHead, sort: sort('account') },
  ]
  const body = overviewRowsMarkup(rows, { w, targets, year: view.year, years: span, accountHead: o.accountHead })
  const first = (view.page - 1) * PAGE_SIZE + 1
  return (
    <LongTable
      className="table-overview"
      caption={span.length > 0 ? o.spanCaption(`${span.at(0)}–${span.at(-1)}`) : o.caption}
      heads={heads}
      body={body}
      footer={
        <Pager
          summary={o.page(first, first + rows.length - 1, found)}
          previous={view.page > 1 ? writeView(view, { page: view.page - 1 }) : null}
          next={view.page < pages ? writeView(view, { page: view.page + 1 }) : null}
        />
      }
    />
  )
}

const NO_FILTER = { city: null, sponsor: null, kind: null, verdict: null, q: '' }

/** What the marks in the table mean. */
export function OverviewLegend({ isYears }: { isYears: boolean }) {
  const w = useWords(words)
  const o = useWords(overviewWords)
  if (isYears)
    return (
      <div className="legend">
        <span>
          <svg className="chart key" viewBox="0 0 24 12" aria-hidden="true">
            <path className="goal" d="M0 6h24" />
            <path className="line" d="M2 10l10-6 10 3" />
          </svg>
          {o.legendYears}
        </span>
      </div>
    )
  return (
    <div className="legend">
      <span>
        <svg width="24" height="12" viewBox="0 0 24 12" aria-hidden="true">
          <rect className="bullet-track" y="2" width="24" height="8" />
          <rect className="bullet-value" y="4" width="18" height="4" />
          <path className="bullet-goal" d="M15 2v8" />
        </svg>
        {o.legendBar}
      </span>
      <span>
        <Badge tone="met">{w.verdicts.met}</Badge>
      </span>
      <span>
        <Badge tone="warn">{w.verdicts.not_met}</Badge>
        {o.legendComing}
      </span>
      <span>
        <Badge tone="miss">{w.verdicts.not_met}</Badge>
        {o.legendMissing}
      </span>
    </div>
  )
}
