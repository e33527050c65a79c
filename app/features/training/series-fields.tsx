import { words as dateWords } from '#app/lib/date-words.ts'
import { Button } from '#app/ui/button.tsx'
import { Card } from '#app/ui/card.tsx'
import { Choice, ChoiceGroup } from '#app/ui/choice.tsx'
import { TextField } from '#app/ui/field.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { words } from './desk-words.ts'
import { type Fields, type RowButtonProps, useErrorWords, useField } from './form-field.tsx'
import { KindField } from './kind-field.tsx'
import { sessionWords } from './session-words.ts'

/** Monday first; 0 is Sunday. */
const WEEK = [1, 2, 3, 4, 5, 6, 0]
/** A week that begins on a Sunday, to name its days by. */
const SUNDAY = '2026-01-04'
const dayOfWeek = (day: number) => `2026-01-${String(Number(SUNDAY.slice(8)) + day).padStart(2, '0')}`

export type SeriesField = 'weekdays' | 'from' | 'to' | 'hours' | 'kind' | 'topic' | 'times' | 'skipsHolidays'

/** Meetings on the same weekdays, one row per time of day; rows come and go without JavaScript too. */
export function SeriesFields({
  series,
  add,
}: {
  series: readonly { key: string; fields: Fields<SeriesField>; remove: RowButtonProps }[]
  add: RowButtonProps
}) {
  const { series: w } = useWords(sessionWords)
  const { openClass: o } = useWords(words)
  const field = useField()
  return (
    <Card title={w.title}>
      <p className="hint">{w.hint}</p>
      <div className="stack">
        {series.map(({ key, fields, remove }, index) => (
          <fieldset key={key} className="stack">
            <legend className="small soft">{w.row(index + 1)}</legend>
            <Weekdays field={fields.weekdays} />
            <div className="filters">
              <TextField {...field(fields.from)} label={o.from} type="time" />
              <TextField {...field(fields.to)} label={o.to} type="time" />
              <TextField {...field(fields.hours)} label={o.hours} inputMode="decimal" />
              <KindField field={field(fields.kind)} />
              <TextField {...field(fields.times)} label={w.times} hint={w.timesHint} inputMode="numeric" isOptional />
              <TextField {...field(fields.topic)} label={o.topic} isOptional />
            </div>
            <div className="inline">
              <Choice
                type="checkbox"
                name={fields.skipsHolidays.name}
                id={fields.skipsHolidays.id}
                defaultChecked={fields.skipsHolidays.initialValue === 'on'}
                label={w.skipsHolidays}
              />
              <Button {...remove} type="submit" kind="quiet">
                {w.remove(index + 1)}
              </Button>
            </div>
          </fieldset>
        ))}
        <div>
          <Button {...add} type="submit">
            {w.add}
          </Button>
        </div>
      </div>
    </Card>
  )
}

function Weekdays({ field }: { field: Fields<'weekdays'>['weekdays'] }) {
  const { series: w } = useWords(sessionWords)
  const d = useWords(dateWords)
  const said = useErrorWords()
  const chosen = Array.isArray(field.initialValue) ? field.initialValue : [field.initialValue]
  return (
    <ChoiceGroup name={field.name} id={field.id} label={w.weekdays} error={said(field.errors)}>
      <div className="inline">
        {WEEK.map((day) => (
          <Choice
            key={day}
            type="checkbox"
            name={field.name}
            value={day}
            defaultChecked={chosen.includes(String(day))}
            label={d.weekday(dayOfWeek(day))}
          />
        ))}
      </div>
    </ChoiceGroup>
  )
}
