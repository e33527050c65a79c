import { yearOf } from '#app/lib/calendar.ts'
import { words as dateWords } from '#app/lib/date-words.ts'
import { Badge } from '#app/ui/badge.tsx'
import { Card, Section } from '#app/ui/card.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { PostForm } from '#app/ui/post-form.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import type { OwnLeave } from './leave-own.server.ts'
import { leaveWords } from './leave-words.ts'
import { sessionWhen } from './session-when.ts'

const TONES = {
  asked: 'warn',
  granted: 'met',
  refused: 'miss',
  withdrawn: 'none',
  revoked: 'miss',
  lapsed: 'none',
  void: 'none',
} as const

/** The worker's own leave, the latest first; what nobody answered yet can be taken back, what was granted until its session begins. */
export function MyLeave({ leaves, today }: { leaves: readonly OwnLeave[]; today: string }) {
  const { own: w } = useWords(leaveWords)
  if (leaves.length === 0) return null
  return (
    <Section title={w.mine}>
      <div className="stack">
        {leaves.map((leave) => (
          <OneLeave key={leave.id} leave={leave} today={today} />
        ))}
      </div>
    </Section>
  )
}

function OneLeave({ leave, today }: { leave: OwnLeave; today: string }) {
  const { own: w, reasons, standings } = useWords(leaveWords)
  const d = useWords(dateWords)
  const { standing, askedFor, startsAt } = leave
  const when = sessionWhen(d, leave, today)
  const isMoved = askedFor.getTime() !== startsAt.getTime() && (standing === 'asked' || standing === 'granted')
  return (
    <Card title={when}>
      <div className="stack">
        <p className="spread">
          <span className="soft">{leave.className}</span>
          <Badge tone={TONES[standing]}>{standings[standing]}</Badge>
        </p>
        <p className="small soft">{[reasons[leave.reason], leave.remark].filter(Boolean).join(' · ')}</p>
        {leave.refusedBecause && <p>{w.because(leave.refusedBecause)}</p>}
        {standing === 'lapsed' && <p className="small">{w.lapsed}</p>}
        {standing === 'granted' && !isMoved && <p className="small">{w.stillCome}</p>}
        {isMoved && <p>{w.moved(d.instant(askedFor, yearOf(today)))}</p>}
        {leave.isOpen && (
          <PostForm>
            <input type="hidden" name="id" value={leave.id} />
            <SubmitButton
              kind="plain"
              name="intent"
              value="withdraw"
              aria-label={standing === 'asked' ? w.withdrawOf(when) : w.giveBackOf(when)}
            >
              {standing === 'asked' ? w.withdraw : w.giveBack}
            </SubmitButton>
          </PostForm>
        )}
      </div>
    </Card>
  )
}
