import { words as dateWords } from '#app/lib/date-words.ts'
import { Link } from '#app/ui/link.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { type Column, Table } from '#app/ui/table.tsx'
import type { ClassCard } from './classes.server.ts'
import type { GroupClass } from './group-classes.server.ts'
import { groupWords } from './group-words.ts'

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

/** Classes that take workers now, each with the way to enrol some. */
export function OpenClassTable({ classes }: { classes: readonly ClassCard[] }) {
  const w = useWords(groupWords).classes
  const d = useWords(dateWords)
  const columns: Column<ClassCard>[] = [
    { key: 'class', head: w.class, isRowHead: true, cell: (row) => row.name },
    { key: 'academy', head: w.academy, cell: (row) => row.academyName },
    { key: 'dates', head: w.dates, cell: (row) => d.period(row.startsOn, row.endsOn, 0) },
    { key: 'enrol', head: w.enrol, cell: (row) => <Link to={pathOf(row.academyCode, row.id)}>{w.enrol}</Link> },
  ]
  return <Table caption={w.open} columns={columns} rows={classes} rowKey={(row) => row.id} isCards />
}
