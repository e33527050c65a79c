import { Choice, ChoiceGroup } from '#app/ui/choice.tsx'
import { ErrorSummary } from '#app/ui/error-summary.tsx'
import { TextField } from '#app/ui/field.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { PostForm } from '#app/ui/post-form.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import type { SheetRefusal } from './sheet-acts.server.ts'
import { sheetMark } from './sheet-entry.ts'
import type { SheetPage } from './sheet-page.server.ts'
import { attendanceWords } from './words.ts'

/** A sheet that was signed on paper, ticked off in one go: those unmarked, in the order of the roster. */
export function PaperForm({
  page,
  refusal,
  footer,
}: {
  page: SheetPage
  refusal: SheetRefusal | null
  footer: React.ReactNode
}) {
  const { paper: w, sheet, errors, why } = useWords(attendanceWords)
  if (page.rows.length === 0) return <p className="soft">{w.none}</p>
  const faults = refusal?.reason === 'faults' ? refusal : { faults: [], why: null }
  const nameOf = (id: string) => page.rows.find(({ enrolmentId }) => enrolmentId === id)?.name ?? ''
  return (
    <PostForm className="stack" noValidate>
      <ErrorSummary
        errors={[
          ...faults.faults.map(({ enrolmentId, fault }) => ({
            id: `tick.${enrolmentId}`,
            message: `${nameOf(enrolmentId)}: ${errors[fault]}`,
          })),
          ...(faults.why ? [{ id: 'reason', message: why[faults.why] }] : []),
        ]}
      />
      <p className="soft">{w.lead}</p>
      <ChoiceGroup name="ticks" label={w.choose}>
        {page.rows.map((row) => (
          <div key={row.enrolmentId}>
            <input type="hidden" name={`was.${row.enrolmentId}`} value={sheetMark(row)} />
            <Choice
              type="checkbox"
              id={`tick.${row.enrolmentId}`}
              name={`tick.${row.enrolmentId}`}
              value="yes"
              label={row.name}
              note={[row.employer, row.phone].filter(Boolean).join(' · ')}
            />
          </div>
        ))}
      </ChoiceGroup>
      {footer}
      <ChoiceGroup name="others" label={w.unticked}>
        <Choice type="radio" name="others" value="" label={w.leave} defaultChecked />
        <Choice type="radio" name="others" value="absent" label={w.absent} />
      </ChoiceGroup>
      <TextField
        name="reason"
        label={sheet.reason}
        hint={sheet.reasonHint}
        defaultValue={w.reason}
        error={faults.why && why[faults.why]}
        maxLength={200}
        autoComplete="off"
      />
      <div>
        <SubmitButton name="intent" value="paper">
          {w.save}
        </SubmitButton>
      </div>
    </PostForm>
  )
}
