import { words as dateWords } from '#app/lib/date-words.ts'
import { useLocale, useWords } from '#app/ui/locale.tsx'
import { PaperTable } from '#app/ui/paper.tsx'
import type { Column } from '#app/ui/table.tsx'
import { namedSitting } from './assessment-say.ts'
import type { Sitting } from './assessment-sittings.server.ts'
import { assessmentWords } from './assessment-words.ts'
import type { ClassOnPaper } from './paper.server.ts'
import { paperWords } from './paper-words.ts'

/** The assessment plan beneath the timetable that hangs in the room. Cancelled sittings stand there, as cancelled sessions do. */
export function PaperSittings({ paper }: { paper: ClassOnPaper }) {
  const w = useWords(assessmentWords)
  const p = useWords(paperWords)
  const d = useWords(dateWords)
  const locale = useLocale()
  const { held, sittings, isLater } = paper
  const columns: Column<Sitting>[] = [
    {
      key: 'when',
      head: p.columns.when,
      isRowHead: true,
      cell: ({ date, from, to }) => (
        <>
          <span className="nowrap num">{`${date} ${d.weekday(date)}`}</span>{' '}
          <span className="nowrap num">{`${from}—${to}`}</span>
        </>
      ),
    },
    {
      key: 'what',
      head: w.columns.what,
      cell: (one) => (
        <>
          {namedSitting(locale, one)}
          {one.cancelReason !== null && <small>{` ${w.isCancelled(one.cancelReason)}`}</small>}
        </>
      ),
    },
    {
      key: 'place',
      head: w.columns.place,
      cell: ({ place, address }) => [place, address].filter(Boolean).join(' · '),
    },
    { key: 'who', head: w.columns.assessors, cell: ({ assessors }) => d.list(assessors) || w.nobody },
  ]
  const isPlanned = sittings.some(({ cancelReason }) => cancelReason === null)
  return (
    <>
      {sittings.length > 0 && (
        <PaperTable
          caption={w.title}
          above={`${paper.academyName} · ${p.class(held.name, held.code)} · ${w.title}`}
          columns={columns}
          rows={sittings}
          rowKey={({ id }) => id}
        />
      )}
      {isLater && <p>{isPlanned ? w.restLater : w.later}</p>}
    </>
  )
}
