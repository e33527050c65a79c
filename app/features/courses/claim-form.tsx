import { Callout } from '#app/ui/callout.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { PostForm } from '#app/ui/post-form.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import { words } from './words.ts'

/** Has the hours of a finished course recorded in the classes that were joined since. */
export function ClaimForm() {
  const w = useWords(words)
  return (
    <PostForm className="form">
      <p className="soft small">{w.claimLead}</p>
      <SubmitButton isWide isTall>
        {w.claim}
      </SubmitButton>
    </PostForm>
  )
}

export function ClaimNotice({ isRecorded }: { isRecorded: boolean }) {
  const w = useWords(words)
  return <Callout tone={isRecorded ? 'met' : 'warn'} role="status" title={isRecorded ? w.claimed : w.notClaimed} />
}
