import { yearOf } from '#app/lib/calendar.ts'
import { words as dateWords } from '#app/lib/date-words.ts'
import { Card } from '#app/ui/card.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Row, RowMeta, Rows } from '#app/ui/rows.tsx'
import type { DeskClass } from './desk.server.ts'
import { DeskStateBadge } from './desk-classes.tsx'
import { words } from './desk-words.ts'
import { words as publicWords } from './words.ts'

/** Classes that run now or begin next, each leading to its roster. */
export function ComingClasses({
  classes,
  base,
  today,
}: {
  classes: readonly DeskClass[]
  base: string
  today: string
}) {
  const w = useWords(words)
  const { modes } = useWords(publicWords)
  const d = useWords(dateWords)
  if (classes.length === 0) return <p className="soft">{w.overview.noComing}</p>
  return (
    <Card>
      <Rows>
        {classes.map((row) => (
          <Row key={row.id} to={`${base}/${row.id}`} title={row.name}>
            <RowMeta>
              {d.period(row.startsOn, row.endsOn, yearOf(today))} · {modes[row.mode]} ·{' '}
              {row.capacity === null ? w.overview.workers(row.enrolled) : w.overview.seats(row.taken, row.capacity)}{' '}
              <DeskStateBadge state={row.state} />
            </RowMeta>
          </Row>
        ))}
      </Rows>
    </Card>
  )
}
