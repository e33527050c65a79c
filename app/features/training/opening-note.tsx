import { Callout } from '#app/ui/callout.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { PostForm } from '#app/ui/post-form.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import { words } from './desk-words.ts'
import type { DraftOpening } from './opening-find.server.ts'
import { openingWords } from './opening-words.ts'

/**
 * What an academy does with a draft: publishes it, or hands it to whoever approves it first, or takes it back. Where its timetable
 * has to be mended or explained first (`isHeld`) nothing is offered but to take it back.
 */
export function DraftActs({ opening, isHeld }: { opening: DraftOpening | null; isHeld: boolean }) {
  const { draft: o } = useWords(openingWords)
  if (opening?.state === 'waiting')
    return (
      <PostForm>
        <SubmitButton name="intent" value="withdraw-opening" kind="plain">
          {o.withdraw}
        </SubmitButton>
      </PostForm>
    )
  return isHeld ? null : (
    <PostForm>
      <PublishButton opening={opening} />
    </PostForm>
  )
}

/** Publishes a draft, or hands it in where somebody has to approve it first. */
export function PublishButton({ opening }: { opening: DraftOpening | null }) {
  const { roster: w } = useWords(words)
  const { draft: o } = useWords(openingWords)
  const mayPublish = opening === null || opening.state === 'approved'
  return (
    <SubmitButton name="intent" value={mayPublish ? 'publish' : 'submit-opening'}>
      {mayPublish ? w.publish : o.submit}
    </SubmitButton>
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
