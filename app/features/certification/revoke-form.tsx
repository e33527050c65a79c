import { ButtonLink } from '#app/ui/button.tsx'
import { Card } from '#app/ui/card.tsx'
import { TextField } from '#app/ui/field.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { PostForm } from '#app/ui/post-form.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import type { DeskCertificate } from './desk.server.ts'
import { words } from './words.ts'

/** Asks for the reason and says what revoking does, before it is done. */
export function RevokeForm({
  certificate,
  isReasonMissing,
  back,
}: {
  certificate: DeskCertificate
  isReasonMissing: boolean
  back: string
}) {
  const { desk: w, types } = useWords(words)
  return (
    <Card title={w.revokeTitle(certificate.number)} isLifted>
      <PostForm className="form">
        <p className="soft">
          {types[certificate.type]} · {certificate.issuedOn}
        </p>
        <p>{w.revokeText}</p>
        <input type="hidden" name="certificateId" value={certificate.certificateId} />
        <TextField
          name="reason"
          label={w.revokeReason}
          maxLength={200}
          error={isReasonMissing ? w.batchFaults.required : null}
        />
        <div className="inline">
          <SubmitButton kind="danger" name="intent" value="revoke">
            {w.revokeYes}
          </SubmitButton>
          <ButtonLink to={back} preventScrollReset>
            {w.revokeNo}
          </ButtonLink>
        </div>
      </PostForm>
    </Card>
  )
}
