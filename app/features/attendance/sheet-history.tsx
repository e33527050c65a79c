import { shanghaiTime, yearOf } from '#app/lib/calendar.ts'
import { words as dateWords } from '#app/lib/date-words.ts'
import { Section } from '#app/ui/card.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { LEAVE_REASONS } from '#db/values.ts'
import { RETURNED } from './leave.ts'
import { leaveWords } from './leave-words.ts'
import { rollWords } from './roll-words.ts'
import type { SaidByHand, SheetPage } from './sheet-page.server.ts'
import { attendanceWords } from './words.ts'

/** What was said by hand about anybody, the latest first: old values stay. */
export function SheetHistory({ page }: { page: SheetPage }) {
  const { sheet: w } = useWords(attendanceWords)
  if (page.history.length === 0) return null
  return (
    <Section title={w.history}>
      <p className="small soft">{w.historyLead}</p>
      <ul className="stack">
        {together(page.history).map(([one, ...others]) => (
          <HistoryLine key={one.id} one={one} others={others} page={page} />
        ))}
      </ul>
    </Section>
  )
}

/** What was said of several in one go, in one line. */
function together(history: readonly SaidByHand[]): [SaidByHand, ...SaidByHand[]][] {
  const groups = new Map<string, [SaidByHand, ...SaidByHand[]]>()
  for (const one of history) {
    const { id: _, name: __, ...said } = one
    const key = JSON.stringify(said)
    const group = groups.get(key)
    if (group) group.push(one)
    else groups.set(key, [one])
  }
  return [...groups.values()]
}

/** From then on it is said when a mark arrived. */
const SENT_LATER_MS = 120_000

function HistoryLine({ one, others, page }: { one: SaidByHand; others: readonly SaidByHand[]; page: SheetPage }) {
  const { sheet: w, marks, unmarked, ways } = useWords(attendanceWords)
  const { reasons, returned, takenBack } = useWords(leaveWords)
  const { sentLater } = useWords(rollWords)
  const d = useWords(dateWords)
  const clock = (at: Date | null) => (at ? d.time(shanghaiTime(at)) : '')
  const isLater = one.recordedAt.getTime() - one.at.getTime() > SENT_LATER_MS
  // Of leave the reason is a word of its list.
  const listed = LEAVE_REASONS.find((known) => known === one.reason)
  const isReturned = one.way === 'leave' && one.reason === RETURNED
  const reason = isReturned ? returned : one.way === 'leave' && listed ? reasons[listed] : one.reason
  const said = one.mark ? marks[one.mark] : one.way === 'leave' ? takenBack : unmarked
  const times = one.checkedInAt || one.checkedOutAt ? w.saidTimes(clock(one.checkedInAt), clock(one.checkedOutAt)) : ''
  return (
    <li>
      {w.said(d.list([one, ...others].map(({ name }) => name)), said)}
      {times}
      <br />
      <span className="small soft">
        {reason && `${reason} · `}
        {w.by(one.who ?? '—', d.instant(one.at, yearOf(page.today)), ways[one.way])}
        {isLater && ` · ${sentLater(d.instant(one.recordedAt, yearOf(page.today)))}`}
      </span>
      {one.photos.length > 0 && (
        <span className="inline small">
          <span className="soft">{w.photos}</span>
          {one.photos.map(({ id, isGone }, at) =>
            isGone ? (
              <span key={id} className="soft">
                {w.photoGone(at + 1)}
              </span>
            ) : (
              <a
                key={id}
                href={`/academies/${page.held.academyCode}/classes/${page.held.classId}/file/${id}`}
                target="_blank"
                rel="noreferrer"
              >
                {w.photo(at + 1)}
              </a>
            ),
          )}
        </span>
      )}
    </li>
  )
}
