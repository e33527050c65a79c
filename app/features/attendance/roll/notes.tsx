import { shanghaiTime } from '#app/lib/calendar.ts'
import { words as dateWords } from '#app/lib/date-words.ts'
import { Badge } from '#app/ui/badge.tsx'
import { Button, LinkButton } from '#app/ui/button.tsx'
import { Callout } from '#app/ui/callout.tsx'
import { Card } from '#app/ui/card.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { inFours, readDigits } from '../digits.ts'
import { doneState, type Roll } from '../roll.ts'
import { rollWords } from '../roll-words.ts'
import { attendanceWords } from '../words.ts'
import type { KeptMark } from './store.ts'
import type { RollView } from './view.ts'

/** Whether there is a network, what waits and what was sent, and what was not taken, with a sentence each. */
export function RollNotes({
  view,
  isAhead,
  forget,
}: {
  view: RollView
  isAhead: boolean
  forget: (id: string) => void
}) {
  const w = useWords(rollWords)
  const d = useWords(dateWords)
  const { trouble, marks, sentAt, roll } = view
  const waiting = marks.filter(({ refusal }) => !refusal).length
  const isOut = trouble === 'offline' || trouble === 'signed_out'
  const said =
    waiting > 0
      ? w.link.waiting(waiting)
      : sentAt
        ? w.link.sent(d.time(shanghaiTime(new Date(sentAt))))
        : w.link.nothing
  const overtaken = [...new Set(view.overtaken)].map((id) => nameOf(view, id) ?? w.refused.somebody)
  return (
    <>
      <div className="spread" role="status">
        <Badge tone={isOut ? 'warn' : 'met'} icon={isOut ? 'alert' : 'check'}>
          {isOut ? w.link[trouble] : w.link.online}
        </Badge>
        <span className="small">{said}</span>
      </div>
      {trouble === 'offline' && roll && !doneState(roll) && <Callout tone="info">{w.offline}</Callout>}
      {trouble === 'signed_out' && (
        <Callout tone="warn">
          <p>{w.signedOut}</p>
          <p>
            <LinkButton href={`/sign-in?to=${encodeURIComponent(location.pathname + location.search)}`}>
              {w.signIn}
            </LinkButton>
          </p>
        </Callout>
      )}
      {!view.isStored && <Callout tone="warn">{w.notStored}</Callout>}
      {roll && !view.isKept && trouble === null && view.isStored && view.isAsked && (
        <Callout tone="warn">{w.notKept}</Callout>
      )}
      {isAhead && <Callout tone="info">{w.ahead}</Callout>}
      {roll && <Done roll={roll} />}
      {overtaken.length > 0 && <Callout tone="info">{w.overtaken(d.list(overtaken))}</Callout>}
      <Refused view={view} forget={forget} />
    </>
  )
}

/** That the roll is only looked at, and where its sheet is, which says who corrects it. */
function Done({ roll }: { roll: Roll }) {
  const w = useWords(rollWords)
  const state = doneState(roll)
  if (!state) return null
  return (
    <Callout tone="info">
      <div className="stack">
        <p>{w.done[state]}</p>
        <p>
          <LinkButton icon="list" href={`/academies/${roll.academyCode}/manage/sessions/${roll.sessionId}`}>
            {w.howToCorrect}
          </LinkButton>
        </p>
      </div>
    </Callout>
  )
}

function Refused({ view, forget }: { view: RollView; forget: (id: string) => void }) {
  const { refused: w } = useWords(rollWords)
  const refused = view.marks.filter(({ refusal }) => refusal)
  if (refused.length === 0) return null
  return (
    <Card title={w.title(refused.length)}>
      <div className="stack">
        <p className="soft small">{w.lead}</p>
        {refused.map((mark) => (
          <RefusedMark key={mark.id} view={view} mark={mark} forget={forget} />
        ))}
      </div>
    </Card>
  )
}

type Props = { view: RollView; mark: KeptMark; forget: (id: string) => void }

function RefusedMark({ view, mark: { id, enrolmentId, sessionId, refusal, mark }, forget }: Props) {
  const { refused: w, scan } = useWords(rollWords)
  const { marks } = useWords(attendanceWords)
  const d = useWords(dateWords)
  if (!refusal) return null
  const what = mark.kind === 'scan' ? scan[mark.act] : mark.mark ? marks[mark.mark] : w.unmark
  const digits = mark.kind === 'scan' && readDigits(mark.code) ? inFours(mark.code) : null
  const hours = view.rolls.find((roll) => roll.sessionId === sessionId)?.sendHours ?? 0
  const why = w.reasons[refusal]
  return (
    <Callout
      tone="miss"
      title={w.of(nameOf(view, enrolmentId) ?? digits ?? w.somebody, what, d.instant(new Date(mark.at)))}
    >
      <p>{typeof why === 'string' ? why : why(hours)}</p>
      <p>
        <Button onClick={() => forget(id)}>{w.forget}</Button>
      </p>
    </Callout>
  )
}

/** By whichever roll lies here: it may be another session's. */
const nameOf = ({ rolls }: RollView, enrolmentId: string | null): string | null =>
  rolls.flatMap(({ workers }) => workers).find(({ id }) => id === enrolmentId)?.name ?? null
