import { yearOf } from '#app/lib/calendar.ts'
import { words as dateWords } from '#app/lib/date-words.ts'
import { Badge } from '#app/ui/badge.tsx'
import { Tick } from '#app/ui/choice.tsx'
import { useWords } from '#app/ui/locale.tsx'
import type { Column } from '#app/ui/table.tsx'
import type { AskedLeave, DeskLeave } from './leave-desk.server.ts'
import { leaveWords } from './leave-words.ts'
import { sessionWhen } from './session-when.ts'

/** Who asks, for which session, why. */
export function useLeaveColumns<L extends DeskLeave>(today: string): Column<L>[] {
  const { desk: w, reasons } = useWords(leaveWords)
  const d = useWords(dateWords)
  return [
    {
      key: 'name',
      head: w.name,
      isRowHead: true,
      cell: ({ name, employer }) => (
        <>
          <span className="nowrap">{name}</span> <small className="soft">{employer}</small>
        </>
      ),
    },
    {
      key: 'session',
      head: w.session,
      cell: (leave) => (
        <>
          {sessionWhen(d, leave, today)}
          <br />
          <small className="soft">
            {[leave.className, leave.topic].filter(Boolean).join(' · ')}
            {leave.askedFor.getTime() !== leave.startsAt.getTime() &&
              ` · ${w.moved(d.instant(leave.askedFor, yearOf(today)))}`}
          </small>
        </>
      ),
    },
    {
      key: 'why',
      head: w.why,
      cell: ({ reason, remark }) => (
        <>
          {reasons[reason]}
          {remark && <small className="soft"> {remark}</small>}
        </>
      ),
    },
  ]
}

/** Chosen or not, where it can be. */
export function useChooseColumn(
  today: string,
  chosen: readonly string[],
  canBe: (leave: DeskLeave) => boolean = () => true,
): Column<DeskLeave> {
  const { desk: w } = useWords(leaveWords)
  const d = useWords(dateWords)
  return {
    key: 'choose',
    head: w.choose,
    cell: (leave) =>
      canBe(leave) && (
        <Tick
          name="chosen"
          value={leave.id}
          defaultChecked={chosen.includes(leave.id)}
          label={w.chooseNamed(leave.name, sessionWhen(d, leave, today))}
        />
      ),
  }
}

/** For one who answers: chosen or not, and what it would cost. */
export function useWaitingColumns(today: string, chosen: readonly string[]): Column<AskedLeave>[] {
  const { desk: w } = useWords(leaveWords)
  const choose = useChooseColumn(today, chosen)
  return [
    choose as Column<AskedLeave>,
    ...useLeaveColumns<AskedLeave>(today),
    {
      key: 'effect',
      head: w.effect,
      cell: ({ ifGranted, isOver }) => (
        <>
          {ifGranted && <Effect {...ifGranted} />}
          {isOver && <Badge tone="none">{w.over}</Badge>}
        </>
      ),
    },
  ]
}

function Effect({ reachable, needed }: { reachable: number; needed: number }) {
  const { desk: w } = useWords(leaveWords)
  return (
    <>
      {reachable < needed && (
        <>
          <Badge tone="warn">{w.short}</Badge>{' '}
        </>
      )}
      <small className="soft">{w.most(reachable, needed)}</small>
    </>
  )
}
