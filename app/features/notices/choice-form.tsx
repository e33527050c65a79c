import { Choice, ChoiceGroup } from '#app/ui/choice.tsx'
import { ErrorSummary } from '#app/ui/error-summary.tsx'
import { TextField } from '#app/ui/field.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { PostForm } from '#app/ui/post-form.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import type { OwnChoice } from './choice.server.ts'
import type { ChoiceError } from './choice.ts'
import { choiceWords } from './choice-words.ts'

/** Boxes for the channels that this installation has; what it lacks is said, not offered. */
export function NoticeChoiceForm({ choice, error }: { choice: OwnChoice; error?: ChoiceError }) {
  const w = useWords(choiceWords)
  const { on, phone, bySms, byMail, address } = choice
  const hasSms = on.includes('sms') && phone !== null
  const hasMail = on.includes('mail')
  const smsNote = !on.includes('sms') ? w.smsOff : phone ? w.smsTo(phone) : w.smsNoPhone
  return (
    <PostForm className="form" noValidate>
      {error && <ErrorSummary errors={[{ id: 'address', message: w.errors[error] }]} />}
      <ChoiceGroup name="ways" label={w.title}>
        <Choice type="checkbox" label={w.inApp} note={w.inAppNote} defaultChecked disabled />
        <Choice
          type="checkbox"
          name="sms"
          value="on"
          label={w.sms}
          note={smsNote}
          defaultChecked={hasSms && bySms}
          disabled={!hasSms}
        />
        <Choice
          type="checkbox"
          name="mail"
          value="on"
          label={w.mail}
          note={hasMail ? w.mailNote : w.mailOff}
          defaultChecked={hasMail && byMail && address !== null}
          disabled={!hasMail}
        />
      </ChoiceGroup>
      {hasMail && (
        <TextField
          name="address"
          type="email"
          label={w.address}
          hint={w.addressHint}
          error={error && w.errors[error]}
          defaultValue={address ?? ''}
          autoComplete="email"
          isOptional
        />
      )}
      {(hasSms || hasMail) && (
        <div>
          <SubmitButton>{w.save}</SubmitButton>
        </div>
      )}
    </PostForm>
  )
}
