import { useWords } from '#app/ui/locale.tsx'
import { Seg } from '#app/ui/navigation.tsx'
import { type Column, Table } from '#app/ui/table.tsx'
import { runningSums, YearChart } from '#app/ui/year-chart.tsx'
import type { AcademyPage } from './academy-page.server.ts'
import { academyWords } from './academy-words.ts'
import { figurePath } from './indicator-say.ts'
import { elapsedOf, projected } from './pace.ts'
import { PACE_FIGURES } from './pace-view.ts'
import { showCount } from './show.ts'

/** How the year adds up, month by month, against the straight way to its target, with the same numbers as a table. */
export function AcademyPace({ page: { pace, year, today, academy } }: { page: AcademyPage }) {
  const a = useWords(academyWords)
  const { figure, months, before, goal } = pace
  const sums = runningSums(months)
  const sumsBefore = runningSums(before)
  const reached = sums.at(-1) ?? 0
  const elapsed = elapsedOf(year, today)
  const even = elapsed && goal !== null ? Math.floor((goal * elapsed.days) / elapsed.of) : null
  const said = [
    a.soFar(showCount(reached)),
    elapsed && a.atPace(showCount(projected(reached, elapsed))),
    even !== null && (reached >= even ? a.ahead(showCount(reached - even)) : a.behind(showCount(even - reached))),
    a.yearBefore(year - 1, showCount(sumsBefore.at(-1) ?? 0)),
  ].filter((text) => typeof text === 'string')
  const lines = a.months.split(' ').map((month, index) => {
    const isThere = index < months.length
    return {
      month,
      to: isThere && months[index] ? `${figurePath(academy.code, figure, year)}&month=${index + 1}` : null,
      added: isThere ? showCount(months[index] ?? 0) : '—',
      sum: isThere ? showCount(sums[index] ?? 0) : '—',
      before: showCount(sumsBefore[index] ?? 0),
    }
  })
  const columns: Column<(typeof lines)[number]>[] = [
    { key: 'month', head: a.month, isRowHead: true, cell: ({ month }) => month },
    {
      key: 'added',
      head: a.addedHead,
      isNumeric: true,
      cell: ({ added, to }) => (to ? <a href={to}>{added}</a> : added),
    },
    { key: 'sum', head: a.sumHead, isNumeric: true, cell: ({ sum }) => sum },
    { key: 'before', head: a.beforeHead(year - 1), isNumeric: true, cell: ({ before }) => before },
  ]
  return (
    <section className="card" aria-label={a.pace}>
      <div className="section-head">
        <h2>{elapsed ? a.pace : a.paceOf(year)}</h2>
        <Seg
          label={a.pace}
          items={PACE_FIGURES.map((one) => ({
            to: `?year=${year}&pace=${one}`,
            label: a.paces[one],
            isCurrent: one === figure,
          }))}
        />
      </div>
      <div className="legend">
        <Key look="line" name={a.inYear(year)} />
        <Key look="line-past" name={a.inYear(year - 1)} />
        {goal !== null && <Key look="line-even" name={a.even} />}
      </div>
      <YearChart
        title={`${academy.name} ${a.paces[figure]} ${year}`}
        description={said.join(a.stop)}
        months={a.months.split(' ')}
        current={months}
        past={before}
        goal={goal ?? 0}
        goalName={a.goal}
        addedName={a.added}
        show={showCount}
      />
      <p className="small">{said.join(a.stop)}</p>
      <details>
        <summary>{a.sameAsTable}</summary>
        <Table caption={a.paceCaption} columns={columns} rows={lines} rowKey={({ month }) => month} />
      </details>
    </section>
  )
}

function Key({ look, name }: { look: string; name: string }) {
  return (
    <span>
      <svg className="chart key" viewBox="0 0 24 12" aria-hidden="true">
        <path className={look} d="M1 6H23" />
      </svg>
      {name}
    </span>
  )
}
