import type { ReasonFault } from '#app/features/audit/reason.ts'
import { ReasonField } from '#app/features/training/mend-form.tsx'
import { mendWords } from '#app/features/training/mend-words.ts'
import { Card } from '#app/ui/card.tsx'
import { ErrorSummary } from '#app/ui/error-summary.tsx'
import { TextField } from '#app/ui/field.tsx'
import { Link } from '#app/ui/link.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { PostForm } from '#app/ui/post-form.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import type { PlacedRedateFault } from './mend.ts'
import type { RedatePage } from './mend-page.server.ts'
import { redateWords } from './mend-words.ts'

/** The right date for the attempts of a day, or for one of them. */
export function RedateForm({
  page,
  chosen,
  typed,
  faults,
  why,
}: {
  page: RedatePage
  chosen: NonNullable<RedatePage['chosen']>
  typed: Readonly<Record<string, string>>
  faults: readonly PlacedRedateFault[]
  why: ReasonFault | null
}) {
  const w = useWords(redateWords)
  const { why: reasons } = useWords(mendWords)
  const said = faults.map(({ fault, count = 0, limit = '' }) => w.faults[fault](count, limit))
  const reason = why && reasons[why]
  const title = chosen.worker ? w.oneWorker(chosen.worker, chosen.from) : w.wholeDay(chosen.from, chosen.attempts)
  return (
    <PostForm noValidate>
      <div className="stack">
        <ErrorSummary
          errors={[
            ...said.map((message) => ({ id: 'to', message })),
            ...(reason ? [{ id: 'reason', message: reason }] : []),
          ]}
        />
        <Card title={title}>
          <div className="stack">
            {chosen.worker && (
              <p>
                <Link to={`?on=${chosen.from}`}>{w.all}</Link>
              </p>
            )}
            <TextField
              name="to"
              type="date"
              label={w.to}
              hint={w.toHint(page.startsOn)}
              defaultValue={typed.to}
              error={said}
            />
            <ReasonField label={w.reason} hint={w.reasonHint} typed={typed} error={reason} />
            <p className="soft">{w.yearMoves}</p>
            <input type="hidden" name="was" value={chosen.mark} />
            <input type="hidden" name="from" value={chosen.from} />
            <div>
              <SubmitButton>{w.save}</SubmitButton>
            </div>
          </div>
        </Card>
      </div>
    </PostForm>
  )
}
