import { OnceKey } from '#app/features/once/once-key.tsx'
import { Choice, ChoiceGroup } from '#app/ui/choice.tsx'
import { ErrorSummary } from '#app/ui/error-summary.tsx'
import { TextField } from '#app/ui/field.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { PostForm } from '#app/ui/post-form.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import type { PaperPage, PaperRefusal } from './paper.server.ts'
import { PaperRow } from './paper-row.tsx'
import { paperFormWords } from './paper-words.ts'
import { sheetMark } from './sheet-entry.ts'
import { attendanceWords } from './words.ts'

/** The roster of a signed sheet, in its order: ticks for those unmarked, what stands there for the others; one form. */
export function PaperForm({
  paper: { page, photos, first },
  formKey,
  refusal,
  typed,
  footer,
}: {
  paper: PaperPage
  formKey: string
  refusal: PaperRefusal | null
  /** What was sent, where it came back; empty otherwise. */
  typed: Readonly<Record<string, string>>
  footer: React.ReactNode
}) {
  const w = useWords(paperFormWords)
  const { errors, why } = useWords(attendanceWords)
  if (page.rows.length === 0) return <p className="soft">{w.none}</p>
  const faults = refusal?.reason === 'faults' ? refusal : { faults: [], why: null }
  const nameOf = (id: string) => page.rows.find(({ enrolmentId }) => enrolmentId === id)?.name ?? ''
  return (
    <PostForm className="stack" noValidate>
      <OnceKey of={formKey} />
      {photos.map(({ id }) => (
        <input key={id} type="hidden" name="photo" value={id} />
      ))}
      <ErrorSummary
        errors={[
          ...faults.faults.map(({ enrolmentId, cell, fault }) => ({
            id: `${cell}.${enrolmentId}`,
            message: `${nameOf(enrolmentId)}: ${errors[fault]}`,
          })),
          ...(faults.why ? [{ id: 'reason', message: why[faults.why] }] : []),
        ]}
      />
      <p className="soft">{w.lead}</p>
      <p className="soft small">{w.order}</p>
      <ol className="paper-rows" aria-label={w.signed} start={first}>
        {page.rows.map((row, index) => (
          <PaperRow
            key={`${row.enrolmentId} ${sheetMark(row)}`}
            row={row}
            number={first + index}
            faults={faults.faults.filter(({ enrolmentId }) => enrolmentId === row.enrolmentId)}
            typed={refusal ? typed : null}
          />
        ))}
      </ol>
      {footer}
      <ChoiceGroup name="others" label={w.unticked}>
        <Choice type="radio" name="others" value="" label={w.leave} defaultChecked={typed.others !== 'absent'} />
        <Choice type="radio" name="others" value="absent" label={w.absent} defaultChecked={typed.others === 'absent'} />
      </ChoiceGroup>
      <TextField
        name="reason"
        label={w.reason}
        hint={w.reasonHint}
        defaultValue={typed.reason}
        error={faults.why && why[faults.why]}
        maxLength={200}
        autoComplete="off"
        isOptional
      />
      <div>
        <SubmitButton>{w.save}</SubmitButton>
      </div>
    </PostForm>
  )
}
