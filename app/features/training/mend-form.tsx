import { roleWords } from '#app/features/accounts/role-words.ts'
import type { ReasonFault } from '#app/features/audit/reason.ts'
import { words as dateWords } from '#app/lib/date-words.ts'
import { Callout } from '#app/ui/callout.tsx'
import { Card, Section } from '#app/ui/card.tsx'
import { ErrorSummary } from '#app/ui/error-summary.tsx'
import { SelectField, TextField } from '#app/ui/field.tsx'
import { useLocale, useWords } from '#app/ui/locale.tsx'
import { PostForm } from '#app/ui/post-form.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import { MODES } from '#db/values.ts'
import { CLASS_FIELDS, type ClassFacts, type ClassField, type MendEffect, type PlacedFault } from './mend.ts'
import type { ChangeShown, ClassChange, MendPage } from './mend-page.server.ts'
import { mendWords } from './mend-words.ts'
import { saidReasonIn } from './session-say.ts'
import { words as publicWords } from './words.ts'

type Typed = Readonly<Record<string, string>>

/** A class's name, mode, occupation, dates and hours in one form; `typed`: what was sent, where it came back. */
export function MendForm({
  page,
  typed,
  faults,
  why,
}: {
  page: MendPage
  typed: Typed
  faults: readonly PlacedFault[]
  why: ReasonFault | null
}) {
  const w = useWords(mendWords)
  const { modes } = useWords(publicWords)
  const said = ({ fault, count = 0, limit = '' }: PlacedFault) => w.faults[fault](count, limit)
  const of = (field: ClassField) => ({
    name: field,
    label: w.fields[field],
    defaultValue: typed[field] ?? page.facts[field] ?? '',
    error: faults.filter((one) => one.field === field).map(said),
  })
  const { occupationCode } = page.facts
  const isListed = occupationCode === null || page.occupations.some(({ code }) => code === occupationCode)
  const occupations = [
    { value: '', label: w.noOccupation },
    ...(isListed ? [] : [{ value: occupationCode, label: occupationCode }]),
    ...page.occupations.map(({ code, name }) => ({ value: code, label: `${name} ${code}` })),
  ]
  const reason = why && w.why[why]
  return (
    <PostForm noValidate>
      <div className="stack">
        <ErrorSummary
          errors={[
            ...faults.map((fault) => ({ id: fault.field, message: `${w.fields[fault.field]}: ${said(fault)}` })),
            ...(reason ? [{ id: 'reason', message: reason }] : []),
          ]}
        />
        <Card>
          <div className="stack">
            <TextField {...of('name')} maxLength={100} autoComplete="off" />
            <div className="grid">
              <SelectField {...of('mode')} options={MODES.map((mode) => ({ value: mode, label: modes[mode] }))} />
              <SelectField {...of('occupationCode')} options={occupations} />
              <TextField {...of('startsOn')} type="date" />
              <TextField {...of('endsOn')} type="date" />
              <TextField {...of('plannedHours')} inputMode="decimal" />
              <TextField {...of('plannedPracticalHours')} hint={w.practicalHint} inputMode="decimal" isOptional />
            </div>
            <ReasonField label={w.reason} hint={w.reasonHint} typed={typed} error={reason} />
            <input type="hidden" name="was" value={typed.was ?? page.mark} />
            <div className="inline">
              <SubmitButton name="intent" value="save">
                {w.save}
              </SubmitButton>
              <SubmitButton kind="plain" name="intent" value="preview">
                {w.preview}
              </SubmitButton>
            </div>
          </div>
        </Card>
      </div>
    </PostForm>
  )
}

/** Why something is changed: asked for by everything that mends. */
export function ReasonField({
  id = 'reason',
  label,
  hint,
  typed,
  error,
}: {
  /** Where a page asks twice. */
  id?: string
  label: string
  hint: string
  typed: Typed
  error: string | null
}) {
  return (
    <TextField
      name="reason"
      id={id}
      label={label}
      hint={hint}
      maxLength={200}
      defaultValue={typed.reason}
      error={error}
      autoComplete="off"
    />
  )
}

/** What mending would do to the class's workers. */
export function MendEffectShown({ effect }: { effect: MendEffect }) {
  const w = useWords(mendWords).effect
  const lines = [
    effect.before !== effect.after || effect.gained + effect.lost > 0 ? w.credited(effect.before, effect.after) : null,
    effect.gained > 0 ? w.gained(effect.gained) : null,
    effect.lost > 0 ? w.lost(effect.lost) : null,
    effect.moved > 0 ? w.moved(effect.moved) : null,
    effect.practicalBefore !== effect.practicalAfter
      ? w.practical(effect.practicalBefore, effect.practicalAfter)
      : null,
    effect.practicalCleared > 0 ? w.practicalCleared(effect.practicalCleared) : null,
    effect.completionCleared > 0 ? w.completionCleared(effect.completionCleared) : null,
    effect.practicalMissing > 0 ? w.practicalMissing(effect.practicalMissing) : null,
  ].filter((line) => line !== null)
  return (
    <Callout tone={effect.lost > 0 ? 'warn' : 'info'} role="status" title={w.title}>
      {lines.length === 0 ? <p>{w.none}</p> : lines.map((line) => <p key={line}>{line}</p>)}
      <p>{w.notYet}</p>
    </Callout>
  )
}

/** What was mended in a class so far. */
export function ClassHistory({ history }: { history: readonly ClassChange[] }) {
  const w = useWords(mendWords)
  const { modes } = useWords(publicWords)
  const shown = (facts: ClassFacts, field: ClassField) =>
    field === 'mode' ? modes[facts.mode] : String(facts[field] ?? w.empty)
  return (
    <History title={w.history} empty={w.noHistory} changes={history}>
      {({ before, after, fields }) =>
        CLASS_FIELDS.filter((field) => fields.includes(field)).map((field) => (
          <p key={field}>{w.changed(w.fields[field], shown(before, field), shown(after, field))}</p>
        ))
      }
    </History>
  )
}

/** No year is this year: a history says every one. */
const ANY_YEAR = 0

/** Changes by hand, the latest first: what, when, who and why. */
export function History<C extends ChangeShown>({
  title,
  empty,
  changes,
  children,
}: {
  title: string
  empty: string
  changes: readonly C[]
  children: (change: C) => React.ReactNode
}) {
  const locale = useLocale()
  const w = useWords(mendWords)
  const d = useWords(dateWords)
  const roles = useWords(roleWords)
  return (
    <Section title={title}>
      {changes.length === 0 ? (
        <p className="soft">{empty}</p>
      ) : (
        <div className="stack">
          {changes.map((change) => (
            <Card key={change.id}>
              {children(change)}
              <p className="soft">
                {d.instant(change.at, ANY_YEAR)} ·{' '}
                {change.who ? `${change.who.name}（${roles[change.who.role]}）` : w.someone}
              </p>
              <p className="soft">{saidReasonIn(locale, change.reason)}</p>
            </Card>
          ))}
        </div>
      )}
    </Section>
  )
}
