import { OnceKey } from '#app/features/once/once-key.tsx'
import { yearOf } from '#app/lib/calendar.ts'
import { words as dateWords } from '#app/lib/date-words.ts'
import { Callout } from '#app/ui/callout.tsx'
import { Section } from '#app/ui/card.tsx'
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

/** Who asks for a seat in a class, and who waits for one: the academy answers (`mayAnswer`), and its head as well acts for workers on the phone. */
export function LineAtDesk({ mayAnswer, desk, today, formKey, refused }: Props & { mayAnswer: boolean }) {
  const w = useWords(seatsDeskWords)
  return (
    <>
      {refused && <LeftAsBefore desk={desk} refused={refused} />}
      <Section title={w.requests(desk.requests.length)}>
        {desk.requests.length === 0 || !mayAnswer ? (
          <p className="soft">
            {desk.requests.length > 0 ? w.answeredByAcademy : desk.needsApproval ? w.noRequests : w.noRequestsEver}
          </p>
        ) : (
          <Requests desk={desk} today={today} formKey={formKey} refused={refused} />
        )}
      </Section>
      <Section title={w.line(desk.line.length)}>
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
  return (
    <Callout tone="warn" role="alert" title={w.partly(refused.changed)}>
      <ul>
        {refused.left.map(({ id, because }) => (
          <li key={id}>
            {nameOf(id)}：{w.left[because]}
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
      cell: (row) => (
        <input type="checkbox" name="chosen" value={row.enrolmentId} aria-label={w.chooseNamed(row.name)} />
      ),
    },
    ...personColumns(w),
    { key: 'declared', head: w.declared, cell: (row) => <DeclaredText row={row} of={desk.eligibility} /> },
    { key: 'due', head: w.due, cell: (row) => row.answerDueAt && d.instant(row.answerDueAt, yearOf(today)) },
  ]
  const isUnsaid = refused?.intent === 'reject' && refused.reason === 'reason_needed'
  return (
    <PostForm className="stack">
      <OnceKey of={formKey} />
      <Table caption={w.caption} columns={columns} rows={desk.requests} rowKey={(row) => row.enrolmentId} isCards />
      <p className="soft small">{w.approveHint}</p>
      <TextField
        name="reason"
        label={w.reason}
        hint={w.reasonHint}
        maxLength={200}
        isOptional
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
        <PostForm className="inline">
          <OnceKey of={formKey} />
          <input type="hidden" name="id" value={row.enrolmentId} />
          <SubmitButton kind="plain" name="intent" value="confirm">
            {w.confirm}
          </SubmitButton>
          <SubmitButton kind="quiet" name="intent" value="withdraw">
            {w.withdraw}
          </SubmitButton>
        </PostForm>
      ),
    },
  ]
  return (
    <div className="stack">
      <p className="soft small">{w.lineHint}</p>
      <Table caption={w.lineCaption} columns={columns} rows={desk.line} rowKey={(row) => row.enrolmentId} isCards />
    </div>
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
