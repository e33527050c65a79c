import { useEffect, useState } from 'react'
import { yearOf } from '#app/lib/calendar.ts'
import { words as dateWords } from '#app/lib/date-words.ts'
import { Button } from '#app/ui/button.tsx'
import { Callout } from '#app/ui/callout.tsx'
import { Empty } from '#app/ui/card.tsx'
import { Tick } from '#app/ui/choice.tsx'
import { TextField } from '#app/ui/field.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { PostForm } from '#app/ui/post-form.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import { type Column, Table } from '#app/ui/table.tsx'
import type { ConfirmRefused } from './confirm.ts'
import type { Attempt } from './results.ts'
import { resultsWords } from './results-words.ts'
import type { Waiting, WaitingRow } from './waiting.server.ts'
import { words } from './words.ts'

/** The results of a class that wait: another person than the one who entered them confirms them, or returns them with a reason. */
export function ConfirmForm({
  waiting,
  today,
  refused,
  typed,
}: {
  waiting: Waiting
  today: string
  refused: ConfirmRefused | null
  typed: Readonly<Record<string, string>>
}) {
  const w = useWords(resultsWords).confirm
  const columns = useColumns(today)
  const { rows, total, colleagues } = waiting
  return (
    <div className="stack">
      {refused?.is === 'left' && (
        <Callout tone="warn" role="alert" title={w.partly(refused.changed)}>
          <ul>
            {refused.left.map(({ id, because }) => (
              <li key={id}>
                {rows.find((row) => row.id === id)?.name ?? '—'}：{w.left[because]}
              </li>
            ))}
          </ul>
        </Callout>
      )}
      {refused?.is === 'none_chosen' && (
        <Callout tone="warn" role="alert">
          {w.noneChosen}
        </Callout>
      )}
      {colleagues === 0 && <Callout tone="warn">{w.alone}</Callout>}
      {rows.length === 0 ? (
        <Empty icon="check">{w.none}</Empty>
      ) : (
        <PostForm className="stack">
          <p className="soft">{w.lead}</p>
          {colleagues > 0 && rows.every(({ bar }) => bar !== null) && <Callout>{w.allOwn}</Callout>}
          <ChooseAll />
          {rows.length < total && <p className="soft">{w.shown(rows.length, total)}</p>}
          <Table caption={w.caption} columns={columns} rows={rows} rowKey={(row) => row.id} isCards />
          <div>
            <SubmitButton name="intent" value="confirm">
              {w.yes}
            </SubmitButton>
          </div>
          <div className="form">
            <TextField
              name="reason"
              label={w.reason}
              hint={w.reasonHint}
              isOptional
              maxLength={200}
              defaultValue={typed.reason}
              error={refused?.is === 'reason_needed' ? w.reasonNeeded : null}
            />
            <div>
              <SubmitButton kind="plain" name="intent" value="return">
                {w.no}
              </SubmitButton>
            </div>
          </div>
        </PostForm>
      )}
    </div>
  )
}

/** Ticks everybody whom the viewer may confirm, once the page's script is there; without it each is ticked by hand. */
function ChooseAll() {
  const { confirm: w } = useWords(resultsWords)
  const [isLive, setLive] = useState(false)
  useEffect(() => setLive(true), [])
  const choose = (form: HTMLFormElement | null) => {
    for (const box of form?.querySelectorAll<HTMLInputElement>('input[name=chosen][data-open]') ?? [])
      box.checked = true
  }
  return (
    isLive && (
      <div>
        <Button kind="quiet" onClick={(event) => choose(event.currentTarget.form)}>
          {w.chooseAll}
        </Button>
      </div>
    )
  )
}

function useColumns(today: string): Column<WaitingRow>[] {
  const { confirm: w, document, doubts } = useWords(resultsWords)
  const { desk, results } = useWords(words)
  const d = useWords(dateWords)
  const said = (one: Attempt) => `${results[one.result]}（${w.scores(one.theoryScore, one.practicalScore)}）`
  return [
    {
      key: 'choose',
      head: w.choose,
      cell: (row) => (
        <>
          <Tick
            name="chosen"
            value={row.id}
            label={w.chooseNamed(row.name)}
            data-open={row.bar === null ? '' : undefined}
          />{' '}
          {row.bar && <span className="small soft">{w.bars[row.bar]}</span>}
        </>
      ),
    },
    { key: 'name', head: desk.name, isRowHead: true, cell: (row) => <span className="nowrap">{row.name}</span> },
    { key: 'document', head: document, cell: (row) => <span className="num">{row.document ?? '—'}</span> },
    { key: 'on', head: desk.assessedOn, cell: (row) => <span className="num">{row.assessedOn}</span> },
    { key: 'theory', head: desk.theory, isNumeric: true, cell: (row) => row.theoryScore ?? '—' },
    { key: 'practical', head: desk.practical, isNumeric: true, cell: (row) => row.practicalScore ?? '—' },
    { key: 'result', head: desk.result, cell: (row) => <b>{results[row.result]}</b> },
    {
      key: 'before',
      head: w.before,
      cell: (row) => (
        <>
          {row.confirmed ? said(row.confirmed) : w.first}
          {row.reason && <p className="small">{w.reasonOf(row.reason)}</p>}
          {row.doubts.map((doubt) => (
            <p key={doubt} className="small">
              <b>{w.affirmed(doubts[doubt])}</b>
            </p>
          ))}
        </>
      ),
    },
    {
      key: 'entered',
      head: w.entered,
      cell: (row) => (
        <span className="small">
          {row.by} {d.instant(new Date(row.at), yearOf(today))}
        </span>
      ),
    },
  ]
}
