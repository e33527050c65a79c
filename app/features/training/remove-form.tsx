import { ButtonLink } from '#app/ui/button.tsx'
import { Callout } from '#app/ui/callout.tsx'
import { Card } from '#app/ui/card.tsx'
import { TextField } from '#app/ui/field.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { PostForm } from '#app/ui/post-form.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import type { RemoveRefusal } from './desk-seats.server.ts'
import { words } from './desk-words.ts'
import type { RosterRow } from './roster.server.ts'
import { seatsDeskWords } from './seats-desk-words.ts'

/** Asks why a worker is taken out of a class, and says what it does, before it is done. */
export function RemoveForm({ row, refused, back }: { row: RosterRow; refused: RemoveRefusal | null; back: string }) {
  const { remove: w } = useWords(words).roster
  const s = useWords(seatsDeskWords)
  const isUnsaid = refused === 'reason_needed'
  return (
    <Card title={w.title(row.name)} isLifted>
      <PostForm className="form">
        {refused && !isUnsaid && (
          <Callout tone="warn" role="alert">
            {refused === 'form_reused' || refused === 'class_closed'
              ? s.refused[refused]
              : `${row.name}：${s.left[refused]}`}
          </Callout>
        )}
        <p>{w.text}</p>
        <input type="hidden" name="enrolmentId" value={row.enrolmentId} />
        <TextField
          name="reason"
          label={w.reason}
          hint={w.reasonHint}
          maxLength={200}
          error={isUnsaid ? s.refused.reason_needed : null}
        />
        <div className="inline">
          <SubmitButton kind="danger" name="intent" value="remove">
            {w.yes}
          </SubmitButton>
          <ButtonLink to={back} preventScrollReset>
            {w.no}
          </ButtonLink>
        </div>
      </PostForm>
    </Card>
  )
}
