import { Callout } from '#app/ui/callout.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { PostForm } from '#app/ui/post-form.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import { words } from './desk-words.ts'
import type { DraftOpening } from './opening-find.server.ts'
import { openingWords } from './opening-words.ts'

/** What an academy does with a draft: publishes it, or hands it to whoever approves it first, or takes it back. */
export function DraftActs({ opening }: { opening: DraftOpening | null }) {
  const { roster: w } = useWords(words)
  const { draft: o } = useWords(openingWords)
  const isWaiting = opening?.state === 'waiting'
  const mayPublish = opening === null || opening.state === 'approved'
  return (
    <PostForm>
      {mayPublish ? (
        <SubmitButton name="intent" value="publish">
          {w.publish}
        </SubmitButton>
      ) : (
        <SubmitButton
          name="intent"
          value={isWaiting ? 'withdraw-opening' : 'submit-opening'}
          kind={isWaiting ? 'plain' : 'main'}
        >
          {isWaiting ? o.withdraw : o.submit}
        </SubmitButton>
      )}
    </PostForm>
  )
}

/** Where the approval of a draft stands. */
export function OpeningNote({ opening }: { opening: DraftOpening }) {
  const { draft: o } = useWords(openingWords)
  const { reviewer, state, reason } = opening
  switch (state) {
    case 'waiting':
      return <Callout>{o.waiting(reviewer)}</Callout>
    case 'approved':
      return <Callout tone="met">{o.approved(reviewer)}</Callout>
    case 'returned':
      return (
        <Callout tone="miss" title={o.returned(reviewer)}>
          <p className="written">{reason}</p>
          <p>{o.again}</p>
        </Callout>
      )
    case 'needed':
      return <Callout tone="warn">{opening.isChanged ? o.changed(reviewer) : o.needed(reviewer)}</Callout>
  }
}
