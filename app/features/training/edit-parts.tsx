import type { ReasonFault } from '#app/features/audit/reason.ts'
import { OnceKey } from '#app/features/once/once-key.tsx'
import { Callout } from '#app/ui/callout.tsx'
import { Card } from '#app/ui/card.tsx'
import { InPageLink } from '#app/ui/in-page-link.tsx'
import { Link } from '#app/ui/link.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import { type ClassStage, mayEdit } from './class-edit.ts'
import { editWords } from './edit-words.ts'
import type { Fields } from './form-field.tsx'
import type { MendEffect, PlacedFault } from './mend.ts'
import { MendEffectShown, ReasonField } from './mend-form.tsx'
import { mendWords } from './mend-words.ts'

/** A class that is being edited, beside what its form is filled in with. */
export type Edited = {
  stage: ClassStage
  /** What the page shows of it, so that nobody overwrites unseen. */
  mark: string
  formKey: string
  /** Of the page, to open it again. */
  path: string
}

/** What came of sending the form of a class that is there already. */
export type EditResult = {
  /** As they were sent. */
  was?: string
  reason?: string
  refused?: 'changed_meanwhile' | 'form_reused' | 'unchanged' | 'class_closed'
  why?: ReasonFault | null
  /** What is recorded stands against it. */
  faults?: readonly PlacedFault[]
  /** What it would do; null: nothing to the workers. */
  effect?: MendEffect | null
}

type Props = { edited: Edited; result: EditResult | undefined }

/** Why nothing was saved, where no single field says it; and what saving would do, where that was asked. */
export function EditRefused({ edited, result }: Props) {
  const w = useWords(editWords)
  const mend = useWords(mendWords)
  if (!result) return null
  const { refused, faults = [], effect } = result
  return (
    <>
      {refused && (
        <Callout tone="miss" role="alert">
          <p>{w.refused[refused]}</p>
          <p>
            <Link to={edited.path}>{mend.reload}</Link>
          </p>
        </Callout>
      )}
      {faults.length > 0 && (
        <Callout tone="miss" role="alert" title={w.notSaved}>
          {faults.map(({ field, fault, count = 0, limit = '' }) => (
            <p key={field + fault}>
              <InPageLink id={`class-${field}`}>{mend.fields[field]}</InPageLink> {mend.faults[fault](count, limit)}
            </p>
          ))}
        </Callout>
      )}
      {effect && <MendEffectShown effect={effect} />}
      {effect === null && (
        <Callout tone="info" role="status">
          {w.noEffect}
        </Callout>
      )}
    </>
  )
}

/** What stays as it is travels along, since the form is checked whole. */
export function KeptFields({ fields, stage }: { fields: Fields<KeptField>; stage: ClassStage }) {
  return KEPT.filter((field) => !mayEdit(field, stage)).map((field) => (
    <input key={field} type="hidden" name={field} value={String(fields[field].initialValue ?? '')} />
  ))
}

const KEPT = ['courseSlug', 'capacity', 'siteId', 'enrolOpensAt', 'enrolClosesAt', 'withdrawUntil'] as const
type KeptField = (typeof KEPT)[number]

/** Why it is changed, of a published class; and saving. */
export function EditEnd({ edited, result }: Props) {
  const w = useWords(editWords)
  const mend = useWords(mendWords)
  const why = result?.why ?? null
  return (
    <>
      <OnceKey of={edited.formKey} />
      <input type="hidden" name="was" value={result?.was ?? edited.mark} />
      {edited.stage === 'draft' ? (
        <div>
          <SubmitButton name="intent" value="save">
            {w.save}
          </SubmitButton>
        </div>
      ) : (
        <Card title={w.why}>
          <div className="stack">
            <ReasonField
              id="class-reason"
              label={w.reason}
              hint={w.reasonHint}
              typed={{ reason: result?.reason ?? '' }}
              error={why && mend.why[why]}
            />
            <div className="inline">
              <SubmitButton name="intent" value="save">
                {w.saveChanges}
              </SubmitButton>
              <SubmitButton kind="plain" name="intent" value="preview">
                {mend.preview}
              </SubmitButton>
            </div>
          </div>
        </Card>
      )}
    </>
  )
}
