import { useWords } from '#app/ui/locale.tsx'
import type { Overview } from './overview.server.ts'
import { Distribution } from './overview-distribution.tsx'
import { HeadlineTiles } from './overview-head.tsx'
import { CityMap } from './overview-map.tsx'
import { overviewWords } from './overview-words.ts'

/** Above the table: the sums against the plan, where the academies lie, how many meet how much. */
export function OverviewTop({ overview, hasPlan }: { overview: Overview; hasPlan: boolean }) {
  const w = useWords(overviewWords)
  const { headline, distinct, plan, targets, view, map, isRunning } = overview
  const onMap = map.reduce((sum, city) => sum + city.academies, 0)
  return (
    <>
      <section aria-label={w.plan}>
        <HeadlineTiles {...{ headline, distinct, targets, view }} plan={hasPlan ? plan : null} />
      </section>
      <div className="split">
        {map.length > 0 && <CityMap map={map} view={view} rest={headline.academies - onMap} />}
        <Distribution headline={headline} view={view} isRunning={isRunning} />
      </div>
    </>
  )
}
