import { BulletBar } from '#app/ui/bullet-bar.tsx'
import { useWords } from '#app/ui/locale.tsx'
import type { Headline } from './overview.ts'
import { type OverviewView, type VerdictFilter, writeView } from './overview-view.ts'
import { overviewWords } from './overview-words.ts'
import { words } from './words.ts'

/** How many academies meet how many of the five, and what is ahead of those that miss; each number opens its academies. */
export function Distribution({
  headline,
  view,
  isRunning,
}: {
  headline: Headline
  view: OverviewView
  isRunning: boolean
}) {
  const o = useWords(overviewWords)
  const { designated, byMet, ahead } = headline
  const to = (verdict: VerdictFilter) => `${writeView(view, { verdict })}#academies`
  const names = isRunning ? o.aheads : { ...o.aheads, ...o.aheadsOver }
  const lines = [
    { key: 'trained', count: ahead.trained, to: to('trained') },
    { key: 'practical', count: ahead.practical, to: to('practical') },
    { key: 'rate', count: ahead.rate, to: to('rate') },
    { key: 'unsettled', count: ahead.unsettled, to: to('unsettled') },
  ] as const
  return (
    <section className="card" aria-label={o.distribution}>
      <div className="section-head">
        <h2>{o.distribution}</h2>
        <span className="tiny muted">{o.judged(designated)}</span>
      </div>
      <ul className="shares">
        {byMet.map((count, index) => {
          const met = 5 - index
          return (
            <li key={met}>
              <span>{o.metOf(met)}</span>
              <BulletBar value={count} max={Math.max(1, designated)} label={`${o.metOf(met)} ${o.count(count)}`} />
              <a className="quiet num" href={to(`met${met}` as VerdictFilter)}>
                {o.count(count)}
              </a>
            </li>
          )
        })}
      </ul>
      <hr />
      <h3 className="small">{isRunning ? o.ahead : o.aheadOver}</h3>
      <ul className="plain-lines">
        {lines.map((line) => (
          <li key={line.key} className="spread small">
            <span>{names[line.key]}</span>
            <a className="num" href={line.to}>
              {o.count(line.count)}
            </a>
          </li>
        ))}
      </ul>
      <p className="tiny muted">{useWords(words).conclusion}</p>
    </section>
  )
}
