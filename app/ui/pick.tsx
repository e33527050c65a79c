import { classes } from './class-names.ts'

/**
 * One of several short choices that belong together, inside a ChoiceGroup: a select with its own label. Works with a thumb,
 * a keyboard and without JavaScript, where dragging would not. `isNarrow`: a number in front of the label.
 */
export function Pick({
  id,
  name,
  label,
  options,
  empty,
  defaultValue = '',
  isNarrow,
  isInvalid,
}: {
  id: string
  name: string
  label: string
  options: readonly { value: string; label: string }[]
  /** What stands there before a choice was made. */
  empty: string
  defaultValue?: string
  isNarrow?: boolean
  isInvalid?: boolean
}) {
  return (
    <div className={classes('pick', isNarrow && 'pick-narrow')}>
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        name={name}
        className="input select"
        defaultValue={defaultValue}
        aria-invalid={isInvalid || undefined}
      >
        <option value="">{empty}</option>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </div>
  )
}
