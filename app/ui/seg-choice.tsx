import { classes } from './class-names.ts'
import { FieldError } from './field.tsx'

/**
 * One of a few short words, side by side in one strip: radio buttons for rows that are gone through with a thumb. `label` is
 * read aloud only, since the row says it to those who see.
 */
export function SegChoice({
  name,
  label,
  options,
  defaultValue,
  error = [],
}: {
  name: string
  label: string
  options: readonly { value: string; label: string }[]
  defaultValue: string
  error?: readonly string[]
}) {
  return (
    <fieldset
      id={name}
      className={classes('field', error.length > 0 && 'field-error')}
      aria-describedby={error.length > 0 ? `${name}-e` : undefined}
    >
      <legend className="vh">{label}</legend>
      <div className="seg seg-choice">
        {options.map((option) => (
          <label key={option.value}>
            <input type="radio" name={name} value={option.value} defaultChecked={option.value === defaultValue} />
            <span>{option.label}</span>
          </label>
        ))}
      </div>
      <FieldError id={`${name}-e`} messages={error} />
    </fieldset>
  )
}
