import { ButtonLink } from '#app/ui/button.tsx'
import { Callout } from '#app/ui/callout.tsx'
import { Card } from '#app/ui/card.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { PostForm } from '#app/ui/post-form.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import type { UndoPreview } from './undo.server.ts'
import { words } from './upload-words.ts'

/** `blocks`: what stands in the way, in the reader's language. */
type Seen = Pick<UndoPreview, 'isShared' | 'made' | 'restored'> & { blocks: string[]; isUndone: boolean }

/** What undoing an import will do and what stands in the way, before it is done. */
export function UndoForm({ seen, back }: { seen: Seen; back: string }) {
  const w = useWords(words).undo
  const { made, restored, blocks, isShared, isUndone } = seen
  const backLink = <ButtonLink to={back}>{w.back}</ButtonLink>
  if (isUndone || isShared)
    return (
      <div className="stack">
        <Callout tone="warn">
          <p>{isUndone ? w.already : w.shared}</p>
        </Callout>
        <div>{backLink}</div>
      </div>
    )
  if (blocks.length > 0)
    return (
      <div className="stack">
        <Callout tone="warn" role="alert" title={w.blocked}>
          <p>{w.blockedText}</p>
          <ul>
            {blocks.map((block) => (
              <li key={block}>{block}</li>
            ))}
          </ul>
        </Callout>
        <div>{backLink}</div>
      </div>
    )
  return (
    <Card title={w.will}>
      <div className="stack">
        <ul>
          <li>{w.goes(made.classes, made.enrolments, made.assessments, made.certificates)}</li>
          {restored > 0 && <li>{w.restores(restored)}</li>}
          <li>{w.keeps}</li>
        </ul>
        <PostForm className="inline">
          <SubmitButton kind="danger" name="intent" value="undo">
            {w.confirm}
          </SubmitButton>
          {backLink}
        </PostForm>
      </div>
    </Card>
  )
}
