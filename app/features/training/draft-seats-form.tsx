import { Card, Section } from '#app/ui/card.tsx'
import { TextField } from '#app/ui/field.tsx'
import { useLocale, useWords } from '#app/ui/locale.tsx'
import { PostForm } from '#app/ui/post-form.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import type { DraftSeatsRefusal } from './draft-seats.server.ts'
import { mendWords } from './mend-words.ts'
import { isObstacle, saidObstacle } from './session-say.ts'
import { sessionWords } from './session-words.ts'

/** The seats of a class that is not published yet. `typed`: what was sent, where it came back. */
export function DraftSeatsForm({
  capacity,
  refusal,
  typed,
}: {
  capacity: number
  refusal: DraftSeatsRefusal | null
  typed: string | undefined
}) {
  const { seats: w } = useWords(mendWords)
  const { notSaved } = useWords(sessionWords)
  const locale = useLocale()
  const error = refusal && (isObstacle(refusal) ? notSaved(saidObstacle(locale, refusal)) : w.refused[refusal.reason])
  return (
    <Section title={w.title}>
      <Card>
        <PostForm className="form" noValidate>
          <TextField
            key={capacity}
            name="capacity"
            label={w.label}
            hint={w.hint}
            inputMode="numeric"
            maxLength={5}
            autoComplete="off"
            defaultValue={(refusal && typed) ?? String(capacity)}
            error={error}
          />
          <input type="hidden" name="was" value={capacity} />
          <div>
            <SubmitButton kind="plain" name="intent" value="seats">
              {w.save}
            </SubmitButton>
          </div>
        </PostForm>
      </Card>
    </Section>
  )
}
