import { ButtonLink } from '#app/ui/button.tsx'
import { Callout } from '#app/ui/callout.tsx'
import { StepLine } from '#app/ui/lists.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { PostForm } from '#app/ui/post-form.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import type { UploadState } from '#db/values.ts'
import { type RowCounts, sizeOf } from './upload.ts'
import { words } from './upload-words.ts'

const STEP_OF: Record<UploadState, number> = {
  received: 0,
  unreadable: 0,
  uploaded: 0,
  mapped: 1,
  previewed: 1,
  importing: 2,
  done: 4,
  failed: 2,
  cancelled: 0,
  expired: 0,
}

/** Where an upload stands on its way. */
export function UploadSteps({ state }: { state: UploadState }) {
  const { steps: w } = useWords(words)
  const now = STEP_OF[state]
  const steps = [w.mapping, w.preview, w.import, w.result].map((title, at) => ({
    title,
    state: at < now ? ('done' as const) : at === now ? ('now' as const) : ('ahead' as const),
  }))
  return <StepLine label={w.label} steps={steps} />
}

export function UploadFacts({ bytes, uploadedAt, digest }: { bytes: number; uploadedAt: string; digest: string }) {
  const { facts: w } = useWords(words)
  return (
    <p className="soft small">
      {w.line(sizeOf(bytes), uploadedAt)} <code title={digest}>{digest.slice(0, 8)}</code>
    </p>
  )
}

/** Behind the reasons why a file could not be read, and the form to send it again. */
export function Unreadable() {
  const { result: w } = useWords(words)
  return (
    <PostForm className="inline">
      <p className="soft">{w.unreadable}</p>
      <SubmitButton kind="plain" name="intent" value="cancel">
        {w.seen}
      </SubmitButton>
    </PostForm>
  )
}

/** An upload that ended without an import. */
export function EndedUpload({ state }: { state: 'cancelled' | 'expired' | 'failed' }) {
  const { result: w, preview } = useWords(words)
  if (state !== 'failed')
    return (
      <Callout role="status">
        <p>{w[state]}</p>
      </Callout>
    )
  return (
    <div className="stack">
      <Callout tone="miss" role="alert" title={w.failed}>
        <p>{w.failedText}</p>
      </Callout>
      <PostForm className="inline">
        <SubmitButton name="intent" value="again">
          {preview.again}
        </SubmitButton>
        <SubmitButton kind="plain" name="intent" value="cancel">
          {preview.cancel}
        </SubmitButton>
      </PostForm>
    </div>
  )
}

/** The decision behind a check. */
export function PreviewActs({ counts, to, isFatal }: { counts: RowCounts; to: string; isFatal: boolean }) {
  const { preview: w } = useWords(words)
  const good = counts.created + counts.corrected
  return (
    <PostForm className="inline">
      <input type="hidden" name="rows" value={counts.rejected > 0 ? 'valid' : 'all'} />
      {counts.rejected > 0 && !isFatal && <RejectedLink to={to} isMain />}
      {good > 0 && !isFatal && (
        <SubmitButton name="intent" value="import" kind={counts.rejected > 0 ? 'plain' : 'main'}>
          {counts.rejected > 0 ? w.importValid(counts.rows - counts.rejected) : w.importAll(counts.rows)}
        </SubmitButton>
      )}
      <ButtonLink to={`${to}?columns`}>{w.remap}</ButtonLink>
      <SubmitButton kind="quiet" name="intent" value="cancel">
        {w.cancel}
      </SubmitButton>
    </PostForm>
  )
}

/** What is downloaded never leaves the page. */
function RejectedLink({ to, isMain }: { to: string; isMain: boolean }) {
  const { preview: w } = useWords(words)
  return (
    <ButtonLink kind={isMain ? 'main' : 'plain'} icon="download" to={`${to}/rejected`} reloadDocument>
      {w.rejectedRows}
    </ButtonLink>
  )
}

/** What an import did, and where to go on. */
export function ResultActs({
  upload: { id, counts, importId, undoneAt, hasFile },
  manage,
}: {
  upload: { id: string; counts: RowCounts; importId: string | null; undoneAt: string | null; hasFile: boolean }
  manage: string
}) {
  const { result: w } = useWords(words)
  return (
    <div className="stack">
      <Callout
        tone={importId && !undoneAt ? 'met' : 'info'}
        role="status"
        title={importId && !undoneAt ? w.done : undefined}
      >
        {undoneAt ? <p>{w.undone(undoneAt)}</p> : !importId && <p>{w.nothing}</p>}
        {counts.rejected > 0 && <p>{w.left(counts.rejected)}</p>}
      </Callout>
      <div className="inline">
        {counts.rejected > 0 && hasFile && <RejectedLink to={`${manage}/ledger/${id}`} isMain={false} />}
        <ButtonLink kind="main" to={`${manage}/classes`}>
          {w.classes}
        </ButtonLink>
        <ButtonLink to={manage}>{w.figures}</ButtonLink>
        <ButtonLink to={`${manage}/ledger`}>{w.list}</ButtonLink>
        {importId && !undoneAt && <ButtonLink to={`${manage}/ledger/imports/${importId}/undo`}>{w.undo}</ButtonLink>}
      </div>
    </div>
  )
}
