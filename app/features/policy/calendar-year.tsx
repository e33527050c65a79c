import { yearOf } from '#app/lib/calendar.ts'
import { words as dateWords } from '#app/lib/date-words.ts'
import { Badge } from '#app/ui/badge.tsx'
import { Callout } from '#app/ui/callout.tsx'
import { Section } from '#app/ui/card.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Seg } from '#app/ui/navigation.tsx'
import { type Column, Table } from '#app/ui/table.tsx'
import type { CalendarPage } from './calendar-page.server.ts'
import { calendarWords } from './calendar-words.ts'
import type { CalendarSpan } from './work-calendar.ts'

/** The years that there are, and the one that is chosen: its holidays and the weekend days worked in return, or that nobody entered it. */
export function CalendarYearView({ page, saved }: { page: CalendarPage; saved: CalendarPage['saved'] }) {
  const w = useWords(calendarWords)
  const { year, years, entered, spans } = page
  return (
    <>
      {saved && (
        <Callout tone={saved === 'new' ? 'met' : 'info'} role="status">
          <p>{saved === 'new' ? w.form.saved(year) : w.form.same(year)}</p>
          {saved === 'new' && (
            <p>
              {page.concerned.sessions + page.concerned.sittings > 0
                ? w.form.concerned(page.concerned)
                : w.form.concernsNone}
            </p>
          )}
        </Callout>
      )}
      <Seg
        label={w.years}
        items={years.map((one) => ({
          to: `/work-calendar?year=${one.year}`,
          label: w.year(one.year),
          isCurrent: one.year === year,
        }))}
      />
      {years
        .filter((one) => !one.isEntered)
        .map((one) => (
          <Callout key={one.year} tone="warn" title={w.missing(one.year)}>
            {w.missingNote}
          </Callout>
        ))}
      {entered && <Spans year={year} entered={entered} spans={spans} />}
    </>
  )
}

function Spans({
  year,
  entered,
  spans,
}: Pick<CalendarPage, 'year' | 'spans'> & { entered: NonNullable<CalendarPage['entered']> }) {
  const w = useWords(calendarWords)
  const d = useWords(dateWords)
  const count = (kind: CalendarSpan['kind']) =>
    spans.filter((span) => span.kind === kind).reduce((sum, { days }) => sum + days, 0)
  const columns: Column<CalendarSpan>[] = [
    { key: 'when', head: w.when, isRowHead: true, cell: (span) => <When {...span} /> },
    {
      key: 'kind',
      head: w.kind,
      cell: ({ kind }) => (kind === 'made_up' ? <Badge tone="none">{w.kinds[kind]}</Badge> : w.kinds[kind]),
    },
    { key: 'name', head: w.name, cell: ({ name }) => name },
    { key: 'days', head: w.days, isNumeric: true, cell: ({ days }) => days },
  ]
  return (
    <Section
      title={w.caption(year)}
      aside={<span className="small soft">{w.count(count('holiday'), count('made_up'))}</span>}
    >
      <p className="small soft">
        {w.source}: {entered.source} ({entered.isReference ? w.reference : w.setAt(d.instant(entered.setAt))})
      </p>
      <Table caption={w.caption(year)} columns={columns} rows={spans} rowKey={({ from }) => from} isCards />
    </Section>
  )
}

function When({ from, to }: CalendarSpan) {
  const d = useWords(dateWords)
  const said = d.period(from, to, yearOf(to))
  return <span className="num">{from === to ? `${said} ${d.weekday(from)}` : said}</span>
}
