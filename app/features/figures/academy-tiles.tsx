import { Callout } from '#app/ui/callout.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { INDICATORS } from '#db/values.ts'
import { IndicatorCell, targetInWords } from './indicator-cell.tsx'
import type { OverviewRow } from './overview.ts'
import type { Targets } from './targets.ts'
import { words } from './words.ts'

/** The five indicators of one academy and year; each number opens what it counts. */
export function AcademyTiles({ row, targets, year }: { row: OverviewRow; targets: Targets; year: number }) {
  const w = useWords(words)
  return (
    <div className="stack">
      <Callout title={w.account(row.metCount)}>
        <p>{row.isDesignated ? w.conclusion : w.asReference}</p>
      </Callout>
      <div className="tiles">
        {INDICATORS.map((indicator) => (
          <div key={indicator} className="tile">
            <p className="tile-label">
              {w.indicators[indicator]}
              <small className="muted">{targetInWords(w, indicator, targets)}</small>
            </p>
            <IndicatorCell
              indicator={indicator}
              cell={row.cells[indicator]}
              targets={targets}
              improved={row.improved}
              academyCode={row.code}
              year={year}
            />
          </div>
        ))}
      </div>
    </div>
  )
}
