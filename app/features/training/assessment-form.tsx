import { useState } from 'react'
import { ButtonLink } from '#app/ui/button.tsx'
import { Callout } from '#app/ui/callout.tsx'
import { Card } from '#app/ui/card.tsx'
import { Choice, ChoiceGroup } from '#app/ui/choice.tsx'
import { ErrorSummary } from '#app/ui/error-summary.tsx'
import { SelectField, TextField } from '#app/ui/field.tsx'
import { useLocale, useWords } from '#app/ui/locale.tsx'
import { PostForm } from '#app/ui/post-form.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import { ASSESSED_PARTS } from '#db/values.ts'
import type { AssessmentRefusal } from './assessment-acts.server.ts'
import type { AssessmentPage } from './assessment-page.server.ts'
import { MOST_OUTSIDE, MOST_RESITS, type SittingField } from './assessment-plan.ts'
import { namedSitting, saidSitting } from './assessment-say.ts'
import type { SittingIntent } from './assessment-view.ts'
import { assessmentWords } from './assessment-words.ts'
import { DayNote } from './day-note.tsx'
import { InstructorChoice } from './instructor-choice.tsx'

type Props = {
  page: AssessmentPage
  intent: SittingIntent
  sitting: AssessmentPage['sittings'][number] | null
  refusal: AssessmentRefusal | null
  typed: Readonly<Record<string, string>>
}

