import { Badge, Chip } from '#app/ui/badge.tsx'
import { Empty } from '#app/ui/card.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Pager } from '#app/ui/navigation.tsx'
import { type Column, Table } from '#app/ui/table.tsx'
import { TextLink } from '#app/ui/text-link.tsx'
import { INDICATORS } from '#db/values.ts'
import { IndicatorCell, targetInWords } from './indicator-cell.tsx'
import type { OverviewRow } from './overview.ts'
import { type OverviewView, PAGE_SIZE, type Sort, sortBy, writeView } from './overview-view.ts'
import { overviewWords } from './overview-words.ts'
import type { Targets } from './targets.ts'
import { words } from './words.ts'

/** Academies × five indicators; on a phone one card an academy. */
export function OverviewTable({
  rows,
  view,
  targets,
  found,
  pages,
}: {
  rows: readonly OverviewRow[]
  view: OverviewView
  targets: Targets
  found: number
  pages: number
}) {
  const w = useWords(words)
  const o = useWords(overviewWords)
  if (found === 0)
    return (
      <Empty icon="school" action={<TextLink to={`?year=${view.year}`}>{o.reset}</TextLink>}>
        {o.empty}
      </Empty>
    )
  const sort = (by: Sort) => ({
    to: writeView(view, sortBy(view, by)),
    direction: view.sort === by ? (view.dir === 'asc' ? ('ascending' as const) : ('descending' as const)) : undefined,
  })
  const columns: Column<OverviewRow>[] = [
    {
      key: 'academy',
      head: o.academy,
      note: o.byCity,
      isRowHead: true,
      sort: sort('city'),
      cell: (row) => (
        <>
          <TextLink className="quiet" to={`/academies/${row.code}`}>
            {row.name}
          </TextLink>
          <small>{row.sponsorName}</small>
        </>
      ),
    },
    ...INDICATORS.map(
      (indicator): Column<OverviewRow> => ({
        key: indicator,
        head: w.indicators[indicator],
        label: w.short[indicator],
        note: targetInWords(w, indicator, targets),
        isNumeric: true,
        sort: sort(indicator),
        cell: ({ cells, improved, code }) => (
          <IndicatorCell
            indicator={indicator}
            cell={cells[indicator]}
            targets={targets}
            improved={improved}
            academyCode={code}
            year={view.year}
          />
        ),
      }),
    ),
    { key: 'account', head: o.accountHead, sort: sort('account'), cell: (row) => <AccountCell row={row} /> },
  ]
  return (
    <Table
      caption={o.caption}
      columns={columns}
      rows={rows}
      rowKey={(row) => row.code}
      isCards
      footer={<OverviewPager view={view} shown={rows.length} found={found} pages={pages} />}
    />
  )
}

/** 核算: never a conclusion. Academies without a designation in the year are not judged. */
function AccountCell({ row }: { row: OverviewRow }) {
  const w = useWords(words)
  return (
    <>
      {w.account(row.metCount)}
      {row.cells.growth.verdict === 'no_baseline' && <p className="tiny muted">{w.noBaselineToo}</p>}
      {!row.isDesignated && (
        <p className="tiny muted">
          <Chip>{w.reference}</Chip> {w.asReference}
        </p>
      )}
    </>
  )
}

function OverviewPager({
  view,
  shown,
  found,
  pages,
}: {
  view: OverviewView
  shown: number
  found: number
  pages: number
}) {
  const o = useWords(overviewWords)
  const to = (page: number) => writeView(view, { page })
  const first = (view.page - 1) * PAGE_SIZE + 1
  const numbers = pages > 1 ? Array.from({ length: pages }, (_, index) => index + 1) : []
  return (
    <Pager
      summary={o.page(first, first + shown - 1, found)}
      previous={view.page > 1 ? to(view.page - 1) : null}
      next={view.page < pages ? to(view.page + 1) : null}
      pages={numbers.map((page) => ({ to: to(page), label: String(page), isCurrent: page === view.page }))}
    />
  )
}

/** What the marks in the table mean. */
export function OverviewLegend() {
  const w = useWords(words)
  const o = useWords(overviewWords)
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
