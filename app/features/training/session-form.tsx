import { useState } from 'react'
import { isDateString, yearOf } from '#app/lib/calendar.ts'
import { words as dateWords } from '#app/lib/date-words.ts'
import { ButtonLink } from '#app/ui/button.tsx'
import { Callout } from '#app/ui/callout.tsx'
import { Card } from '#app/ui/card.tsx'
import { Choice } from '#app/ui/choice.tsx'
import { ErrorSummary } from '#app/ui/error-summary.tsx'
import { SelectField, TextField } from '#app/ui/field.tsx'
import { useLocale, useWords } from '#app/ui/locale.tsx'
import { PostForm } from '#app/ui/post-form.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import { DayNote } from './day-note.tsx'
import { InstructorChoice } from './instructor-choice.tsx'
import { KindField } from './kind-field.tsx'
import type { SessionRefusal } from './session-command.server.ts'
import type { PlacedSessionFault, SessionField } from './session-entry.ts'
import { saidFault, saidSession } from './session-say.ts'
import { sessionWords } from './session-words.ts'
import type { DeskSession, TimetablePage } from './timetable-page.server.ts'
import type { SessionIntent } from './timetable-view.ts'

type FormProps = {
  page: TimetablePage
  form: { intent: SessionIntent; session: DeskSession | null }
  refusal: SessionRefusal | null
  typed: Readonly<Record<string, string>>
}

const isPlanned = (intent: SessionIntent) => intent === 'added' || intent === 'made_up'

/** What is wrong with a field; of a day after the class's last one, where the class may end later, what to tick. */
function useSaid({ page, form, typed }: Pick<FormProps, 'page' | 'form' | 'typed'>) {
  const { form: w } = useWords(sessionWords)
  const d = useWords(dateWords)
  const locale = useLocale()
  const { endsOn } = page.held
  const isLater = isPlanned(form.intent) && (typed.date ?? '') > endsOn
  return (fault: PlacedSessionFault['fault']) =>
    fault === 'session_outside' && isLater
      ? w.extendNeeded(d.day(endsOn, yearOf(page.today)))
      : saidFault(locale, fault)
}

/** The form of one session: planned anew, changed, cancelled, or made up. */
export function SessionForm({ page, form, refusal, typed }: FormProps) {
  const w = useWords(sessionWords)
  const d = useWords(dateWords)
  const { intent, session } = form
  const isPublic = page.held.status !== 'draft'
  const day = session ? d.day(session.date) : ''
  const title = {
    added: w.form.add,
    changed: w.form.edit(day),
    cancelled: `${w.list.cancel}: ${day}`,
    made_up: w.form.makeUp(day),
  }[intent]
  const faults = refusal?.reason === 'faults' ? refusal : { faults: [], why: null }
  const isReasonNeeded = intent === 'changed' || intent === 'cancelled'
  const why = faults.why && w.why[faults.why]
  const isForLacking = intent === 'made_up' && session !== null && session.lacking > 0
  const told = isForLacking ? w.form.saveToldLacking : w.form.saveTold
  const submit = intent === 'cancelled' ? (isPublic ? w.form.cancel : w.list.remove) : isPublic ? told : w.form.save
  const said = useSaid({ page, form, typed })
  return (
    <Card title={title}>
      <PostForm id="session-form" noValidate>
        <div className="stack">
          <ErrorSummary
            errors={[
              ...faults.faults.map(({ field, fault }) => ({
                id: field,
                message: `${field === 'kind' ? w.kind : w.form[field]}: ${said(fault)}`,
              })),
              ...(why ? [{ id: 'reason', message: why }] : []),
            ]}
          />
          {isForLacking && <Callout tone="info">{w.form.lacking(session.lacking, day)}</Callout>}
          {intent === 'cancelled' && session ? (
            <Cancelling session={session} isPublic={isPublic} />
          ) : (
            <SessionInputs page={page} form={form} faults={faults.faults} typed={typed} />
          )}
          {isPublic && (
            <TextField
              isOptional={!isReasonNeeded && !why}
              name="reason"
              label={w.form.reason}
              hint={w.form.reasonHint}
              defaultValue={typed.reason}
              error={why}
              maxLength={200}
              autoComplete="off"
            />
          )}
          <input type="hidden" name="session" value={session?.id ?? ''} />
          <input type="hidden" name="was" value={typed.was ?? session?.mark ?? ''} />
          <div className="inline">
            <SubmitButton kind={intent === 'cancelled' ? 'danger' : 'main'} name="intent" value={intent}>
              {submit}
            </SubmitButton>
            <ButtonLink kind="quiet" to={`/academies/${page.academyCode}/manage/classes/${page.held.id}/timetable`}>
              {w.form.back}
            </ButtonLink>
          </div>
        </div>
      </PostForm>
    </Card>
  )
}

