import type { Fraction } from '#app/lib/percent.ts'
import { Badge } from '#app/ui/badge.tsx'
import { BulletBar } from '#app/ui/bullet-bar.tsx'
import { useWords } from '#app/ui/locale.tsx'
import type { Indicator } from '#db/values.ts'
import { barOf } from './indicator-say.ts'
import type { Targets } from './targets.ts'
import type { Tone, Verdict } from './verdicts.ts'
import { words } from './words.ts'

/** A verdict: icon, word and colour. */
export function VerdictBadge({ verdict, tone }: { verdict: Verdict; tone: Tone }) {
  const w = useWords(words)
  return (
    <Badge tone={tone} icon={verdict === 'no_data' ? 'minus' : undefined}>
      {w.verdicts[verdict]}
    </Badge>
  )
}

/** A value against its target mark. */
export function IndicatorBar({
  indicator,
  value,
  targets,
}: {
  indicator: Indicator
  value: number | Fraction
  targets: Targets
}) {
  return <BulletBar {...barOf(useWords(words), indicator, value, targets)} />
}
