import { type SubmissionResult, useForm } from '@conform-to/react'
import { parseWithZod } from '@conform-to/zod/v4'
import { useMemo } from 'react'
import { useWorkCalendar } from '#app/features/policy/use-work-calendar.tsx'
import { Callout } from '#app/ui/callout.tsx'
import { Card } from '#app/ui/card.tsx'
import { ErrorSummary } from '#app/ui/error-summary.tsx'
import { useLocale, useWords } from '#app/ui/locale.tsx'
import { PostForm } from '#app/ui/post-form.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import { AssessmentChoice } from './assessment-choice.tsx'
import { mayEdit } from './class-edit.ts'
import { words } from './desk-words.ts'
import { EditEnd, type Edited, EditRefused, type EditResult, KeptFields } from './edit-parts.tsx'
import { useErrorWords, useFieldLabel } from './form-field.tsx'
import { InstructorChoice } from './instructor-choice.tsx'
import { AskedFields, Basics, type Choices, PlaceAndEnrolment } from './open-class-fields.tsx'
import { openClassForm, publishedClassForm } from './open-class-form.ts'
import { openingWay } from './opening-way.ts'
import { openingWords } from './opening-words.ts'
import { previewPlan } from './plan-preview.ts'
import { PlanSummary } from './plan-summary.tsx'
import { RequirementFields } from './requirement-fields.tsx'
import { requirementWords } from './requirement-words.ts'
import { SeatFields } from './seat-form.tsx'
import { SeriesFields } from './series-fields.tsx'
import { SessionFields } from './session-fields.tsx'
import { type Obstacle, saidObstacle } from './session-say.ts'
import { sessionWords } from './session-words.ts'

/** What came of sending the form, beside what conform says of its fields. */
export type ClassFormResult = SubmissionResult & { obstacle?: Obstacle } & EditResult

/**
 * The form of a class, checked in the browser and again on the server by the same shape: of a new one, of a draft, and of what of a
 * published one may still change (class-edit.ts).
 */
export function OpenClassForm({
  choices,
  given,
  lastResult,
  edited = null,
  isPlanned = false,
}: {
  choices: Choices
  /** What is filled in already. */
  given: Record<string, unknown>
  lastResult: ClassFormResult | undefined
  /** Null: a new class. */
  edited?: Edited | null
  /** Of a copy: the other class has an assessment plan. */
  isPlanned?: boolean
}) {
  const { openClass: w, roster: r } = useWords(words)
  const s = useWords(sessionWords)
  const q = useWords(requirementWords)
  const { draft: o } = useWords(openingWords)
  const labelOf = useFieldLabel()
  const said = useErrorWords()
  const locale = useLocale()
  const stage = edited?.stage ?? 'draft'
  const isPublished = stage !== 'draft'
  const calendar = useWorkCalendar()
  const schema = useMemo(() => (isPublished ? publishedClassForm : openClassForm(calendar)), [calendar, isPublished])
  const [form, fields] = useForm({
    id: 'class',
    lastResult,
    defaultValue: {
      mode: 'practical',
      feeYuan: '0',
      series: [{ skipsHolidays: 'on' }],
      sessions: [{}],
      hasWaitlist: 'on',
      ...given,
      siteId: siteOf(choices, given.siteId),
    },
    onValidate: ({ formData }) => parseWithZod(formData, { schema }),
    shouldRevalidate: 'onInput',
  })
  const sessions = fields.sessions.getFieldList().map((item, index) => ({
    key: item.key ?? String(index),
    fields: item.getFieldset(),
    remove: form.remove.getButtonProps({ name: fields.sessions.name, index }),
  }))
  const series = fields.series.getFieldList().map((item, index) => ({
    key: item.key ?? String(index),
    fields: item.getFieldset(),
    remove: form.remove.getButtonProps({ name: fields.series.name, index }),
  }))
  const plan = previewPlan(form.value, calendar)
  const way = openingWay(choices.openingYears, form.value?.startsOn)
  const errors = Object.entries(form.allErrors).flatMap(([name, codes]) =>
    said(codes).map((message) => ({ id: `${form.id}-${name}`, message: r.named(labelOf(name), message) })),
  )
  return (
    <PostForm id={form.id} onSubmit={form.onSubmit} noValidate={form.noValidate}>
      <div className="stack">
        <ErrorSummary errors={form.status === 'error' ? errors : []} />
        {lastResult?.obstacle && (
          <Callout tone="miss" role="alert">
            {s.notSaved(saidObstacle(locale, lastResult.obstacle))}
          </Callout>
        )}
        {edited && <EditRefused edited={edited} result={lastResult} />}
        <Basics fields={fields} choices={choices} stage={stage} />
        {isPublished && <KeptFields fields={fields} stage={stage} />}
        {!isPublished && (
          <>
            <SeriesFields
              series={series}
              add={form.insert.getButtonProps({ name: fields.series.name, defaultValue: { skipsHolidays: 'on' } })}
            />
            <SessionFields
              sessions={sessions}
              error={said(fields.sessions.errors)}
              add={form.insert.getButtonProps({ name: fields.sessions.name })}
            />
            {plan && <PlanSummary plan={plan} />}
            {choices.instructors.length > 0 && (
              <Card title={s.form.instructors}>
                <InstructorChoice
                  instructors={choices.instructors}
                  id={fields.instructorIds.id}
                  chosen={[fields.instructorIds.initialValue].flat().map(String)}
                  error={said(fields.instructorIds.errors)}
                />
              </Card>
            )}
          </>
        )}
        {mayEdit('siteId', stage) && <PlaceAndEnrolment fields={fields} choices={choices} stage={stage} />}
        {mayEdit('hasWaitlist', stage) && <SeatFields fields={fields} />}
        <AskedFields fields={fields} choices={choices} stage={stage} />
        {!isPublished && (
          <Card title={q.title}>
            <RequirementFields
              id={fields.otherRequirements.id}
              ticked={[fields.requirements.initialValue].flat().map(String)}
              others={String(fields.otherRequirements.initialValue ?? '')}
              error={said(fields.otherRequirements.errors)}
            />
          </Card>
        )}
        {!edited && <AssessmentChoice isPlanned={isPlanned} />}
        {edited ? (
          <EditEnd edited={edited} result={lastResult} />
        ) : (
          <div className="inline">
            <SubmitButton name="as" value="published">
              {way === 'submit' ? o.submit : way === 'either' ? o.either : w.publish}
            </SubmitButton>
            <SubmitButton kind="plain" name="as" value="draft">
              {w.saveDraft}
            </SubmitButton>
          </div>
        )}
      </div>
    </PostForm>
  )
}

/** The place that is filled in; of one that was retired none, so that no other stands in its stead unseen. */
function siteOf({ sites }: Choices, given: unknown): string | undefined {
  if (given === undefined) return sites[0]?.id
  return sites.find(({ id }) => id === given)?.id ?? ''
}
