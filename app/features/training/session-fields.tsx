import { Button } from '#app/ui/button.tsx'
import { Card } from '#app/ui/card.tsx'
import { TextField } from '#app/ui/field.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { DayNote } from './day-note.tsx'
import { words } from './desk-words.ts'
import { type Fields, type RowButtonProps, useField } from './form-field.tsx'
import { KindField } from './kind-field.tsx'

/** One row per meeting; adding and removing rows works without JavaScript too: the buttons post the form. */
export function SessionFields({
  sessions,
  error,
  add,
}: {
  sessions: readonly { key: string; fields: Fields<SessionField>; remove: RowButtonProps }[]
  error: string[]
  add: RowButtonProps
}) {
  const w = useWords(words).openClass
  const field = useField()
  return (
    <Card title={w.sessions}>
      <p className="hint">{w.sessionsHint}</p>
      {error.length > 0 && <p className="error">{error.join(' ')}</p>}
      <div className="stack">
        {sessions.map(({ key, fields, remove }, index) => (
          <fieldset key={key} className="filters">
            <legend className="small soft">{w.session(index + 1)}</legend>
            <TextField {...field(fields.date)} label={w.date} type="date" />
            <DayNote date={fields.date.value} />
            <TextField {...field(fields.from)} label={w.from} type="time" />
            <TextField {...field(fields.to)} label={w.to} type="time" />
            <TextField {...field(fields.hours)} label={w.hours} inputMode="decimal" />
            <KindField field={field(fields.kind)} />
            <TextField {...field(fields.topic)} label={w.topic} isOptional />
            <Button {...remove} type="submit" kind="quiet">
              {w.removeSession(index + 1)}
            </Button>
          </fieldset>
        ))}
        <div>
          <Button {...add} type="submit">
            {w.addSession}
          </Button>
        </div>
      </div>
    </Card>
  )
}

type SessionField = 'date' | 'from' | 'to' | 'hours' | 'kind' | 'topic'
