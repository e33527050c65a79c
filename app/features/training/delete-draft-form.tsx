import { Callout } from '#app/ui/callout.tsx'
import { Card, Section } from '#app/ui/card.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { PostForm } from '#app/ui/post-form.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import type { DeleteRefusal } from './delete-draft.server.ts'
import { editWords } from './edit-words.ts'

/** Deletes a draft: what goes with it stands above the button. */
export function DeleteDraftForm({ refused }: { refused: DeleteRefusal | null }) {
  const { remove: w } = useWords(editWords)
  return (
    <Section title={w.title}>
      <Card>
        <div className="stack">
          <p className="soft">{w.text}</p>
          {refused && (
            <Callout tone="miss" role="alert">
              {w.refused[refused]}
            </Callout>
          )}
          <PostForm>
            <SubmitButton kind="danger" name="intent" value="delete">
              {w.yes}
            </SubmitButton>
          </PostForm>
        </div>
      </Card>
    </Section>
  )
}
