import { ButtonLink } from '#app/ui/button.tsx'
import { Callout } from '#app/ui/callout.tsx'
import { Card } from '#app/ui/card.tsx'
import { Steps } from '#app/ui/lists.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Poll } from '#app/ui/poll.tsx'
import { PostForm } from '#app/ui/post-form.tsx'
import { Progress } from '#app/ui/progress.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import { UNDO_STEPS, type UndoState, type UndoStep } from '#db/values.ts'
import { words } from './upload-words.ts'

type Counts = { classes: number; enrolments: number; assessments: number; certificates: number }
type Seen = {
  isShared: boolean
  undoneAt: string | null
  asked: { state: UndoState; step: UndoStep | null; removed: number | null; restored: number | null } | null
  /** Null where it is going on, over, or not for the browser. `blocks`: what stands in the way, in words. */
  would: { made: Counts; restored: number; blocks: string[] } | null
}

/** What undoing an import will do and what stands in the way; then how far it is; then what it did. */
export function UndoForm({ seen: { isShared, undoneAt, asked, would }, back }: { seen: Seen; back: string }) {
  const w = useWords(words).undo
  if (undoneAt || isShared)
    return (
      <div className="stack">
        <Callout tone={undoneAt ? 'met' : 'warn'} role="status">
          <p>{undoneAt ? w.done(undoneAt) : w.shared}</p>
          {undoneAt && asked?.state === 'done' && <p>{w.did(asked.removed ?? 0, asked.restored ?? 0)}</p>}
        </Callout>
        <div>
          <ButtonLink to={back}>{w.list}</ButtonLink>
        </div>
      </div>
    )
  if (!would) return <UndoProgress step={asked?.step ?? null} />
  return (
    <div className="stack">
      {asked?.state === 'failed' && (
        <Callout tone="miss" role="alert">
          <p>{w.failed}</p>
        </Callout>
      )}
      <Undoing would={would} back={back} />
    </div>
  )
}

function Undoing({ would: { made, restored, blocks }, back }: { would: NonNullable<Seen['would']>; back: string }) {
  const w = useWords(words).undo
  const backLink = <ButtonLink to={back}>{w.back}</ButtonLink>
  if (blocks.length > 0)
    return (
      <>
        <Callout tone="warn" role="alert" title={w.blocked}>
          <p>{w.blockedText}</p>
          <ul>
            {blocks.map((block) => (
              <li key={block}>{block}</li>
            ))}
          </ul>
        </Callout>
        <div>{backLink}</div>
      </>
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

/** How far it is. `step` null: it waits for its turn. */
function UndoProgress({ step }: { step: UndoStep | null }) {
  const w = useWords(words).undo
  const at = step === null ? -1 : UNDO_STEPS.indexOf(step)
  const text = step === null ? w.waiting : w.steps[step]
  return (
    <Card title={w.running}>
      <div className="stack">
        <Progress value={at + 1} max={UNDO_STEPS.length + 1} label={text}>
          {w.stepOf(at + 1, UNDO_STEPS.length)}
        </Progress>
        <p role="status">{text}</p>
        <Steps
          steps={UNDO_STEPS.map((one, index) => ({
            title: w.steps[one],
            state: index < at ? 'done' : index === at ? 'now' : 'ahead',
          }))}
        />
        <p className="soft small">{w.leave}</p>
      </div>
      <Poll everyMs={1000} />
    </Card>
  )
}
