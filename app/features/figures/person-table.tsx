import { words as certificationWords } from '#app/features/certification/words.ts'
import { Chip } from '#app/ui/badge.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { type Column, Table } from '#app/ui/table.tsx'
import { behindWords } from './behind-words.ts'
import { FIGURES } from './figures.ts'
import { figurePath } from './indicator-say.ts'
import type { EnrolmentOf, PersonRecord, Sitting } from './person-record.ts'
import { personWords } from './person-words.ts'

/** The figures of the year in which the person stands; each leads back to its list. */
export function PersonFigures({ record: { figures, year, academy } }: { record: PersonRecord }) {
  const w = useWords(personWords)
  const b = useWords(behindWords)
  const counted = FIGURES.filter((figure) => figures[figure])
  if (counted.length === 0) return <p className="soft">{w.notCounted(year)}</p>
  return (
    <p className="inline">
      <b>{w.counted(year)}</b>
      {counted.map((figure) => (
        <a key={figure} className="chip" href={figurePath(academy.code, figure, year)}>
          {w.each(b.figures[figure], figures[figure] ?? 0)}
        </a>
      ))}
    </p>
  )
}

/** Every class of the person at the academy, what came of it, and where each fact counts. */
export function PersonTable({ record }: { record: PersonRecord }) {
  const w = useWords(personWords)
  const b = useWords(behindWords)
  const columns: Column<EnrolmentOf>[] = [
    {
      key: 'class',
      head: b.behind.className,
      isRowHead: true,
      cell: (row) => (
        <>
          {row.className}
          <small>
            {row.classCode} · {b.modes[row.mode]} · <span className="nowrap">{w.dates(row.startsOn, row.endsOn)}</span>
          </small>
        </>
      ),
    },
    {
      key: 'training',
      head: b.behind.facts.credit,
      label: w.training,
      cell: (row) => <Training row={row} year={record.year} />,
    },
    {
      key: 'sittings',
      head: b.behind.facts.assessment,
      label: w.assessment,
      cell: (row) => row.sittings.map((one) => <SittingLine key={one.id} sitting={one} row={row} year={record.year} />),
    },
  ]
  return <Table caption={w.records} columns={columns} rows={record.enrolments} rowKey={(row) => row.id} isCards />
}

function Training({ row, year }: { row: EnrolmentOf; year: number }) {
  const w = useWords(personWords)
  const b = useWords(behindWords)
  const { hours, practicalHours, creditedOn, category, counts } = row
  const said = [
    hours === null ? w.noHours : w.hours(hours, row.plannedHours),
    practicalHours !== null && w.practical(practicalHours),
    creditedOn === null ? w.notCredited : w.credited(creditedOn),
    category === null ? w.noCategory : w.category(b.categories[category]),
  ].filter((text) => typeof text === 'string')
  return (
    <div className="fact">
      <p>{said.join(' · ')}</p>
      <p className="inline">
        {counts?.trained && <Chip>{w.counts.trained}</Chip>}
        {counts?.practical && <Chip>{w.counts.practical}</Chip>}
        {!counts?.trained && !counts?.practical && <span className="tiny muted">{w.not(year)}</span>}
      </p>
    </div>
  )
}

function SittingLine({ sitting, row, year }: { sitting: Sitting; row: EnrolmentOf; year: number }) {
  const w = useWords(personWords)
  const b = useWords(behindWords)
  const c = useWords(certificationWords)
  const { counts, certificates, result } = sitting
  return (
    <div className="fact">
      <p>{w.sitting(sitting.assessedOn, c.results[result])}</p>
      {certificates.map((one) => (
        <p key={`${one.type} ${one.number}`}>
          {w.certificate(c.types[one.type], one.level ? b.levels[one.level] : '', one.number)}{' '}
          <span className="tiny muted nowrap">
            {w.issued(one.issuedOn)}
            {one.status === 'revoked' && ` · ${w.revoked}`}
          </span>
        </p>
      ))}
      {result === 'passed' && (
        <p className="tiny muted">
          {row.declaredLevel ? w.declared(b.levels[row.declaredLevel]) : w.undeclared}
          {counts?.whyNotImproved && ` · ${w.why[counts.whyNotImproved]}`}
        </p>
      )}
      <p className="inline">
        {counts && <Chip>{result === 'absent' ? w.counts.absent : w.counts.assessed}</Chip>}
        {counts?.certified && <Chip>{w.counts.certified}</Chip>}
        {counts?.improves && <Chip>{w.counts.improved}</Chip>}
        {counts && result === 'passed' && certificates.length === 0 && <Chip>{w.counts.awaiting}</Chip>}
        {!counts && <span className="tiny muted">{w.not(year)}</span>}
      </p>
    </div>
  )
}
