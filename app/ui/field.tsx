import type { InputHTMLAttributes, ReactNode, SelectHTMLAttributes, TextareaHTMLAttributes } from 'react'
import { classes } from './class-names.ts'
import { Icon } from './icon.tsx'
import { useWords } from './locale.tsx'
import { words } from './words.ts'

export interface FieldFrame {
  name: string
  /** Defaults to the name; the error summary links to it. */
  id?: string
  label: ReactNode
  hint?: ReactNode
  /** One message or several (conform gives a list); none when empty. */
  error?: string | readonly string[] | null
  isOptional?: boolean
  className?: string
}

interface Wiring {
  id: string
  name: string
  'aria-describedby'?: string
  'aria-invalid'?: true
}

/** Label above, hint under it, error beside the field, tied together for screen readers. */
export function Field({
  name,
  id = name,
  label,
  hint,
  error,
  isOptional,
  className,
  children,
}: FieldFrame & { children: (wiring: Wiring) => ReactNode }) {
  const w = useWords(words)
  const messages = toMessages(error)
  const describedBy = classes(hint ? `${id}-h` : null, messages.length > 0 && `${id}-e`)
  return (
    <div className={classes('field', messages.length > 0 && 'field-error', className)}>
      <label htmlFor={id}>
        {label}
        {isOptional && <span className="opt-word">{w.optional}</span>}
      </label>
      {hint && (
        <p className="hint" id={`${id}-h`}>
          {hint}
        </p>
      )}
      <FieldError id={`${id}-e`} messages={messages} />
      {children({
        id,
        name,
        'aria-describedby': describedBy || undefined,
        'aria-invalid': messages.length > 0 ? true : undefined,
      })}
    </div>
  )
}

export function FieldError({ id, messages }: { id: string; messages: readonly string[] }) {
  if (messages.length === 0) return null
  return (
    <p className="error" id={id}>
      <Icon name="alert" />
      <span>{messages.join(' ')}</span>
    </p>
  )
}

export function toMessages(error: FieldFrame['error']): readonly string[] {
  if (!error) return []
  return typeof error === 'string' ? [error] : error
}

function frameOf<P extends FieldFrame>(props: P) {
  const { name, id, label, hint, error, isOptional, className, ...rest } = props
  return { frame: { name, id, label, hint, error, isOptional, className }, rest }
}

type Native<T> = Omit<T, 'style' | 'id' | 'name' | 'className'>

export function TextField(props: FieldFrame & Native<InputHTMLAttributes<HTMLInputElement>>) {
  const { frame, rest } = frameOf(props)
  return <Field {...frame}>{(wiring) => <input className="input" {...rest} {...wiring} />}</Field>
}

export function TextAreaField(props: FieldFrame & Native<TextareaHTMLAttributes<HTMLTextAreaElement>>) {
  const { frame, rest } = frameOf(props)
  return <Field {...frame}>{(wiring) => <textarea className="input" rows={4} {...rest} {...wiring} />}</Field>
}

/** A choice from a list: `options` as pairs, or `<option>` children for groups. */
export function SelectField(
  props: FieldFrame &
    Native<SelectHTMLAttributes<HTMLSelectElement>> & { options?: readonly { value: string; label: string }[] },
) {
  const { options, children, ...others } = props
  const { frame, rest } = frameOf(others)
  return (
    <Field {...frame}>
      {(wiring) => (
        <select className="input select" {...rest} {...wiring}>
          {children}
          {options?.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    </Field>
  )
}
