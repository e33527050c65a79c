import { words as dateWords } from '#app/lib/date-words.ts'
import { Badge } from '#app/ui/badge.tsx'
import { Link } from '#app/ui/link.tsx'
import { useLocale, useWords } from '#app/ui/locale.tsx'
import { Table } from '#app/ui/table.tsx'
import type { SittingFacts } from '#db/values.ts'
import { namedSitting } from './assessment-say.ts'
import { sittingAddress } from './assessment-view.ts'
import { assessmentWords } from './assessment-words.ts'

type Shown = SittingFacts & { id: string; address: string | null; cancelReason: string | null }

/** The sittings of a plan, as its workers and its desk read them; `acts`: what can be done to one. */
export function Sittings<S extends Shown>({
  sittings,
  flag,
  acts,
}: {
  sittings: readonly S[]
  /** What its day is, for who plans it. */
  flag?: (of: S) => React.ReactNode
  acts?: (of: S) => React.ReactNode
}) {
  const w = useWords(assessmentWords)
  const d = useWords(dateWords)
  const locale = useLocale()
  return (
    <Table
      caption={w.title}
      isCards
      columns={[
        { key: 'what', head: w.columns.what, isRowHead: true, cell: (one: S) => namedSitting(locale, one) },
        {
          key: 'when',
          head: w.columns.when,
          // Which one was cancelled its day tells: there may be another of the same name.
          cell: (one: S) => (
            <>
              {d.dayAndWeekday(one.date)}{' '}
              <small className="muted nowrap">{`${d.time(one.from)}—${d.time(one.to)}`}</small>{' '}
              {one.cancelReason === null && flag?.(one)}
              {one.cancelReason !== null && <Badge tone="none">{w.isCancelled(one.cancelReason)}</Badge>}
            </>
          ),
        },
        {
          key: 'place',
          head: w.columns.place,
          cell: (one: S) => (
            <>
              {one.place}
              {one.address && <small className="soft"> · {one.address}</small>}
            </>
          ),
        },
        { key: 'who', head: w.columns.assessors, cell: (one: S) => d.list(one.assessors) || w.nobody },
        ...(acts ? [{ key: 'act', head: w.columns.act, cell: acts }] : []),
      ]}
      rows={sittings}
      rowKey={({ id }) => id}
    />
  )
}

/** What can be done to a sitting at the desk. */
export function SittingActs({ of, isPublic }: { of: Shown & { hasBegun: boolean }; isPublic: boolean }) {
  const w = useWords(assessmentWords)
  if (of.cancelReason !== null) return null
  if (of.hasBegun && isPublic) return w.over
  return (
    <span className="inline">
      <Link to={sittingAddress('changed', of.id)}>{w.edit}</Link>
      <Link to={sittingAddress('cancelled', of.id)}>{isPublic ? w.cancel : w.remove}</Link>
    </span>
  )
}
