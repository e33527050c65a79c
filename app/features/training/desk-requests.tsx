import { Fragment } from 'react'
import { yearOf } from '#app/lib/calendar.ts'
import { words as dateWords } from '#app/lib/date-words.ts'
import { Callout } from '#app/ui/callout.tsx'
import { Link } from '#app/ui/link.tsx'
import { useWords } from '#app/ui/locale.tsx'
import type { WaitingRequests } from './desk-requests.server.ts'
import { seatsDeskWords } from './seats-desk-words.ts'

/** Requests that wait for the academy's answer, each class a way to them; nothing where none wait. `base`: the address of the classes. */
export function RequestsWait({ waiting, base, today }: { waiting: WaitingRequests; base: string; today: string }) {
  const w = useWords(seatsDeskWords)
  const d = useWords(dateWords)
  const [first] = waiting.classes
  if (!first) return null
  return (
    <Callout tone="warn">
      {w.waits(waiting.count)}
      {first.dueAt && w.lapses(d.instant(first.dueAt, yearOf(today)))}{' '}
      {waiting.classes.map(({ classId, name, count }, index) => (
        <Fragment key={classId}>
          {index > 0 && w.between}
          <Link to={`${base}/${classId}/seats`}>{w.ofClass(name, count)}</Link>
        </Fragment>
      ))}
      {waiting.more > 0 && (
        <>
          {w.between}
          <Link to={`${base}?status=published`}>{w.moreClasses(waiting.more)}</Link>
        </>
      )}
    </Callout>
  )
}
