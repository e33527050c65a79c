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
  isLong = false,
  ...input
}: Omit<InputHTMLAttributes<HTMLInputElement>, 'style' | 'className' | 'id'> & {
  name: string
  label: string
  error?: readonly string[]
  /** For a number of 22 to 24 characters, which is compared by eye: all of it is seen. */
  isLong?: boolean
}) {
  return (
    <div className={classes('field', error.length > 0 && 'field-error')}>
      <input
        className={classes('input', isLong && 'input-long')}
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
