import { paperWords } from '#app/features/training/paper-words.ts'
import { words as dateWords } from '#app/lib/date-words.ts'
import { KeyValue } from '#app/ui/lists.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { type PaperColumn, PaperTable, SignFoot } from '#app/ui/paper.tsx'
import type { SignInPage, SignLine, SignSheet } from './sign-in.server.ts'
import { signInWords } from './sign-in-words.ts'

/** Who came into the class since the sheet was printed writes on an empty line; where nobody is in it yet everybody does. */
const EMPTY_LINES = { behind: 3, alone: 20 }

/** A line of the sheet; no name: empty. */
type Line = { number: number; line: SignLine | null }

/** The sheets of one or several sessions, each on a sheet of paper of its own. */
export function SignInPaper({ page }: { page: SignInPage }) {
  const w = useWords(signInWords)
  const { sheets } = page
  if (sheets.length === 0) return <p className="soft">{w.none}</p>
  return (
    <div className="sheet-a4">
      {sheets.map((sheet, at) => (
        <div key={sheet.session.id} className={at > 0 ? 'section on-new-sheet' : undefined}>
          <OneSheet page={page} sheet={sheet} rows={rowsOf(sheet)} />
        </div>
      ))}
    </div>
  )
}

function rowsOf({ lines }: SignSheet): Line[] {
  const empty = lines.length === 0 ? EMPTY_LINES.alone : EMPTY_LINES.behind
  return [...lines, ...new Array<null>(empty).fill(null)].map((line, at) => ({ number: at + 1, line }))
}

function OneSheet({ page, sheet, rows }: { page: SignInPage; sheet: SignSheet; rows: readonly Line[] }) {
  const w = useWords(signInWords)
  const p = useWords(paperWords)
  const d = useWords(dateWords)
  const { held, academyName, sessions } = page.paper
  const { session, excused } = sheet
  const planned = sessions.filter(({ status }) => status === 'planned')
  const when = `${session.date} ${d.weekday(session.date)} ${session.from}—${session.to}`
  const away = new Set(excused)
  const columns: PaperColumn<Line>[] = [
    { key: 'number', head: w.columns.number, isNumeric: true, cell: ({ number }) => number },
    {
      key: 'name',
      head: w.columns.name,
      isRowHead: true,
      cell: ({ line }) => <span className={line ? 'nowrap' : 'vh'}>{line?.name ?? w.empty}</span>,
    },
    {
      key: 'document',
      head: w.columns.document,
      cell: ({ line }) => line?.document && <span className="num nowrap">{line.document}</span>,
    },
    { key: 'employer', head: w.columns.employer, cell: ({ line }) => line?.employer },
    { key: 'in', head: w.columns.in, isToSign: true, cell: () => null },
    { key: 'out', head: w.columns.out, isToSign: true, cell: () => null },
    { key: 'note', head: w.columns.note, cell: ({ line }) => line && away.has(line.enrolmentId) && w.excused },
  ]
  return (
    <>
      <h2>{`${w.title} · ${w.of(planned.indexOf(session) + 1, planned.length)}`}</h2>
      <KeyValue
        facts={[
          { label: w.facts.when, value: `${when} · ${w.hours(session.hours)}` },
          { label: w.facts.topic, value: session.topic ?? '—' },
          ...(sheet.makesUpOn ? [{ label: w.facts.makesUp, value: w.makesUp(d.day(sheet.makesUpOn)) }] : []),
          { label: w.facts.site, value: session.site ?? '—' },
          { label: w.facts.instructors, value: d.list(session.instructors.map(({ name }) => name)) || '—' },
        ]}
      />
      <PaperTable
        caption={`${w.title} ${when}`}
        above={`${academyName} · ${p.class(held.name, held.code)} · ${when}`}
        columns={columns}
        rows={rows}
        rowKey={({ number, line }) => line?.enrolmentId ?? String(number)}
      />
      <SignFoot lines={w.signs.split('|')} />
    </>
  )
}
