import { words as dateWords } from '#app/lib/date-words.ts'
import { Callout } from '#app/ui/callout.tsx'
import { useWords } from '#app/ui/locale.tsx'
import type { SeatRefusal } from './seat-request.ts'
import { seatWords } from './seat-words.ts'
import { words } from './words.ts'

type Reason = keyof (typeof words)['zh-CN']['refusals']

/** Why nothing was done: the class in the way is named, those that count for the limit, and the rule that is not met. */
export function SeatRefused({ refusal }: { refusal: SeatRefusal<Reason> }) {
  const w = useWords(words).refusals
  const s = useWords(seatWords).refused
  const d = useWords(dateWords)
  const { reason, clash, limit, rules } = refusal
  const rule = rules?.[0]
  const isAsked = reason === 'declare'
  if (reason === 'limit' && limit)
    return (
      <Callout tone="miss" role="alert" title={s.limit(limit.most, limit.year)}>
        <p>{s.counted}</p>
        <ul>
          {limit.classes.map(({ name, startsOn }) => (
            <li key={`${name} ${startsOn}`}>{s.countedClass(name, d.day(startsOn))}</li>
          ))}
          {limit.hasMore && <li>{s.countedMore}</li>}
        </ul>
      </Callout>
    )
  return (
    <Callout tone={isAsked ? 'warn' : 'miss'} role="alert">
      {reason === 'clash' && clash
        ? s.clash(clash.name, d.day(clash.startsOn))
        : reason === 'not_eligible' && rule
          ? s.not_eligible[rule]
          : w[reason]}
    </Callout>
  )
}
