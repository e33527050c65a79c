import { words as deskWords } from '#app/features/training/desk-words.ts'
import type { RosterClass, RosterRow } from '#app/features/training/roster.server.ts'
import { rosterAddress } from '#app/features/training/roster-view.ts'
import { Button } from '#app/ui/button.tsx'
import { Callout } from '#app/ui/callout.tsx'
import { Choice } from '#app/ui/choice.tsx'
import { ErrorSummary } from '#app/ui/error-summary.tsx'
import { TextField } from '#app/ui/field.tsx'
import { Link } from '#app/ui/link.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { FilterForm, PostForm } from '#app/ui/post-form.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import { Table } from '#app/ui/table.tsx'
import type { DeskAttempt } from './desk.server.ts'
import { PasteField, PasteInto } from './paste-part.tsx'
import type { PastedAnswer } from './pasted-results.ts'
import type { ProposedResults } from './propose.server.ts'
import { useResultColumns } from './result-columns.tsx'
import { resultsWords } from './results-words.ts'
import type { DeskProposal } from './waiting.server.ts'
import { words } from './words.ts'

type Refused = Extract<ProposedResults, { ok: false }>

/**
 * The results of one day for a page of workers in one form, to be handed in for confirmation. `typed`: what was sent, where it came
 * back with faults; `pasted`: what a paste that was posted filled in, with the text and a mark of its own.
 */
export function ResultsForm({
  held,
  rows,
  attempts,
  proposals,
  on,
  waiting,
  today,
  after,
  refused,
  pasted,
  typed,
  footer,
}: {
  held: RosterClass
  rows: readonly RosterRow[]
  attempts: readonly DeskAttempt[]
  proposals: readonly DeskProposal[]
  on: string
  /** How many results of the class wait for confirmation. */
  waiting: number
  today: string
  /** Where the page of workers begins; null: the first. */
  after: string | null
  refused: Refused | null
  pasted: (PastedAnswer & { text: string; mark: string }) | null
  typed: Readonly<Record<string, string>>
  footer: React.ReactNode
}) {
  const w = useWords(words).desk
  const r = useWords(resultsWords)
  const { named } = useWords(deskWords).roster
  const faults = refused?.faults ?? []
  const doubted = refused?.doubted ?? []
  const columns = useResultColumns({ attempts, proposals, on, faults, doubted, typed, mark: pasted?.mark })
  const nameOf = (id: string) => rows.find((row) => row.enrolmentId === id)?.name ?? ''
  const errors = [
    ...(refused?.day ? [{ id: 'on', message: w.dayFaults[refused.day] }] : []),
    ...faults.map(({ enrolmentId, fault }) =>
      fault === 'reason_needed'
        ? { id: 'reason', message: w.faults[fault] }
        : { id: `result.${enrolmentId}`, message: named(nameOf(enrolmentId), w.faults[fault]) },
    ),
    ...(doubted.length > 0 ? [{ id: 'affirmed', message: r.affirm.many(doubted.length) }] : []),
  ]
  return (
    <div className="stack">
      {waiting > 0 && (
        <Callout tone="warn">
          {r.waiting(waiting)} <Link to={rosterAddress({ view: 'confirm' })}>{r.toThem}</Link>
        </Callout>
      )}
      <FilterForm key={on}>
        <input type="hidden" name="view" value="results" />
        <TextField
          name="on"
          label={w.assessedOn}
          hint={w.assessedOnHint}
          type="date"
          defaultValue={on}
          min={held.startsOn}
          max={today}
          error={refused?.day ? w.dayFaults[refused.day] : null}
        />
        <Button type="submit">{w.choose}</Button>
      </FilterForm>
      <PostForm>
        <div className="stack">
          <ErrorSummary errors={errors} />
          <p className="soft">{r.lead}</p>
          <input type="hidden" name="assessedOn" value={on} />
          <input type="hidden" name="after" value={after ?? ''} />
          <PasteInto key={`table ${pasted?.mark}`} rows={rows} sent={pasted}>
            <Table
              caption={w.result}
              columns={columns}
              rows={rows}
              rowKey={(row) => row.enrolmentId}
              isCards
              footer={footer}
            />
          </PasteInto>
          <div className="form">
            <TextField
              name="reason"
              label={w.reason}
              hint={w.reasonHint}
              isOptional
              maxLength={200}
              defaultValue={typed.reason}
            />
            {doubted.length > 0 && (
              <Choice
                type="checkbox"
                id="affirmed"
                name="affirmed"
                value="yes"
                label={r.affirm.label}
                note={r.affirm.note}
              />
            )}
            <div>
              <SubmitButton name="intent" value="results">
                {r.save}
              </SubmitButton>
            </div>
          </div>
          <PasteField
            key={`paste ${pasted?.mark}`}
            intent="paste"
            text={pasted?.text ?? ''}
            how={r.paste.how}
            hint={r.paste.hint}
          />
        </div>
      </PostForm>
    </div>
  )
}
