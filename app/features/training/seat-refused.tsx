import { words as dateWords } from '#app/lib/date-words.ts'
import { Callout } from '#app/ui/callout.tsx'
import { useWords } from '#app/ui/locale.tsx'
import type { SeatRefusal } from './seat-request.ts'
import { seatWords } from './seat-words.ts'
import { words } from './words.ts'

type Reason = keyof (typeof words)['zh-CN']['refusals']

/** Why nothing was done: the class in the way is named, and the rule that is not met. */
export function SeatRefused({ refusal }: { refusal: SeatRefusal<Reason> }) {
  const w = useWords(words).refusals
  const s = useWords(seatWords).refused
  const d = useWords(dateWords)
  const { reason, clash, rules } = refusal
  const rule = rules?.[0]
  const isAsked = reason === 'declare'
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
