import { useWords } from '#app/ui/locale.tsx'
import { AcademyPace } from './academy-pace.tsx'
import type { AcademyPage } from './academy-page.server.ts'
import { AcademyTiles, TrendTable } from './academy-tiles.tsx'
import { academyWords } from './academy-words.ts'
import { AcademyBeside } from './beside.tsx'
import { figurePath } from './indicator-say.ts'
import { showCount, showPercent } from './show.ts'
import { awaitingOf, rateOnceIssued } from './verdicts.ts'

/** One academy and year, whole: indicators with three years, pace, what stands beside, what to do first. */
export function AcademyFigures({ page }: { page: AcademyPage }) {
  const { row, targets, year, span, isRunning, counts, readings, academy } = page
  return (
    <>
      <AcademyTiles row={row} targets={targets} year={year} span={span} isRunning={isRunning} />
      <TrendTable row={row} span={span} />
      <div className="split">
        <div>
          <AcademyPace page={page} />
          <NextSteps page={page} />
        </div>
        <AcademyBeside academyCode={academy.code} year={year} counts={counts} readings={readings} targets={targets} />
      </div>
    </>
  )
}

function NextSteps({ page: { counts, targets, academy, year } }: { page: AcademyPage }) {
  const a = useWords(academyWords)
  const { basis } = targets
  const steps = [
    {
      figure: 'awaiting' as const,
      count: awaitingOf(counts, basis),
      text: a.nextAwaiting(showCount(awaitingOf(counts, basis)), showPercent(rateOnceIssued(counts, basis))),
    },
    {
      figure: 'improved_undeclared' as const,
      count: counts.improved_undeclared,
      text: a.nextUndeclared(showCount(counts.improved_undeclared)),
    },
    {
      figure: 'trained_uncategorised' as const,
      count: counts.trained_uncategorised,
      text: a.nextUncategorised(showCount(counts.trained_uncategorised)),
    },
  ].filter(({ count }) => count > 0)
  if (steps.length === 0) return null
  return (
    <section className="section" aria-label={a.next}>
      <div className="section-head">
        <h2>{a.next}</h2>
      </div>
      <ol className="card">
        {steps.map(({ figure, text }) => (
          <li key={figure} className="next-step">
            <span>{text}</span>
            <a className="btn" href={figurePath(academy.code, figure, year)}>
              {a.seeList}
            </a>
          </li>
        ))}
      </ol>
    </section>
  )
}
