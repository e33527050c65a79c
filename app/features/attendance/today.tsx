import { shanghaiTime } from '#app/lib/calendar.ts'
import { words as dateWords } from '#app/lib/date-words.ts'
import { Badge } from '#app/ui/badge.tsx'
import { ButtonLink, LinkButton } from '#app/ui/button.tsx'
import { Card, Empty } from '#app/ui/card.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Progress } from '#app/ui/progress.tsx'
import { rollPage } from './roll.ts'
import { rollWords } from './roll-words.ts'
import type { SessionCount } from './sessions.server.ts'
import { attendanceWords } from './words.ts'

/** The sessions of a day: how many came, who is missing, whom to call. */
export function DaySessions({ sessions, academyCode }: { sessions: readonly SessionCount[]; academyCode: string }) {
  const { today: w } = useWords(attendanceWords)
  if (sessions.length === 0) return <Empty icon="class">{w.none}</Empty>
  return (
    <div className="stack">
      {sessions.map((session) => (
        <DaySession key={session.sessionId} session={session} academyCode={academyCode} />
      ))}
    </div>
  )
}

function DaySession({ session, academyCode }: { session: SessionCount; academyCode: string }) {
  const { today: w, states } = useWords(attendanceWords)
  const { open: toRoll } = useWords(rollWords)
  const d = useWords(dateWords)
  const { startsAt, endsAt, enrolled, came, excused, absent, state } = session
  const when = `${d.time(shanghaiTime(startsAt))}—${d.time(shanghaiTime(endsAt))}`
  const makesUp = session.makesUpOn && w.makesUp(d.day(session.makesUpOn))
  const about = [session.topic, session.site, makesUp].filter(Boolean).join(' · ')
  if (session.cancelReason !== null)
    return (
      <Card title={`${when} ${session.className}`}>
        <p>
          <Badge tone="none">{w.cancelled(session.cancelReason)}</Badge>
        </p>
      </Card>
    )
  const others = [excused > 0 && w.excused(excused), absent > 0 && w.absent(absent)].filter(Boolean).join(' · ')
  return (
    <Card title={`${when} ${session.className}`}>
      <div className="stack">
        <p className="spread">
          <span className="soft">{about}</span>
          <Badge tone={state === 'closed' || state === 'locked' ? 'met' : 'none'}>{states[state]}</Badge>
        </p>
        {enrolled === 0 ? (
          <p className="soft">{w.noWorkers}</p>
        ) : (
          <>
            <Progress value={came} max={enrolled} label={w.came(came, enrolled)}>
              {w.came(came, enrolled)}
            </Progress>
            {others && <p className="soft small">{others}</p>}
            <Missing session={session} />
          </>
        )}
        <div className="inline">
          <ButtonLink
            kind={state === 'open' ? 'main' : 'plain'}
            icon={state === 'open' ? 'check' : 'list'}
            to={`/academies/${academyCode}/manage/sessions/${session.sessionId}`}
          >
            {state === 'open' ? w.open : w.look}
          </ButtonLink>
          {(state === 'open' || state === 'ahead') && (
            <LinkButton icon="person" href={rollPage(academyCode, session.sessionId)}>
              {toRoll}
            </LinkButton>
          )}
          {session.classHeadPhone && (
            <LinkButton kind="quiet" icon="phone" href={`tel:${session.classHeadPhone.replace(/[^\d+]/g, '')}`}>
              {w.call(session.classHead ?? '')}
            </LinkButton>
          )}
        </div>
      </div>
    </Card>
  )
}

function Missing({ session: { state, missing, unmarked } }: { session: SessionCount }) {
  const { today: w } = useWords(attendanceWords)
  const d = useWords(dateWords)
  if (state !== 'open') return null
  if (unmarked === 0) return <p className="small">{w.nobody}</p>
  return (
    <p>
      <b>{w.missing(unmarked)}</b>
      {': '}
      {d.list(missing)}
      {unmarked > missing.length && ` ${w.more(unmarked)}`}
    </p>
  )
}
