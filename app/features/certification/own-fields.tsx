import { CellInput } from '#app/ui/cell-input.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { CERTIFICATE_TYPES, LEVELS } from '#db/values.ts'
import type { PassedRow } from './desk.server.ts'
import { ROW_FIELDS, type RowField } from './pasted-certificates.ts'
import { words } from './words.ts'

type Typed = Readonly<Record<string, string>>

const ownOf = (row: PassedRow, field: RowField, typed: Typed) => typed[`${field}.${row.assessmentId}`]

/** A paste said something of this certificate alone. */
export const hasOwn = (row: PassedRow, typed: Typed): boolean =>
  ROW_FIELDS.some((field) => ownOf(row, field, typed) !== undefined)

/** What a certificate says otherwise than the others of the form, to be looked at and changed: only what was pasted for it. */
export function OwnFields({ row, typed, mark }: { row: PassedRow; typed: Typed; mark: string | undefined }) {
  const { desk: w, types, levels } = useWords(words)
  const labels = { type: w.type, level: w.level, workItem: w.workItem, issuer: w.issuer, issuedOn: w.issuedOn }
  return (
    <>
      {ROW_FIELDS.map((field) => {
        const value = ownOf(row, field, typed)
        const name = `${field}.${row.assessmentId}`
        if (value === undefined) return null
        const label = `${row.name} ${labels[field]}`
        const known =
          field === 'type'
            ? CERTIFICATE_TYPES.map((type) => ({ value: type as string, label: types[type] }))
            : field === 'level'
              ? LEVELS.map((level) => ({ value: level as string, label: levels[level] }))
              : null
        if (!known)
          return <CellInput key={`${name}:${mark}`} name={name} label={label} defaultValue={value} size={12} />
        const options = known.some((one) => one.value === value) ? known : [{ value, label: value }, ...known]
        return (
          <div key={`${name}:${mark}`} className="field">
            <select className="input select" id={name} name={name} aria-label={label} defaultValue={value}>
              <option value="">—</option>
              {options.map((one) => (
                <option key={one.value} value={one.value}>
                  {one.label}
                </option>
              ))}
            </select>
          </div>
        )
      })}
    </>
  )
}
