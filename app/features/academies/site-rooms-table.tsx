import { words as dateWords } from '#app/lib/date-words.ts'
import { CellInput } from '#app/ui/cell-input.tsx'
import { Link } from '#app/ui/link.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { type Column, Table } from '#app/ui/table.tsx'
import type { SiteWithRoom } from './site-rooms.server.ts'
import { ROOM_FIELDS, type RoomField } from './site-rooms.ts'
import type { HeldStation } from './site-stations.server.ts'
import { siteWords } from './site-words.ts'

/** The places of an academy, a field for each of their figures; `typed` and `faults` of a form that was refused. */
export function SiteRoomsTable({
  sites,
  typed,
  faults,
  held,
}: {
  sites: readonly SiteWithRoom[]
  typed: Readonly<Record<string, string>> | null
  faults: readonly string[]
  held: readonly HeldStation[]
}) {
  const w = useWords(siteWords)
  const d = useWords(dateWords)
  const saidHeld = (field: RoomField, id: string) =>
    held
      .filter(({ siteId }) => field === 'workstations' && siteId === id)
      .map(({ station, className, date }) => w.held(station, className, d.day(date)))
  const ofField = (field: RoomField): Column<SiteWithRoom> => ({
    key: field,
    head: w[field],
    cell: (row) => {
      const name = `${field}.${row.id}`
      return (
        <CellInput
          key={`${name}${row[field]}`}
          name={name}
          label={w.of(w[field], row.name)}
          inputMode="numeric"
          maxLength={5}
          defaultValue={typed?.[name] ?? row[field] ?? ''}
          error={faults.includes(name) ? [w.fault] : saidHeld(field, row.id)}
        />
      )
    },
  })
  const columns: Column<SiteWithRoom>[] = [
    {
      key: 'name',
      head: w.name,
      isRowHead: true,
      cell: ({ id, name, address }) => (
        <>
          {name}
          <small>{address}</small>
          <Link to={`?site=${id}#site-form`} aria-label={w.editOf(name)}>
            {w.edit}
          </Link>
        </>
      ),
    },
    ...ROOM_FIELDS.map(ofField),
  ]
  return <Table caption={w.title} columns={columns} rows={sites} rowKey={({ id }) => id} isCards />
}
