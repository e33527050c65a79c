import { OnceKey } from '#app/features/once/once-key.tsx'
import { yearOf } from '#app/lib/calendar.ts'
import { words as dateWords } from '#app/lib/date-words.ts'
import { Callout } from '#app/ui/callout.tsx'
import { Section } from '#app/ui/card.tsx'
import { Tick } from '#app/ui/choice.tsx'
import { ChooseAll } from '#app/ui/choose-all.tsx'
import { TextField } from '#app/ui/field.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { PostForm } from '#app/ui/post-form.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import { type Column, Table } from '#app/ui/table.tsx'
import { DeclaredText } from './declared-text.tsx'
import type { LineRow, SeatsDesk } from './seats-desk.server.ts'
import type { SeatsDeskAnswer } from './seats-desk-acts.server.ts'
import { seatsDeskWords } from './seats-desk-words.ts'

export type Refused = Extract<SeatsDeskAnswer, { ok: false }>
type Props = { desk: SeatsDesk; today: string; formKey: string; refused: Refused | null }

/** `counts`: how many ask and wait, of whom the first are listed. */
type LineProps = Props & { mayAnswer: boolean; counts: { requests: number; waiting: number } }

/** Who asks for a seat in a class, and who waits for one: the academy answers (`mayAnswer`), and its head as well acts for workers on the phone. */
export function LineAtDesk({ mayAnswer, desk, counts, today, formKey, refused }: LineProps) {
  const w = useWords(seatsDeskWords)
  const cut = desk.requests.length + desk.line.length < counts.requests + counts.waiting
  return (
    <>
      {refused && <LeftAsBefore desk={desk} refused={refused} />}
      {cut && <Callout>{w.cut(desk.requests.length + desk.line.length)}</Callout>}
      <Section title={w.requests(counts.requests)}>
        {desk.requests.length === 0 || !mayAnswer ? (
          <p className="soft">
            {desk.requests.length > 0 ? w.answeredByAcademy : desk.needsApproval ? w.noRequests : w.noRequestsEver}
          </p>
        ) : (
          <Requests desk={desk} today={today} formKey={formKey} refused={refused} />
        )}
      </Section>
      <Section title={w.line(counts.waiting)}>
        {desk.line.length === 0 ? (
          <p className="soft">{desk.hasWaitlist ? w.noLine : w.noLineEver}</p>
        ) : (
          <Line desk={desk} today={today} formKey={formKey} />
        )}
      </Section>
    </>
  )
}

/** Who was not changed, by name, and why: nothing of another academy is told. */
function LeftAsBefore({ desk, refused }: { desk: SeatsDesk; refused: Refused }) {
  const w = useWords(seatsDeskWords)
  const nameOf = (id: string) => [...desk.requests, ...desk.line].find((row) => row.enrolmentId === id)?.name ?? '—'
  if (refused.left.length === 0) return null
  const { approved } = refused
  return (
    <Callout
      tone="warn"
      role="alert"
      title={approved && refused.changed > 0 ? w.partlyApproved(w.approved(approved)) : w.partly(refused.changed)}
    >
      <ul>
        {refused.left.map(({ id, because, most }) => (
          <li key={id}>
            {nameOf(id)}：{most ? w.limitOf(most) : w.left[because]}
          </li>
        ))}
      </ul>
    </Callout>
  )
}

