import { percent } from '#app/lib/percent.ts'
import { Badge, Chip } from '#app/ui/badge.tsx'
import { Link } from '#app/ui/link.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { type Column, Table } from '#app/ui/table.tsx'
import { Tile, Tiles } from '#app/ui/tiles.tsx'
import type { Level } from '#db/values.ts'
import { craftsmanShare, teachesOn } from './instructor-share.ts'
import { instructorWords } from './instructor-words.ts'
import type { ShownInstructor } from './instructors-find.server.ts'

/** How many teach, and how many of them are craftsmen, with what was counted as one. */
export function CraftsmanShare({ instructors, today }: { instructors: readonly ShownInstructor[]; today: string }) {
  const w = useWords(instructorWords)
  const { numerator, denominator } = craftsmanShare(instructors, today)
  const share = percent({ numerator, denominator })
  return (
    <Tiles>
      <Tile label={w.count} value={denominator} unit={w.persons} />
      <Tile
        label={w.craftsmen}
        value={numerator}
        unit={w.persons}
        note={
          <>
            {share === null ? w.noShare : w.share(numerator, denominator, String(share))}
            <br />
            {w.craftsmenNote}
          </>
        }
      />
    </Tiles>
  )
}

/** The list; `levels`: what levels are called. */
export function InstructorTable({
  instructors,
  base,
  today,
  levels,
}: {
  instructors: readonly ShownInstructor[]
  base: string
  today: string
  levels: Record<Level, string>
}) {
  const w = useWords(instructorWords)
  const columns: Column<ShownInstructor>[] = [
    {
      key: 'name',
      head: w.name,
      isRowHead: true,
      cell: ({ id, name, employer }) => (
        <>
          <Link to={`${base}/${id}`}>{name}</Link>
          {employer && <small>{employer}</small>}
        </>
      ),
    },
    {
      key: 'titles',
      head: w.bears,
      cell: ({ titles }) =>
        titles.length === 0 ? (
          '—'
        ) : (
          <span className="inline">
            {titles.map(({ id, title }) => (
              <Chip key={id}>{w.titles[title]}</Chip>
            ))}
          </span>
        ),
    },
    {
      key: 'teaches',
      head: w.teaches,
      cell: ({ qualifications }) => {
        const valid = qualifications.filter(({ validTo }) => validTo === null || validTo >= today)
        if (valid.length === 0) return '—'
        return valid.map(({ id, occupation, level }) => <p key={id}>{w.upTo(occupation, levels[level])}</p>)
      },
    },
    {
      key: 'state',
      head: w.state,
      cell: (row) => (
        <Badge tone={teachesOn(row, today) ? 'met' : 'none'}>
          {row.endedOn === null ? w.active : w.ended(row.endedOn)}
        </Badge>
      ),
    },
  ]
  return <Table caption={w.caption} columns={columns} rows={instructors} rowKey={({ id }) => id} isCards />
}
