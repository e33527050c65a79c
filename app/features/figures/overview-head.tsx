import { BulletBar } from '#app/ui/bullet-bar.tsx'
import { Link } from '#app/ui/link.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Tile, Tiles } from '#app/ui/tiles.tsx'
import { INDICATORS, type Indicator } from '#db/values.ts'
import type { DistinctPersons } from './figures.server.ts'
import { shownValue } from './indicator-say.ts'
import type { Headline } from './overview.ts'
import { type OverviewView, writeView } from './overview-view.ts'
import { overviewWords } from './overview-words.ts'
import type { Plan } from './plan.server.ts'
import { showCount, showPercent, showTenths } from './show.ts'
import type { Targets } from './targets.ts'
import { words } from './words.ts'

/** The sums over academies against the plan. Each opens the table sorted by it: the academies that make it. */
export function HeadlineTiles({
  headline,
  distinct,
  plan,
  targets,
  view,
}: {
  headline: Headline
  distinct: DistinctPersons
  /** Null for those who see a part of the province: it has no plan of its own. */
  plan: Plan | null
  targets: Targets
  view: OverviewView
}) {
  const o = useWords(overviewWords)
  return (
    <div className="stack">
      <Tiles>
        <PlanTile headline={headline} plan={plan} />
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

/** The plan's 1 + 1 + about 60 + N. */
function PlanTile({ headline, plan }: { headline: Headline; plan: Plan | null }) {
  const o = useWords(overviewWords)
  const { provincial, comprehensive, online, other } = headline.sorts
  const ofPlan = (said: string, planned: number | undefined) => (planned === undefined ? said : o.ofPlan(said, planned))
  return (
    <Tile
      label={o.academies}
      value={showCount(provincial)}
      unit={o.academiesUnit}
      bar={
        plan && (
          <BulletBar
            value={provincial}
            target={plan.provincial}
            max={Math.max(provincial, plan.provincial)}
            label={o.planned(plan.provincial)}
          />
        )
      }
      note={
        <>
          {plan && o.planned(plan.provincial)}
          {plan && <br />}
          {ofPlan(o.comprehensive(comprehensive), plan?.comprehensive)}
          <br />
          {ofPlan(o.online(online), plan?.online)}
          <br />
          {o.other(other)}
        </>
      }
    />
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
        <Link to={`${writeView(view, { sort: indicator, dir: 'desc' })}#academies`}>
          {shownValue(headline[indicator])}
        </Link>
      }
      unit={isShare ? undefined : indicator === 'brands' ? o.brandsUnit : o.personsUnit}
      bar={
        headline.designated > 0 && (
          <BulletBar
            value={headline.met[indicator]}
            target={headline.designated}
            max={headline.designated}
            label={met}
          />
        )
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