function Requests({ desk, today, formKey, refused }: Props) {
  const w = useWords(seatsDeskWords)
  const d = useWords(dateWords)
  const columns: Column<LineRow>[] = [
    {
      key: 'choose',
      head: w.choose,
      cell: (row) => <Tick name="chosen" value={row.enrolmentId} label={w.chooseNamed(row.name)} />,
    },
    ...personColumns(w),
    { key: 'declared', head: w.declared, cell: (row) => <DeclaredText row={row} of={desk.eligibility} /> },
    { key: 'due', head: w.due, cell: (row) => row.answerDueAt && d.instant(row.answerDueAt, yearOf(today)) },
  ]
  const isUnsaid = refused?.intent === 'reject' && refused.reason === 'reason_needed'
  return (
    <PostForm className="stack">
      <OnceKey of={formKey} />
      <ChooseAll name="chosen" label={w.chooseAll(desk.requests.length)} />
      <Table caption={w.caption} columns={columns} rows={desk.requests} rowKey={(row) => row.enrolmentId} isCards />
      <p className="soft small">{w.approveHint}</p>
      <TextField
        name="reason"
        label={w.reason}
        hint={w.reasonHint}
        maxLength={200}
        error={isUnsaid ? w.refused.reason_needed : null}
      />
      <div className="inline">
        <SubmitButton name="intent" value="approve">
          {w.approve}
        </SubmitButton>
        <SubmitButton kind="plain" name="intent" value="reject">
          {w.reject}
        </SubmitButton>
      </div>
    </PostForm>
  )
}

function Line({ desk, today, formKey }: Omit<Props, 'refused'>) {
  const w = useWords(seatsDeskWords)
  const d = useWords(dateWords)
  const columns: Column<LineRow>[] = [
    ...personColumns(w),
    {
      key: 'state',
      head: w.state,
      cell: (row) =>
        row.position === null
          ? row.answerDueAt && w[row.isUnreached ? 'toCall' : 'offered'](d.instant(row.answerDueAt, yearOf(today)))
          : w.number(row.position),
    },
    { key: 'declared', head: w.declared, cell: (row) => <DeclaredText row={row} of={desk.eligibility} /> },
    {
      key: 'phoned',
      head: w.byPhone,
      cell: (row) => (
        <>
          <Phoned row={row} formKey={formKey} intent="confirm" />
          <Phoned row={row} formKey={formKey} intent="withdraw" />
        </>
      ),
    },
  ]
  const waiting = desk.line.filter(({ seat }) => seat === 'waitlisted').length
  return (
    <div className="stack">
      {desk.byPhone ? (
        <Callout tone={desk.byPhone.free > 0 && waiting > 0 ? 'warn' : 'info'}>
          {w.lineByPhone(desk.byPhone.free, waiting)}
        </Callout>
      ) : (
        <p className="soft small">{w.lineHint}</p>
      )}
      <Table caption={w.lineCaption} columns={columns} rows={desk.line} rowKey={(row) => row.enrolmentId} isCards />
    </div>
  )
}

/** What the class head does for a worker on the phone: what it comes to is read before it is done, since neither is taken back. */
function Phoned({ row, formKey, intent }: { row: LineRow; formKey: string; intent: 'confirm' | 'withdraw' }) {
  const w = useWords(seatsDeskWords)
  return (
    <details>
      <summary>{w[intent]}</summary>
      <PostForm className="stack">
        <OnceKey of={formKey} />
        <input type="hidden" name="id" value={row.enrolmentId} />
        <p className="small">{w.phoned[intent](row.name)}</p>
        <div>
          <SubmitButton kind={intent === 'withdraw' ? 'danger' : 'plain'} name="intent" value={intent}>
            {w.phonedYes[intent]}
          </SubmitButton>
        </div>
      </PostForm>
    </details>
  )
}

const personColumns = (w: { name: string; document: string; phone: string }): Column<LineRow>[] => [
  { key: 'name', head: w.name, isRowHead: true, cell: (row) => <span className="nowrap">{row.name}</span> },
  { key: 'document', head: w.document, cell: (row) => <span className="num">{row.document ?? '—'}</span> },
  {
    key: 'phone',
    head: w.phone,
    cell: (row) =>
      row.phone && /^\d+$/.test(row.phone) ? (
        <a className="num" href={`tel:${row.phone}`}>
          {row.phone}
        </a>
      ) : (
        <span className="num">{row.phone ?? '—'}</span>
      ),
  },
]
