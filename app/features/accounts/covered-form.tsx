import { Card } from '#app/ui/card.tsx'
import { TextField } from '#app/ui/field.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { PostForm } from '#app/ui/post-form.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import { words } from './words.ts'

type Props = { enrolmentId: string; name: string; document: string; isWrong: boolean }

/** Asks who has a worker's document on the table for what its masked number leaves out. */
export function CoveredForm({ enrolmentId, name, document, isWrong }: Props) {
  const { identity } = useWords(words)
  const w = identity.ofClass
  return (
    <Card title={w.check(name)} isLifted>
      <PostForm className="form">
        <p>{w.compare}</p>
        <input type="hidden" name="of" value={enrolmentId} />
        <TextField
          name="covered"
          label={w.covered(document)}
          hint={w.coveredHint}
          error={isWrong ? w.notMatched : null}
          autoComplete="off"
          maxLength={30}
          required
        />
        <div>
          <SubmitButton icon="search">{identity.search}</SubmitButton>
        </div>
      </PostForm>
    </Card>
  )
}
