import { useWords } from '#app/ui/locale.tsx'
import { INDICATORS } from '#db/values.ts'
import { academyWords } from './academy-words.ts'
import type { Figure } from './figures.ts'
import { VerdictBadge } from './indicator-cell.tsx'
import { noteOf, OPENS, shownValue, targetInWords } from './indicator-say.ts'
import type { OverviewRow } from './overview.ts'
import type { Targets } from './targets.ts'
import { words } from './words.ts'

/** What the plan asks of a figure, and whether the year makes it; nothing for figures that no indicator goes by. */
export function FigureTarget({
  figure,
  cells,
  targets,
}: {
  figure: Figure
  cells: OverviewRow['cells']
  targets: Targets
}) {
  const w = useWords(words)
  const a = useWords(academyWords)
  const indicator = INDICATORS.find((one) => OPENS[one] === figure)
  if (!indicator) return null
  const cell = cells[indicator]
  const isShare = typeof cell.value !== 'number'
  return (
    <p className="inline small">
      <span>
        {isShare && `${w.indicators[indicator]} `}
        {isShare && <b className="num">{shownValue(cell.value)}</b>} {a.target(targetInWords(w, indicator, targets))}
      </span>
      <VerdictBadge verdict={cell.verdict} tone={cell.tone} />
      <span className="soft">{noteOf(w, indicator, cell, 0)}</span>
    </p>
  )
}
