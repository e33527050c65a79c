import { Fragment } from 'react'
import { Callout } from '#app/ui/callout.tsx'
import { Card } from '#app/ui/card.tsx'
import { TextAreaField, TextField } from '#app/ui/field.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { PostForm } from '#app/ui/post-form.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import type { CalendarPage, CalendarRefusal } from './calendar-page.server.ts'
import { calendarWords } from './calendar-words.ts'

/** A year's arrangement as it is pasted, with the notice that it follows; what is wrong is said row by row. */
export function CalendarForm({ page, refused }: { page: CalendarPage; refused: CalendarRefusal | null }) {
  const { form: w } = useWords(calendarWords)
  const { faults, typed } = refused ?? {}
  const wrong = faults ? Number(faults.year) + Number(faults.source) + faults.rows.length + faults.more : 0
  // What is entered already is there to be mended, not to be typed again.
  const written = page.spans.map(({ from, to, kind, name }) => [from, to, w.line[kind], name].join(', ')).join('\n')
  return (
    <Card title={page.entered ? w.replace(page.year) : w.enter(page.year)}>
      <PostForm className="form" noValidate>
        {faults && (
          <Callout tone="miss" role="alert" title={w.refused(wrong)}>
            <ul>
              {faults.rows.map(({ row, column, message }) => (
                <li key={`${row} ${column} ${message}`}>{row === null ? message : w.row(row, column, message)}</li>
              ))}
              {faults.more > 0 && <li>{w.more(faults.more)}</li>}
            </ul>
          </Callout>
        )}
        {page.entered && <p className="soft">{w.replaceNote}</p>}
        <TextField
          name="year"
          label={w.year}
          inputMode="numeric"
          maxLength={4}
          defaultValue={typed?.year ?? page.year}
          error={faults?.year ? w.yearForm : null}
          autoComplete="off"
        />
        <TextField
          name="source"
          label={w.source}
          hint={w.sourceHint}
          maxLength={200}
          defaultValue={typed?.source ?? page.entered?.source}
          error={faults?.source ? w.sourceMissing : null}
          autoComplete="off"
        />
        <TextAreaField
          name="list"
          label={w.list}
          hint={<WholeDates text={w.listHint} />}
          rows={10}
          defaultValue={typed?.list ?? written}
        />
        <div>
          <SubmitButton>{w.submit}</SubmitButton>
        </div>
      </PostForm>
    </Card>
  )
}

/** A date is typed as it is read: no line ends within one. */
function WholeDates({ text }: { text: string }) {
  const [before = '', ...dates] = text.split(/(?=\d{4}-\d{2}-\d{2})/)
  return (
    <>
      {before}
      {dates.map((one) => (
        <Fragment key={one}>
          <span className="nowrap">{one.slice(0, 10)}</span>
          {one.slice(10)}
        </Fragment>
      ))}
    </>
  )
}