/** The form of one sitting: planned anew, changed, or cancelled. */
export function SittingForm({ page, intent, sitting, refusal, typed }: Props) {
  const w = useWords(assessmentWords)
  const locale = useLocale()
  const isPublic = page.held.status !== 'draft'
  const named = sitting ? namedSitting(locale, sitting) : ''
  const title = { added: w.form.add, changed: w.form.edit(named), cancelled: w.cancelOf(named) }[intent]
  const { faults, why } = refusal?.reason === 'faults' ? refusal : { faults: [], why: null }
  const labelOf = (field: SittingField) => w.form[field]
  const errorOf = (field: SittingField) =>
    faults.filter((one) => one.field === field).map(({ fault }) => w.errors[fault])
  const given: Record<string, string> = {
    siteId: page.held.siteId ?? '',
    ...(sitting && {
      part: sitting.part,
      attempt: String(sitting.attempt),
      date: sitting.date,
      from: sitting.from,
      to: sitting.to,
      siteId: sitting.siteId ?? '',
      place: sitting.siteId === null ? sitting.place : '',
    }),
  }
  const of = (field: Exclude<SittingField, 'outside'>) => ({
    name: field,
    label: labelOf(field),
    defaultValue: typed[field] ?? given[field] ?? '',
    error: errorOf(field),
  })
  const [date, setDate] = useState(of('date').defaultValue)
  const chosen = typed.instructorIds?.split(' ') ?? sitting?.instructorIds ?? []
  const attempts = Array.from({ length: Math.max(page.held.resits, (sitting?.attempt ?? 1) - 1) + 1 }, (_, at) => at)
  return (
    <Card title={title}>
      <PostForm id="sitting-form" noValidate>
        <div className="stack">
          <ErrorSummary
            errors={[
              ...faults.map(({ field, fault }) => ({ id: field, message: w.at(labelOf(field), w.errors[fault]) })),
              ...(why ? [{ id: 'reason', message: w.why[why] }] : []),
            ]}
          />
          {intent === 'cancelled' && sitting ? (
            <Callout tone="warn">{saidSitting(locale, sitting)}</Callout>
          ) : (
            <>
              <div className="grid">
                <SelectField
                  {...of('part')}
                  options={ASSESSED_PARTS.map((one) => ({ value: one, label: w.parts[one] }))}
                />
                <SelectField
                  {...of('attempt')}
                  options={attempts.map((one) => ({ value: String(one + 1), label: w.attempt(one) }))}
                />
                <TextField
                  {...of('date')}
                  type="date"
                  hint={date && <DayNote date={date} />}
                  min={page.held.startsOn}
                  onChange={(event) => setDate(event.target.value)}
                />
                <TextField {...of('from')} type="time" />
                <TextField {...of('to')} type="time" />
                <SelectField
                  {...of('siteId')}
                  options={[
                    ...page.sites.map(({ id, name }) => ({ value: id, label: name })),
                    { value: '', label: w.form.elsewhere },
                  ]}
                />
                <TextField {...of('place')} hint={w.form.placeHint} maxLength={100} isOptional />
              </div>
              <InstructorChoice instructors={page.assessors} chosen={chosen} label={w.form.own} hint={w.form.ownHint} />
              <ChoiceGroup name="outside" label={w.form.outside} hint={w.form.outsideHint} error={errorOf('outside')}>
                <div className="grid">
                  {Array.from({ length: MOST_OUTSIDE }, (_, at) => at).map((at) => (
                    <div key={at} className="stack">
                      <TextField
                        name={`outsideName.${at}`}
                        label={w.form.name(at + 1)}
                        defaultValue={typed[`outsideName.${at}`] ?? sitting?.outside[at]?.name}
                        maxLength={50}
                        autoComplete="off"
                      />
                      <TextField
                        name={`outsideBody.${at}`}
                        label={w.form.body(at + 1)}
                        defaultValue={typed[`outsideBody.${at}`] ?? sitting?.outside[at]?.body}
                        maxLength={60}
                        autoComplete="off"
                      />
                    </div>
                  ))}
                </div>
              </ChoiceGroup>
            </>
          )}
          {isPublic && intent !== 'added' && (
            <TextField
              name="reason"
              label={w.form.reason}
              hint={w.form.reasonHint}
              defaultValue={typed.reason}
              error={why && w.why[why]}
              maxLength={200}
              autoComplete="off"
            />
          )}
          <input type="hidden" name="sitting" value={sitting?.id ?? ''} />
          <input type="hidden" name="was" value={typed.was ?? sitting?.mark ?? ''} />
          <div className="inline">
            <SubmitButton kind={intent === 'cancelled' ? 'danger' : 'main'} name="intent" value={intent}>
              {intent === 'cancelled'
                ? isPublic
                  ? w.form.cancel
                  : w.remove
                : isPublic
                  ? w.form.saveTold
                  : w.form.save}
            </SubmitButton>
            <ButtonLink kind="quiet" to="?">
              {w.form.back}
            </ButtonLink>
          </div>
        </div>
      </PostForm>
    </Card>
  )
}

/** How often one may sit again, and whether dates are announced later. */
export function AssessmentSettings({ page, refusal }: { page: AssessmentPage; refusal: AssessmentRefusal | null }) {
  const w = useWords(assessmentWords)
  const isPublic = page.held.status !== 'draft'
  const why = refusal?.reason === 'faults' ? refusal.why : null
  return (
    <Card title={w.settings.title}>
      <PostForm className="form">
        <SelectField
          name="resits"
          label={w.settings.resits}
          defaultValue={String(page.held.resits)}
          options={Array.from({ length: MOST_RESITS + 1 }, (_, n) => ({
            value: String(n),
            label: w.settings.times(n),
          }))}
        />
        <Choice
          type="checkbox"
          name="later"
          value="yes"
          defaultChecked={page.held.assessmentLater}
          label={w.settings.later}
          note={w.settings.laterNote}
        />
        {isPublic && (
          <TextField
            id="plan-reason"
            name="reason"
            label={w.form.reason}
            hint={w.form.reasonHint}
            error={why && w.why[why]}
            maxLength={200}
            autoComplete="off"
          />
        )}
        <div>
          <SubmitButton kind="plain" name="intent" value="settings">
            {isPublic ? w.form.saveTold : w.form.save}
          </SubmitButton>
        </div>
      </PostForm>
    </Card>
  )
}
