import { yearOf } from '#app/lib/calendar.ts'
import { words as dateWords } from '#app/lib/date-words.ts'
import { Badge } from '#app/ui/badge.tsx'
import { Card } from '#app/ui/card.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Row, RowMeta, Rows } from '#app/ui/rows.tsx'
import { classPath } from './class-path.ts'
import type { MyClass } from './mine.server.ts'
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
      {one.nextAt && one.seat === 'enrolled' && <RowMeta>{w.mine.next(d.instant(one.nextAt, thisYear))}</RowMeta>}
      <RowMeta>
        {hoursAttended === null ? w.mine.notRecorded(plannedHours) : w.mine.attended(hoursAttended, plannedHours)}{' '}
        {one.seat === 'withdrawn' && <Badge tone="none">{w.mine.withdrawnToo}</Badge>}
        {one.seat !== 'withdrawn' && one.seat !== 'enrolled' && <Badge tone="none">{w.seats[one.seat]}</Badge>}
        {creditedOn && creditedOn <= today && <Badge tone="met">{w.mine.credited}</Badge>}
      </RowMeta>
      {creditedOn && creditedOn > today && <RowMeta>{w.mine.creditedAhead(d.day(creditedOn, thisYear))}</RowMeta>}
    </>
  )
}
