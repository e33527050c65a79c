import { OnceKey } from '#app/features/once/once-key.tsx'
import { Callout } from '#app/ui/callout.tsx'
import { Card } from '#app/ui/card.tsx'
import { TextField } from '#app/ui/field.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { PostForm } from '#app/ui/post-form.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import type { SeatsDesk } from './seats-desk.server.ts'
import type { Refused } from './seats-desk.tsx'
import { seatsDeskWords } from './seats-desk-words.ts'

type Props = { desk: SeatsDesk; formKey: string; refused: Refused | null }

/** The number of seats, closing enrolment early, cancelling: each says what will happen before it does. */
export function ClassChanges({ desk, formKey, refused }: Props) {
  const w = useWords(seatsDeskWords)
  const { status, capacity, taken, isClosed } = desk
  const errorOf = (intent: Refused['intent']) =>
    refused?.intent === intent && refused.reason ? w.refused[refused.reason] : null
  if (status === 'cancelled')
    return desk.cancelledBecause ? <Callout tone="warn">{w.cancelled(desk.cancelledBecause)}</Callout> : null
  return (
    <div className="grid">
      {capacity !== null && (
        <Card title={w.seats}>
          <div className="stack">
            <p>{w.seatsNow(taken, capacity)}</p>
            {taken > capacity && <p className="soft">{w.over(taken - capacity)}</p>}
            <PostForm className="form">
              <OnceKey of={formKey} />
              <input type="hidden" name="was" value={capacity} />
              <TextField
                key={capacity}
                name="capacity"
                label={w.capacity}
                hint={w.capacityHint}
                inputMode="numeric"
                maxLength={5}
                defaultValue={String(capacity)}
                error={errorOf('capacity')}
              />
              <SubmitButton kind="plain" name="intent" value="capacity">
                {w.changeCapacity}
              </SubmitButton>
            </PostForm>
          </div>
        </Card>
      )}
      <Card title={w.close}>
        <div className="stack">
          <p className="soft">{isClosed ? w.closed : w.closeText}</p>
          {errorOf('close') && <Callout tone="warn">{errorOf('close')}</Callout>}
          {!isClosed && (
            <PostForm className="form">
              <OnceKey of={formKey} />
              <SubmitButton kind="plain" name="intent" value="close">
                {w.close}
              </SubmitButton>
            </PostForm>
          )}
        </div>
      </Card>
      <Card title={w.cancel}>
        <div className="stack">
          <p className="soft">{w.cancelText}</p>
          <PostForm className="form">
            <OnceKey of={formKey} />
            <TextField
              id="cancel-reason"
              name="reason"
              label={w.cancelReason}
              hint={w.cancelReasonHint}
              maxLength={200}
              error={errorOf('cancel')}
            />
            <SubmitButton kind="danger" name="intent" value="cancel">
              {w.cancelYes}
            </SubmitButton>
          </PostForm>
        </div>
      </Card>
    </div>
  )
}