function Cancelling({ session, isPublic }: { session: DeskSession; isPublic: boolean }) {
  const { form: w } = useWords(sessionWords)
  const locale = useLocale()
  return (
    <Callout tone="warn" title={saidSession(locale, session)}>
      {isPublic && <p>{w.cancelHint}</p>}
    </Callout>
  )
}

function SessionInputs({
  page,
  form,
  faults,
  typed,
}: Pick<FormProps, 'page' | 'form' | 'typed'> & {
  faults: readonly PlacedSessionFault[]
}) {
  const { intent, session } = form
  const w = useWords(sessionWords)
  // What makes up for another session starts as that one did, but for its day.
  const like = intent === 'made_up' && session ? { ...session, date: '' } : (session ?? page.sessions.at(-1))
  const saidOf = useSaid({ page, form, typed })
  const said = { ...like, firstStation: like?.stations?.first, lastStation: like?.stations?.last }
  const given: Partial<Record<SessionField, string | number | null | undefined>> =
    intent === 'added' ? { ...said, date: '', topic: '' } : said
  const of = (field: SessionField) => ({
    name: field,
    label: field === 'kind' ? w.kind : w.form[field],
    defaultValue: typed[field] ?? String(given[field] ?? ''),
    error: faults.filter((one) => one.field === field).map(({ fault }) => saidOf(fault)),
  })
  // What is planned anew may end the class later.
  const isNew = isPlanned(intent)
  const days = { min: page.held.startsOn, max: isNew ? undefined : page.held.endsOn }
  const [date, setDate] = useState(of('date').defaultValue)
  return (
    <>
      <div className="grid">
        <TextField
          {...of('date')}
          type="date"
          hint={date && <DayNote date={date} />}
          {...days}
          onChange={(event) => setDate(event.target.value)}
        />
        <TextField {...of('from')} type="time" />
        <TextField {...of('to')} type="time" />
        <TextField {...of('hours')} inputMode="decimal" />
        <KindField field={{ ...of('kind'), id: 'kind' }} />
        <TextField {...of('topic')} isOptional maxLength={100} />
        <SelectField {...of('siteId')} options={page.sites.map(({ id, name }) => ({ value: id, label: name }))} />
        <TextField {...of('firstStation')} hint={w.stations.hint} inputMode="numeric" maxLength={5} isOptional />
        <TextField {...of('lastStation')} inputMode="numeric" maxLength={5} isOptional />
        <InstructorChoice
          instructors={page.instructors}
          chosen={typed.instructorIds?.split(' ') ?? like?.instructorIds ?? []}
        />
      </div>
      {isNew && <EndsLater page={page} date={date} isChosen={typed.extend === 'yes'} />}
    </>
  )
}

/** That the class ends with a session after its last day, as long as the day may be one. */
function EndsLater({ page, date, isChosen }: { page: TimetablePage; date: string; isChosen: boolean }) {
  const { form: w } = useWords(sessionWords)
  const d = useWords(dateWords)
  const { endsOn } = page.held
  if (isDateString(date) && date <= endsOn) return null
  const day = (one: string) => d.day(one, yearOf(page.today))
  const label = isDateString(date) ? w.extendTo(day(date), day(endsOn)) : w.extend(day(endsOn))
  return (
    <Choice type="checkbox" name="extend" value="yes" label={label} note={w.extendHint} defaultChecked={isChosen} />
  )
}
