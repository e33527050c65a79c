import type { ReasonFault } from '#app/features/audit/reason.ts'
import { words as dateWords } from '#app/lib/date-words.ts'
import type { Locale } from '#app/lib/i18n.ts'
import { ButtonLink } from '#app/ui/button.tsx'
import { Callout } from '#app/ui/callout.tsx'
import { TextField } from '#app/ui/field.tsx'
import { useLocale, useWords } from '#app/ui/locale.tsx'
import { PostForm } from '#app/ui/post-form.tsx'
import type { PlanDoubt } from '#db/values.ts'
import { saidDay } from './day-say.ts'
import type { DraftOpening } from './opening-find.server.ts'
import { PublishButton } from './opening-note.tsx'
import type { AffirmedPlan, DraftPlan, PlanRefusal } from './plan-affirm.server.ts'
import { planWords } from './plan-words.ts'

/** One thing that is unusual about a timetable, with its figures. */
export function saidDoubt(locale: Locale, doubt: PlanDoubt): string {
  const { doubts: w } = planWords[locale]
  switch (doubt.is) {
    case 'hours':
    case 'practical':
      return w[doubt.is](doubt.sum, doubt.planned)
    case 'day':
      return w.day(dateWords[locale].day(doubt.date), doubt.hours)
    case 'theory':
      return w.theory(doubt.hours)
    case 'begun':
      return w.begun(doubt.sessions)
    case 'on_holiday': {
      const said = saidDay(locale, { ...doubt, is: 'holiday' })
      return doubt.meets ? said : w.on_holiday(said)
    }
    default:
      return saidDay(locale, doubt)
  }
}

/**
 * What a draft's timetable still needs before it is published: mended where it can't be published at all, else explained, in the
 * form that publishes it. `refusal`: of the form that was just sent.
 */
export function PlanBeforePublishing({
  plan,
  opening,
  base,
  refusal,
  typed,
}: {
  plan: DraftPlan
  opening: DraftOpening | null
  base: string
  refusal: PlanRefusal | null
  typed: Readonly<Record<string, string>>
}) {
  const w = useWords(planWords)
  const locale = useLocale()
  const { bar, doubts, affirmed } = plan
  if (bar)
    return (
      <Callout tone="miss" role={refusal ? 'alert' : undefined} title={w.bar.title}>
        <p>{bar.reason === 'all_begun' ? w.bar.all_begun : w.bar.too_few_hours(bar.sum, bar.planned, bar.percent)}</p>
        <Ways base={base} />
      </Callout>
    )
  if (doubts.length === 0) return null
  if (affirmed) return <AffirmedNote affirmed={affirmed} />
  const fault = refusal?.reason === 'plan_doubted' ? (refusal.fault ?? 'unseen') : null
  const said = doubts.map((doubt) => saidDoubt(locale, doubt))
  return (
    <DoubtCallout
      {...{ w, fault, typed }}
      mark={plan.mark}
      items={said.map((one) => ({ key: one, said: one }))}
      ways={<Ways base={base} of={doubts} />}
      button={opening?.state === 'waiting' ? null : <PublishButton opening={opening} />}
    />
  )
}

/** What has to be explained, how else it is mended, and the form of the reason; `button` null: no reason is taken now. */
export function DoubtCallout({
  w,
  fault,
  fieldId,
  items,
  ways,
  mark,
  typed,
  button,
}: {
  w: { title: string; lead: string; reason: string; faults: Record<ReasonFault | 'unseen', string> }
  fault: ReasonFault | 'unseen' | null
  /** Of the reason's field, where another form of the page may ask for one. */
  fieldId?: string
  items: readonly { key: string; said: React.ReactNode }[]
  ways?: React.ReactNode
  mark: string
  typed: Readonly<Record<string, string>>
  button: React.ReactNode
}) {
  return (
    <Callout tone="warn" title={w.title}>
      <div className="stack">
        {fault === 'unseen' && (
          <p className="error" role="alert">
            {w.faults.unseen}
          </p>
        )}
        <p>{w.lead}</p>
        <ul>
          {items.map(({ key, said }) => (
            <li key={key}>{said}</li>
          ))}
        </ul>
        {ways}
        {button && (
          <PostForm className="stack" noValidate>
            <input type="hidden" name="mark" value={mark} />
            <TextField
              id={fieldId}
              name="reason"
              label={w.reason}
              defaultValue={typed.reason}
              error={fault && fault !== 'unseen' ? w.faults[fault] : undefined}
              maxLength={200}
              autoComplete="off"
            />
            <div>{button}</div>
          </PostForm>
        )}
      </div>
    </Callout>
  )
}

/** Where it is mended. `of`: what is to be; not said: too few hours. */
function Ways({ base, of }: { base: string; of?: readonly PlanDoubt[] }) {
  const w = useWords(planWords)
  const isOfSitting = (doubt: PlanDoubt) => 'meets' in doubt
  return (
    <div className="inline">
      {!of?.every(isOfSitting) && (
        <>
          <ButtonLink kind="plain" to={`${base}/timetable`}>
            {w.toTimetable}
          </ButtonLink>
          <ButtonLink kind="quiet" to={`${base}/edit`}>
            {w.toEdit}
          </ButtonLink>
        </>
      )}
      {of?.some(isOfSitting) && (
        <ButtonLink kind="plain" to={`${base}/assessment`}>
          {w.toAssessment}
        </ButtonLink>
      )}
    </div>
  )
}

/** What was unusual about a timetable when it was published or handed in, and why. */
export function AffirmedNote({
  affirmed,
  title,
}: {
  affirmed: Pick<AffirmedPlan, 'doubts' | 'reason'>
  /** Of something else than the timetable as it was published. */
  title?: string
}) {
  const w = useWords(planWords)
  const locale = useLocale()
  return (
    <Callout title={title ?? w.affirmed}>
      <ul>
        {affirmed.doubts.map((doubt) => (
          <li key={saidDoubt(locale, doubt)}>{saidDoubt(locale, doubt)}</li>
        ))}
      </ul>
      <p className="written">{w.because(affirmed.reason)}</p>
    </Callout>
  )
}
