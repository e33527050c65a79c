import { Callout } from '#app/ui/callout.tsx'
import { Tick } from '#app/ui/choice.tsx'
import { TextAreaField } from '#app/ui/field.tsx'
import { useWords } from '#app/ui/locale.tsx'
import type { Column } from '#app/ui/table.tsx'
import type { RollLeft } from './group-acts.server.ts'
import { groupWords } from './group-words.ts'
import type { RollRow } from './roll.server.ts'

/** The lines of a paste that could not be taken; they stand in the field again. */
export function RollFaults({ roll: { faults } }: { roll: RollLeft }) {
  const w = useWords(groupWords).roll
  return (
    <Callout tone="warn" role="alert" title={w.left(faults.length)}>
      <ul>
        {faults.map(({ line, text, fault }) => (
          <li key={line}>
            {w.line(line, text)}：{w.faults[fault]}
          </li>
        ))}
      </ul>
    </Callout>
  )
}

/** Where a list of workers is pasted. `rest`: what is left of one that was sent. */
export function RollField({ rest, isOptional = false }: { rest: string; isOptional?: boolean }) {
  const w = useWords(groupWords).roll
  return (
    <TextAreaField
      key={rest}
      name="pasted"
      label={w.paste}
      hint={w.pasteHint}
      isOptional={isOptional}
      rows={6}
      defaultValue={rest}
    />
  )
}

/** Who is on the roll, each with a box to be chosen by; `chosen`: in a form that came back. */
export function useRollColumns(chosen: readonly string[] = []): Column<RollRow>[] {
  const w = useWords(groupWords).class
  return [
    {
      key: 'choose',
      head: w.choose,
      cell: (row) => (
        <Tick name="chosen" value={row.id} label={w.chooseNamed(row.name)} defaultChecked={chosen.includes(row.id)} />
      ),
    },
    { key: 'name', head: w.name, isRowHead: true, cell: (row) => <span className="nowrap">{row.name}</span> },
    { key: 'document', head: w.document, cell: (row) => <span className="num">{row.document}</span> },
    { key: 'phone', head: w.phone, cell: (row) => <span className="num">{row.phone ?? '—'}</span> },
  ]
}
