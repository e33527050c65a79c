import type { InputHTMLAttributes } from 'react'
import { classes } from './class-names.ts'
import { FieldError } from './field.tsx'

/**
 * A field in a table's cell: its label is read aloud only, since the column and the row say it to those who see. The key
 * should hold the stored value, so that a saved one is shown anew.
 */
export function CellInput({
  name,
  label,
  error = [],
  ...input
}: Omit<InputHTMLAttributes<HTMLInputElement>, 'style' | 'className' | 'id'> & {
  name: string
  label: string
  error?: readonly string[]
}) {
  return (
    <div className={classes('field', error.length > 0 && 'field-error')}>
      <input
        className="input"
        id={name}
        name={name}
        aria-label={label}
        aria-invalid={error.length > 0 ? true : undefined}
        aria-describedby={error.length > 0 ? `${name}-e` : undefined}
        autoComplete="off"
        {...input}
      />
      <FieldError id={`${name}-e`} messages={error} />
    </div>
  )
}
