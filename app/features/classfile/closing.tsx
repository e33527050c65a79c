import type { ReasonFault } from '#app/features/audit/reason.ts'
import { closingWords } from '#app/features/training/closing-words.ts'
import { words as dateWords } from '#app/lib/date-words.ts'
import { Badge } from '#app/ui/badge.tsx'
import { Callout } from '#app/ui/callout.tsx'
import { Card, Section } from '#app/ui/card.tsx'
import { TextField } from '#app/ui/field.tsx'
import { Link } from '#app/ui/link.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { PostForm } from '#app/ui/post-form.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import type { ClosingLack } from '#db/values.ts'
import type { ClosingPage } from './closing.server.ts'
import type { ClosingBar } from './closing.ts'

export type ClosingRefused = {
  reason: ReasonFault | 'running' | 'cancelled' | 'barred' | 'second_person'
  written: string
}
type Props = { page: ClosingPage; refused: ClosingRefused | null }

/** What has to be settled and what is missing before a class is closed, and the forms that close it and open it again. */
export function ClosingParts({ page, refused }: Props) {
  const w = useWords(closingWords)
  const { of, bars, lacks, mayClose, mayReopen } = page
  if (of.status === 'cancelled') return <Callout>{w.cancelled}</Callout>
  if (of.status === 'closed')
    return (
      <>
        <Callout tone="info" title={w.state}>
          {w.stateText}
        </Callout>
        {page.isOwn && <p className="soft">{w.isOwn}</p>}
        {mayReopen && <ReopenForm refused={refused} />}
      </>
    )
  if (!page.isOver) return <Callout>{w.notOver}</Callout>
  return (
    <>
      <p className="soft">{w.lead}</p>
      {bars.length > 0 && (
        <Card title={w.barsTitle}>
          <Missing page={page} rows={bars} />
        </Card>
      )}
      {lacks.length > 0 && (
        <Card title={w.lacksTitle}>
          <Missing page={page} rows={lacks} />
        </Card>
      )}
      {bars.length + lacks.length === 0 && <Callout tone="met">{w.allThere}</Callout>}
      {mayClose && bars.length === 0 && <CloseForm asksReason={lacks.length > 0} refused={refused} />}
      {!mayClose && <p className="soft">{w.onlyAcademy}</p>}
    </>
  )
}

/** Where each is mended, by those who may: an academy's own people. */
function addressOf({ academyCode, id }: ClosingPage['of'], lack: ClosingBar | ClosingLack): string {
  const desk = `/academies/${academyCode}/manage/classes/${id}`
  const to: Record<ClosingBar | ClosingLack, string> = {
    unclosed: `${desk}/attendance`,
    objections: `/academies/${academyCode}/manage/objections`,
    leaves: `/academies/${academyCode}/manage/leave?class=${id}`,
    requests: `${desk}/seats`,
    unconfirmed: `${desk}?view=confirm`,
    file: `/academies/${academyCode}/classes/${id}/file`,
    no_result: `${desk}?view=results`,
    pending: `${desk}?view=certificates`,
  }
  return to[lack]
}

function Missing({
  page,
  rows,
}: {
  page: ClosingPage
  rows: readonly { lack: ClosingBar | ClosingLack; n: number }[]
}) {
  const w = useWords(closingWords)
  const say = { ...w.bars, ...w.lacks }
  return (
    <ul className="stack">
      {rows.map(({ lack, n }) => (
        <li key={lack} className="inline">
          <Badge tone="miss" icon="alert">
            {say[lack](n)}
          </Badge>
          {page.mayClose && (
            <Link to={addressOf(page.of, lack)} aria-label={`${w.mend}：${say[lack](n)}`}>
              {w.mend}
            </Link>
          )}
        </li>
      ))}
    </ul>
  )
}

const isOfReason = (refused: ClosingRefused | null) => refused?.reason.startsWith('reason_') === true

function CloseForm({ asksReason, refused }: { asksReason: boolean; refused: ClosingRefused | null }) {
  const w = useWords(closingWords)
  return (
    <Card title={w.title}>
      <PostForm className="form" noValidate>
        {asksReason && (
          <TextField
            name="reason"
            label={w.reason}
            hint={w.reasonHint}
            maxLength={200}
            autoComplete="off"
            defaultValue={refused?.written}
            error={refused && isOfReason(refused) ? w.refused[refused.reason] : null}
          />
        )}
        <div>
          <SubmitButton name="intent" value="close">
            {w.submit}
          </SubmitButton>
        </div>
      </PostForm>
    </Card>
  )
}

function ReopenForm({ refused }: { refused: ClosingRefused | null }) {
  const w = useWords(closingWords)
  return (
    <Card title={w.reopenTitle}>
      <PostForm className="form" noValidate>
        <p className="soft">{w.reopenText}</p>
        <TextField
          name="reason"
          label={w.reopenReason}
          hint={w.reasonHint}
          maxLength={200}
          autoComplete="off"
          defaultValue={refused?.written}
          error={refused && isOfReason(refused) ? w.refused[refused.reason] : null}
        />
        <div>
          <SubmitButton kind="plain" name="intent" value="reopen">
            {w.reopen}
          </SubmitButton>
        </div>
      </PostForm>
    </Card>
  )
}

/** When it was closed and opened again, with what was missing and why. */
export function ClosingHistory({ page }: { page: ClosingPage }) {
  const w = useWords(closingWords)
  const d = useWords(dateWords)
  if (page.closings.length === 0) return null
  return (
    <Section title={w.history}>
      <ul className="stack">
        {page.closings.map(({ id, by, closedAt, missing, because, reopened, reopenedBy }) => (
          <li key={id}>
            {reopened && (
              <>
                {w.reopenedBy(reopenedBy ?? '—', d.instant(reopened.at, 0))}
                <br />
                <span className="small soft">{w.because(reopened.because)}</span>
                <br />
              </>
            )}
            {w.closedBy(by, d.instant(closedAt, 0))}
            {because !== null && (
              <>
                <br />
                <span className="small soft">
                  {w.lacked(d.list(missing.map(({ lack, n }) => w.lacks[lack](n))))} · {w.because(because)}
                </span>
              </>
            )}
          </li>
        ))}
      </ul>
    </Section>
  )
}
