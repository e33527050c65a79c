import { shanghaiDate, shanghaiTime } from '#app/lib/calendar.ts'
import { words as dateWords } from '#app/lib/date-words.ts'
import { Badge } from '#app/ui/badge.tsx'
import { ButtonLink } from '#app/ui/button.tsx'
import { Link } from '#app/ui/link.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { type Column, Table } from '#app/ui/table.tsx'
import type { SessionCount } from './sessions.server.ts'
import { signInWords } from './sign-in-words.ts'
import { attendanceWords } from './words.ts'

/** Every session of a class with how many came; each leads to its sheet. */
export function ClassSheets({
  sessions,
  academyCode,
  classId,
}: {
  sessions: readonly SessionCount[]
  academyCode: string
  classId: string
}) {
  const { toPrint } = useWords(signInWords)
  const { course: w, own, states, today } = useWords(attendanceWords)
  const d = useWords(dateWords)
  if (sessions.length === 0) return <p className="soft">{w.none}</p>
  const columns: Column<SessionCount>[] = [
    {
      key: 'when',
      head: own.when,
      isRowHead: true,
      cell: ({ sessionId, startsAt, endsAt, cancelReason }) => {
        const day = shanghaiDate(startsAt)
        const when = `${day} ${d.weekday(day)} ${shanghaiTime(startsAt)}—${shanghaiTime(endsAt)}`
        return cancelReason === null ? (
          <Link className="num" to={`/academies/${academyCode}/manage/sessions/${sessionId}`}>
            {when}
          </Link>
        ) : (
          <span className="num soft">{when}</span>
        )
      },
    },
    { key: 'hours', head: own.hours, isNumeric: true, cell: ({ hours }) => hours },
    { key: 'came', head: w.came, isNumeric: true, cell: ({ came, enrolled }) => `${came} / ${enrolled}` },
    { key: 'excused', head: w.excused, isNumeric: true, cell: ({ excused }) => excused },
    { key: 'absent', head: w.absent, isNumeric: true, cell: ({ absent }) => absent },
    { key: 'unmarked', head: w.unmarked, isNumeric: true, cell: ({ unmarked }) => unmarked },
    {
      key: 'state',
      head: w.state,
      cell: ({ state, cancelReason }) =>
        cancelReason === null ? (
          <Badge tone={state === 'closed' || state === 'locked' ? 'met' : 'none'}>{states[state]}</Badge>
        ) : (
          <span className="soft">{today.cancelled(cancelReason)}</span>
        ),
    },
  ]
  return (
    <div className="stack">
      <p className="soft">{w.lead}</p>
      {sessions.some(({ cancelReason }) => cancelReason === null) && (
        <div>
          <ButtonLink icon="print" to={`/academies/${academyCode}/manage/classes/${classId}/attendance/print`}>
            {toPrint}
          </ButtonLink>
        </div>
      )}
      <Table caption={w.caption} columns={columns} rows={sessions} rowKey={({ sessionId }) => sessionId} isCards />
    </div>
  )
}
