import { BulletBar } from '#app/ui/bullet-bar.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { TextLink } from '#app/ui/text-link.tsx'
import { Tile, Tiles } from '#app/ui/tiles.tsx'
import { INDICATORS, type Indicator } from '#db/values.ts'
import type { DistinctPersons } from './figures.server.ts'
import { shownValue } from './indicator-cell.tsx'
import type { Headline } from './overview.ts'
import { type OverviewView, writeView } from './overview-view.ts'
import { overviewWords } from './overview-words.ts'
import { showCount, showPercent, showTenths } from './show.ts'
import type { Targets } from './targets.ts'
import { words } from './words.ts'

/** The sums over academies against the plan. Each opens the table sorted by it: the academies that make it. */
export function HeadlineTiles({
  headline,
  distinct,
  targets,
  view,
}: {
  headline: Headline
  distinct: DistinctPersons
  targets: Targets
  view: OverviewView
}) {
  const o = useWords(overviewWords)
  const others = headline.academies - headline.designated
  return (
    <div className="stack">
      <Tiles>
        <Tile
          label={o.academies}
          value={showCount(headline.designated)}
          unit={o.academiesUnit}
          note={others > 0 ? o.others(others) : o.noOthers}
        />
        {INDICATORS.map((indicator) => (
          <IndicatorTile key={indicator} indicator={indicator} headline={headline} targets={targets} view={view} />
        ))}
      </Tiles>
      <p className="tiny muted">
        {o.sums(showCount(distinct.trained), showCount(distinct.practical))}
        <br />
        {o.exams(
          showCount(headline.entitled),
          showCount(headline.assessed),
          showCount(headline.absent),
          showCount(headline.certified),
          showCount(headline.awaiting),
          showPercent(headline.assessedOfTrained),
        )}
      </p>
    </div>
  )
}

function IndicatorTile({
  indicator,
  headline,
  targets,
  view,
}: {
  indicator: Indicator
  headline: Headline
  targets: Targets
  view: OverviewView
}) {
  const w = useWords(words)
  const o = useWords(overviewWords)
  const target = indicator === 'growth' ? showTenths(targets.growth) : showCount(targets[indicator])
  const met = o.met(headline.met[indicator], headline.designated)
  const isShare = indicator === 'rate' || indicator === 'growth'
  return (
    <Tile
      label={w.indicators[indicator]}
      value={
        <TextLink to={`${writeView(view, { sort: indicator, dir: 'desc' })}#academies`}>
          {shownValue(headline[indicator])}
        </TextLink>
      }
      unit={isShare ? undefined : indicator === 'brands' ? o.brandsUnit : o.personsUnit}
      bar={
        headline.designated > 0 && <BulletBar value={headline.met[indicator]} max={headline.designated} label={met} />
      }
      note={
        <>
          {w.eachTargets[indicator](target)}
          <br />
          {met}
          {indicator === 'growth' && headline.noBaseline > 0 && (
            <>
              <br />
              {o.noBaseline(headline.noBaseline)}
            </>
          )}
        </>
      }
    />
  )
}
