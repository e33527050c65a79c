import { ReasonField } from '#app/features/training/mend-form.tsx'
import { ButtonLink } from '#app/ui/button.tsx'
import { Callout } from '#app/ui/callout.tsx'
import { Card } from '#app/ui/card.tsx'
import { TextField } from '#app/ui/field.tsx'
import { Link } from '#app/ui/link.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { PostForm } from '#app/ui/post-form.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import type { Merged } from './merge-persons.server.ts'
import type { MergePlan, PlacedClash } from './merge-plan.server.ts'
import type { PersonSummary } from './person-file.server.ts'
import { PersonFacts } from './person-mend-form.tsx'
import { personMendWords } from './person-words.ts'

type Refused = Extract<Merged, { ok: false }>

/** The two records side by side: the one that stays first. */
export function BothRecords({ kept, merged }: { kept: PersonSummary; merged: PersonSummary }) {
  const w = useWords(personMendWords)
  return (
    <>
      <div className="grid">
        <Card eyebrow={w.kept}>
          <PersonFacts person={kept} />
        </Card>
        <Card eyebrow={w.goes}>
          <PersonFacts person={merged} />
        </Card>
      </div>
      <p>
        <Link to={`/persons/${merged.id}/merge?with=${kept.id}`}>{w.swap}</Link>
      </p>
    </>
  )
}

/** What has to be put right before two records can be merged. */
export function MergeClashes({ clashes }: { clashes: readonly PlacedClash[] }) {
  const w = useWords(personMendWords)
  return (
    <Callout tone="miss" role="alert" title={w.clashTitle}>
      {clashes.map(({ academyName, code, on, reason, other = '' }) => (
        <p key={`${code} ${on} ${reason} ${other}`}>{w.clash[reason](`${academyName} ${code}`, on ?? '', other)}</p>
      ))}
    </Callout>
  )
}

/** What merging does, and the confirmation that is typed. `tail`: the end of the document that goes, as it is shown. */
export function MergeForm({
  plan,
  tail,
  back,
  refused,
  typed,
}: {
  plan: MergePlan
  tail: string
  back: string
  refused: Refused | null
  typed: Readonly<Record<string, string>>
}) {
  const w = useWords(personMendWords)
  const faults = refused?.reason === 'faults' ? refused : { isConfirmed: true, why: null }
  const { accounts } = plan
  return (
    <Card title={w.willDo} isLifted>
      <PostForm className="form" noValidate>
        {plan.isOtherName && (
          <Callout tone="warn" title={w.otherName}>
            <p>{w.otherNameText}</p>
          </Callout>
        )}
        <p>{w.moves(plan.enrolments)}</p>
        {plan.combined.map(({ academyName, code }) => (
          <p key={`${academyName} ${code}`}>{w.combined(`${academyName} ${code}`)}</p>
        ))}
        {accounts.moved > 0 && <p>{w.movesAccounts(accounts.moved)}</p>}
        {accounts.unconfirmed > 0 && <p>{w.unconfirmed(accounts.unconfirmed)}</p>}
        <p>{w.keepsDocument}</p>
        <p>{w.noUndo}</p>
        <TextField
          name="confirm"
          label={w.confirm(tail)}
          autoComplete="off"
          maxLength={10}
          defaultValue={typed.confirm}
          error={faults.isConfirmed ? null : w.confirmFault}
        />
        <ReasonField label={w.mergeReason} hint={w.reasonHint} typed={typed} error={faults.why && w.why[faults.why]} />
        <input type="hidden" name="was" value={plan.mark} />
        <div className="inline">
          <SubmitButton kind="danger" name="intent" value="merge">
            {w.mergeYes}
          </SubmitButton>
          <ButtonLink to={back}>{w.mergeNo}</ButtonLink>
        </div>
      </PostForm>
    </Card>
  )
}
