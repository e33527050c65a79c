import { OnceKey } from '#app/features/once/once-key.tsx'
import type { GroupActAnswer } from '#app/features/training/group-acts.server.ts'
import { groupWords } from '#app/features/training/group-words.ts'
import { words as dateWords } from '#app/lib/date-words.ts'
import { Callout } from '#app/ui/callout.tsx'
import { Empty } from '#app/ui/card.tsx'
import { Tick } from '#app/ui/choice.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { PostForm } from '#app/ui/post-form.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import { type Column, Table } from '#app/ui/table.tsx'
import type { GroupPage, GroupRow } from './group-page.server.ts'
import { words } from './words.ts'

export type GroupRefused = Extract<GroupActAnswer, { ok: false }>

const useClassWords = () => useWords(groupWords).class

/** What was not done, by name, and why. */
export function GroupLeft({ refused }: { refused: GroupRefused }) {
  const w = useClassWords()
  if (refused.reason)
    return (
      <Callout tone="warn" role="alert">
        {refused.reason === 'none_chosen' ? w.noneChosen : w.reused}
      </Callout>
    )
  const came = refused.changed > 0 ? refused.came : null
  return (
    <>
      {refused.left.length > 0 && (
        <Callout tone="warn" role="alert" title={came ? w.partlyCame(w.came(came)) : w.partly(refused.changed)}>
          <ul>
            {refused.left.map(({ name, because, most }, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: two may bear one name; never moved
              <li key={index}>
                {name}：{most ? w.limitOf(most) : w.left[because]}
              </li>
            ))}
          </ul>
        </Callout>
      )}
      {refused.left.length === 0 && refused.changed > 0 && (
        <Callout tone="met" role="status">
          {came ? w.came(came) : w.done(refused.changed)}
        </Callout>
      )}
    </>
  )
}

/** The union's own workers in a class, with attendance and results; places can be given back, and offered ones taken. */
export function GroupPlaces({ page, formKey }: { page: GroupPage; formKey: string }) {
  const w = useClassWords()
  const { rows } = page
  const hasOffers = !page.isCancelled && rows.some(({ seat }) => seat === 'offered')
  const mayChoose = page.mayWithdraw || hasOffers
  const columns = usePlaceColumns(page, mayChoose)
  if (rows.length === 0) return <Empty icon="person">{w.noneHere}</Empty>
  return (
    <PostForm className="stack">
      <OnceKey of={formKey} />
      <Table caption={w.caption} columns={columns} rows={rows} rowKey={(row) => row.enrolmentId} isCards />
      {mayChoose && (
        <div className="inline">
          {hasOffers && (
            <SubmitButton name="intent" value="accept">
              {w.accept}
            </SubmitButton>
          )}
          {page.mayWithdraw && (
            <SubmitButton kind="plain" name="intent" value="withdraw">
              {w.withdraw}
            </SubmitButton>
          )}
        </div>
      )}
      {!page.isCancelled && <p className="soft small">{w.withdrawHint}</p>}
    </PostForm>
  )
}

const saidSeat = (w: ReturnType<typeof useClassWords>, { seat, ending, position }: GroupRow): string =>
  seat === 'withdrawn' ? w.ended[ending ?? 'left'] : position === null ? w.seats[seat] : w.position(position)

function usePlaceColumns(page: GroupPage, mayChoose: boolean): Column<GroupRow>[] {
  const w = useClassWords()
  const { results } = useWords(words)
  const d = useWords(dateWords)
  const isHeld = ({ seat }: GroupRow) => seat !== 'withdrawn' && seat !== 'rejected'
  const choose: Column<GroupRow> = {
    key: 'choose',
    head: w.choose,
    cell: (row) =>
      isHeld(row) && (
        <>
          <Tick name="chosen" value={row.enrolmentId} label={w.chooseNamed(row.name)} />
          <input type="hidden" name={`name.${row.enrolmentId}`} value={row.name} />
        </>
      ),
  }
  return [
    ...(mayChoose ? [choose] : []),
    { key: 'name', head: w.name, isRowHead: true, cell: (row) => <span className="nowrap">{row.name}</span> },
    { key: 'document', head: w.document, cell: (row) => <span className="num">{row.document ?? '—'}</span> },
    {
      key: 'seat',
      head: w.seat,
      cell: (row) => (
        <>
          {saidSeat(w, row)}
          {row.rejectedBecause && <span className="soft"> {row.rejectedBecause}</span>}
          {row.seat === 'offered' && row.answerDueAt && ` ${w.until(d.instant(new Date(row.answerDueAt)))}`}
        </>
      ),
    },
    {
      key: 'hours',
      head: w.hours,
      note: w.ofPlanned(page.plannedHours),
      isNumeric: true,
      cell: (row) => row.hoursAttended ?? '—',
    },
    { key: 'credited', head: w.credited, cell: (row) => <span className="num">{row.creditedOn ?? '—'}</span> },
    { key: 'result', head: w.result, cell: (row) => (row.result ? results[row.result] : '—') },
    {
      key: 'certificate',
      head: w.certificate,
      cell: (row) => (row.isCertified ? w.certified : row.result === 'passed' ? w.pending : '—'),
    },
  ]
}
