import { yearOf } from '#app/lib/calendar.ts'
import { words as dateWords } from '#app/lib/date-words.ts'
import { Badge } from '#app/ui/badge.tsx'
import { Card } from '#app/ui/card.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Row, RowMeta, Rows } from '#app/ui/rows.tsx'
import { classPath } from './class-path.ts'
import type { MyClass } from './mine.server.ts'
import { seatWords } from './seat-words.ts'
import { words } from './words.ts'

/** The worker's own classes. Those run here lead to their page; a ledger's have none. */
export function MyClasses({ classes, today }: { classes: readonly MyClass[]; today: string }) {
  return (
    <Card>
      <Rows>
        {classes.map((one) => {
          const body = <MyClassLines one={one} today={today} />
          if (one.origin === 'system')
            return (
              <Row key={one.enrolmentId} to={classPath(one.academyCode, one.classId)} title={one.name}>
                {body}
              </Row>
            )
          return (
            <li key={one.enrolmentId} className="row">
              <div>
                <p className="row-title">{one.name}</p>
                {body}
              </div>
            </li>
          )
        })}
      </Rows>
    </Card>
  )
}

function MyClassLines({ one, today }: { one: MyClass; today: string }) {
  const w = useWords(words)
  const d = useWords(dateWords)
  const thisYear = yearOf(today)
  const { hoursAttended, plannedHours, creditedOn } = one
  return (
    <>
      <RowMeta>
        {d.period(one.startsOn, one.endsOn, thisYear)} · {w.modes[one.mode]} · {one.academyName}
      </RowMeta>
      {one.nextAt && one.seat === 'enrolled' && (
        <RowMeta>{(one.isOn ? w.mine.on : w.mine.next)(d.instant(one.nextAt, thisYear))}</RowMeta>
      )}
      <RowMeta>
        {hoursAttended === null ? w.mine.notRecorded(plannedHours) : w.mine.attended(hoursAttended, plannedHours)}{' '}
        <SeatBadge one={one} today={today} />
        {creditedOn && creditedOn <= today && <Badge tone="met">{w.mine.credited}</Badge>}
      </RowMeta>
      {creditedOn && creditedOn > today && <RowMeta>{w.mine.creditedAhead(d.day(creditedOn, thisYear))}</RowMeta>}
    </>
  )
}

/** How it stands with the seat, with the next step; nothing for a seat that one has. */
function SeatBadge({ one, today }: { one: MyClass; today: string }) {
  const w = useWords(words)
  const s = useWords(seatWords)
  const d = useWords(dateWords)
  const { seat, answerDueAt, position } = one
  if (one.status === 'cancelled') return <Badge tone="none">{w.mine.cancelled}</Badge>
  if (seat === 'enrolled') return null
  if (seat === 'withdrawn') return <Badge tone="none">{w.mine.withdrawnToo}</Badge>
  if (seat === 'rejected') return <Badge tone="none">{w.seats.rejected}</Badge>
  if (one.endsOn < today) return <Badge tone="none">{s.neverSeated}</Badge>
  const when = answerDueAt ? d.instant(answerDueAt, yearOf(today)) : ''
  const next = seat === 'waitlisted' ? position && s.line.waitlisted(position) : s.line[seat](when)
  return (
    <>
      <Badge tone={seat === 'offered' ? 'warn' : 'none'}>{w.seats[seat]}</Badge> {next}
    </>
  )
}
