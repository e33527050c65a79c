import { words as dateWords } from '#app/lib/date-words.ts'
import { Link } from '#app/ui/link.tsx'
import { useLocale, useWords } from '#app/ui/locale.tsx'
import { type Column, Table } from '#app/ui/table.tsx'
import type { ClassCard } from './classes.server.ts'
import type { GroupClass } from './group-classes.server.ts'
import { groupWords } from './group-words.ts'
import { words } from './words.ts'

const pathOf = (academyCode: string, classId: string) => `/enterprise/classes/${academyCode}/${classId}`

/** The classes in which the union enrolled workers. */
export function GroupClassTable({ classes }: { classes: readonly GroupClass[] }) {
  const w = useWords(groupWords).classes
  const d = useWords(dateWords)
  const columns: Column<GroupClass>[] = [
    {
      key: 'class',
      head: w.class,
      isRowHead: true,
      cell: (row) => <Link to={pathOf(row.academyCode, row.classId)}>{row.name}</Link>,
    },
    { key: 'academy', head: w.academy, cell: (row) => row.academyName },
    { key: 'dates', head: w.dates, cell: (row) => d.period(row.startsOn, row.endsOn, 0) },
    { key: 'seated', head: w.seated, isNumeric: true, cell: (row) => row.seated },
    { key: 'waiting', head: w.waiting, isNumeric: true, cell: (row) => row.waiting },
  ]
  return <Table caption={w.own} columns={columns} rows={classes} rowKey={(row) => row.classId} isCards />
}

/** Classes that are not over, how many seats each has left, and where it takes workers the way to enrol some. */
export function OpenClassTable({ classes, footer }: { classes: readonly ClassCard[]; footer: React.ReactNode }) {
  const w = useWords(groupWords).classes
  const { state: said } = useWords(words)
  const isEnglish = useLocale() === 'en'
  const d = useWords(dateWords)
  const columns: Column<ClassCard>[] = [
    { key: 'class', head: w.class, isRowHead: true, cell: (row) => row.name },
    { key: 'academy', head: w.academy, cell: (row) => row.academyName },
    { key: 'dates', head: w.dates, cell: (row) => d.period(row.startsOn, row.endsOn, 0) },
    {
      key: 'city',
      head: w.city,
      cell: (row) => <span className="nowrap">{(isEnglish ? row.cityNameEn : row.cityName) ?? '—'}</span>,
    },
    {
      key: 'seats',
      head: w.seats,
      cell: ({ state }) =>
        state.is === 'open'
          ? said.open(state.left)
          : state.is === 'not_open_yet'
            ? said.not_open_yet(d.instant(new Date(state.opensAt)))
            : said[state.is],
    },
    {
      key: 'enrol',
      head: w.enrol,
      cell: (row) =>
        row.state.is === 'open' || row.state.is === 'wait' ? (
          <Link to={pathOf(row.academyCode, row.id)}>{w.enrol}</Link>
        ) : (
          '—'
        ),
    },
  ]
  return <Table caption={w.open} columns={columns} rows={classes} rowKey={(row) => row.id} isCards footer={footer} />
}
