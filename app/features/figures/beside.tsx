import { Chip } from '#app/ui/badge.tsx'
import { Link } from '#app/ui/link.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { type Column, Table } from '#app/ui/table.tsx'
import { behindWords } from './behind-words.ts'
import type { Counts, Figure } from './figures.ts'
import { VerdictBadge } from './indicator-cell.tsx'
import { figurePath } from './indicator-say.ts'
import type { Reading, Readings } from './readings.ts'
import { showCount, showPercent } from './show.ts'
import type { Targets } from './targets.ts'

type Words = (typeof behindWords)['zh-CN']
type Beside = { academyCode: string; year: number; counts: Counts; readings: Readings; targets: Targets }

/** Always beside the rate: entitled, sat, absent, the share of the trained who were assessed, and the other readings. */
export function RateBeside({ academyCode, year, counts, readings, targets }: Beside) {
  const w = useWords(behindWords)
  const share = showPercent({ numerator: counts.assessed_of_trained, denominator: counts.trained })
  const rows = (['entitled', 'assessed', 'absent', 'certified', 'awaiting'] as const).map((figure) => ({
    ...row(w, academyCode, year, figure, counts),
    note: figure === 'assessed' ? w.beside.ofTrained(share) : undefined,
  }))
  return (
    <div className="split">
      <NumberTable caption={w.beside.rate} rows={rows} />
      <div className="stack">
        <ReadingTable caption={w.beside.readings} side={readings.rate} nameOf={(name) => w.beside.bases[name]} />
        <Settlement isUnsettled={readings.isRateUnsettled} source={targets.sources.rate} side={readings.rate} />
      </div>
    </div>
  )
}

/** Everything that stands beside the rate and the growth of an academy, in one card; each number opens its persons. */
export function AcademyBeside({ academyCode, year, counts, readings, targets }: Beside) {
  const w = useWords(behindWords)
  const share = showPercent({ numerator: counts.assessed_of_trained, denominator: counts.trained })
  const rows = BESIDE.map((figure) => ({
    ...row(w, academyCode, year, figure, counts),
    note: figure === 'assessed' ? w.beside.ofTrained(share) : undefined,
  }))
  return (
    <div className="stack">
      <NumberTable caption={w.beside.both} rows={rows} />
      <ReadingTable caption={w.beside.readings} side={readings.rate} nameOf={(name) => w.beside.bases[name]} />
      <Settlement isUnsettled={readings.isRateUnsettled} source={targets.sources.rate} side={readings.rate} />
    </div>
  )
}

const BESIDE: readonly Figure[] = [
  'entitled',
  'assessed',
  'absent',
  'certified',
  'awaiting',
  'trained_online_only',
  'trained_uncategorised',
  'improved',
  'improved_undeclared',
]

/** Beside growth: both years, who declared nothing, and the other reading of "skill rose". */
export function GrowthBeside({ academyCode, year, counts, readings, targets }: Beside) {
  const w = useWords(behindWords)
  const rows: NumberRow[] = [
    row(w, academyCode, year, 'improved', counts),
    {
      key: 'before',
      label: w.beside.yearBefore(year - 1),
      count: counts.improvedPrevious,
      to: figurePath(academyCode, 'improved', year - 1),
    },
    row(w, academyCode, year, 'improved_undeclared', counts),
    row(w, academyCode, year, 'levelled', counts),
  ]
  return (
    <div className="split">
      <NumberTable caption={w.beside.growth} rows={rows} />
      <div className="stack">
        <ReadingTable caption={w.beside.readings} side={readings.growth} nameOf={(name) => w.beside.growths[name]} />
        <Settlement isUnsettled={readings.isGrowthUnsettled} source={targets.sources.growth} side={readings.growth} />
      </div>
    </div>
  )
}

/** Every figure of the academy and year, each opening what it counts. */
export function AllFigures({ academyCode, year, counts }: Pick<Beside, 'academyCode' | 'year' | 'counts'>) {
  const w = useWords(behindWords)
  return (
    <NumberTable
      caption={w.behind.allFigures}
      head={w.beside.number}
      rows={LISTED.map((figure) => ({ ...row(w, academyCode, year, figure, counts), note: w.means[figure] }))}
    />
  )
}

const LISTED: readonly Figure[] = [
  'brands',
  'trained',
  'trained_times',
  'trained_online_only',
  'trained_uncategorised',
  'practical',
  'practical_times',
  'assessed',
  'certified',
  'awaiting',
  'improved',
  'improved_undeclared',
]

type NumberRow = { key: string; label: string; count: number; to: string; note?: string }

const row = (w: Words, academyCode: string, year: number, figure: Figure, counts: Counts): NumberRow => ({
  key: figure,
  label: w.figures[figure],
  count: counts[figure],
  to: figurePath(academyCode, figure, year),
})

/** Numbers under one another, each a link to what it counts. */
function NumberTable({ caption, head, rows }: { caption: string; head?: string; rows: readonly NumberRow[] }) {
  const w = useWords(behindWords)
  const columns: Column<NumberRow>[] = [
    {
      key: 'label',
      head: caption,
      isRowHead: true,
      cell: ({ label, note }) => (
        <>
          {label}
          {note && <small>{note}</small>}
        </>
      ),
    },
    {
      key: 'count',
      head: head ?? w.beside.count,
      isNumeric: true,
      cell: ({ count, to }) => <Link to={to}>{showCount(count)}</Link>,
    },
  ]
  return <Table caption={caption} columns={columns} rows={rows} rowKey={({ key }) => key} />
}

/** Readings side by side, the official one marked. */
function ReadingTable<Name extends string>({
  caption,
  side,
  nameOf,
}: {
  caption: string
  side: readonly Reading<Name>[]
  nameOf: (name: Name) => string
}) {
  const w = useWords(behindWords)
  const columns: Column<Reading<Name>>[] = [
    {
      key: 'name',
      head: caption,
      isRowHead: true,
      cell: ({ name, isOfficial }) => (
        <>
          {nameOf(name)} {isOfficial && <Chip>{w.beside.official}</Chip>}
        </>
      ),
    },
    { key: 'share', head: w.beside.share, isNumeric: true, cell: ({ share }) => showPercent(share) },
    {
      key: 'verdict',
      head: w.beside.verdict,
      cell: ({ verdict, tone }) => <VerdictBadge verdict={verdict} tone={tone} />,
    },
  ]
  return <Table caption={caption} columns={columns} rows={side} rowKey={({ name }) => name} />
}

/** Whether the readings agree, and if not, what settles them. */
function Settlement({
  isUnsettled,
  source,
  side,
}: {
  isUnsettled: boolean
  source: string | null
  side: readonly Reading<string>[]
}) {
  const w = useWords(behindWords).beside
  const isOne = new Set(side.map((reading) => reading.verdict)).size === 1
  const said = source ? w.settled(source) : isUnsettled ? w.disagree : isOne ? w.agree : null
  return said && <p className="tiny muted">{said}</p>
}
