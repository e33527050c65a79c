import type { InputHTMLAttributes, ReactNode } from 'react'
import { VerdictWord } from './answer-line.tsx'
import { classes } from './class-names.ts'
import { FieldError, type FieldFrame, toMessages } from './field.tsx'

export interface ChoiceProps extends Omit<InputHTMLAttributes<HTMLInputElement>, 'style' | 'type' | 'className'> {
  type: 'radio' | 'checkbox'
  label: ReactNode
  note?: ReactNode
  /** After an answer: tints the option; `verdictWord` says it in words, since colour alone says nothing. */
  verdict?: 'right' | 'wrong'
  verdictWord?: string
}

/** A checkbox alone in the cell of a table; `label` is read aloud only, since the row says it to those who see. */
export function Tick({
  label,
  ...input
}: { label: string } & Omit<InputHTMLAttributes<HTMLInputElement>, 'style' | 'type' | 'className' | 'aria-label'>) {
  return (
    <label className="tick">
      <input type="checkbox" aria-label={label} {...input} />
    </label>
  )
}

/** One radio button or checkbox whose whole box is the target. */
export function Choice({ type, label, note, verdict, verdictWord, ...input }: ChoiceProps) {
  return (
    <label className={classes('opt', verdict && `is-${verdict}`)}>
      <input type={type} {...input} />
      <span>
        {label}
        {note && <span className="hint">{note}</span>}
        {verdict && verdictWord && <VerdictWord verdict={verdict}>{verdictWord}</VerdictWord>}
      </span>
    </label>
  )
}

/** Options that belong together, with a question above them and an error beside it. */
export function ChoiceGroup({
  name,
  id = name,
  label,
  hint,
  error,
  children,
}: Omit<FieldFrame, 'isOptional' | 'className'> & { children: ReactNode }) {
  const messages = toMessages(error)
  const describedBy = classes(hint ? `${id}-h` : null, messages.length > 0 && `${id}-e`)
  return (
    <fieldset
      id={id}
      className={classes('field', messages.length > 0 && 'field-error')}
      aria-describedby={describedBy || undefined}
    >
      <legend>{label}</legend>
      {hint && (
        <p className="hint" id={`${id}-h`}>
          {hint}
        </p>
      )}
      <FieldError id={`${id}-e`} messages={messages} />
      <div className="opts">{children}</div>
    </fieldset>
  )
}
