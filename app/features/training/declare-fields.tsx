import { SelectField, TextField } from '#app/ui/field.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { CATEGORIES, DECLARED_LEVELS } from '#db/values.ts'
import type { Declared } from './declared.ts'
import type { EligibilityRule } from './eligibility.ts'
import { levelWords } from './level-words.ts'
import { seatWords } from './seat-words.ts'

/**
 * What a class asks a worker to declare; `before`: what was said for an earlier one, `missing`: what the form that came back lacked.
 * `isGroup`: somebody else says it of several.
 */
export function DeclareFields({
  rules,
  before,
  missing,
  isGroup = false,
}: {
  rules: readonly EligibilityRule[]
  before: Declared
  missing: readonly EligibilityRule[]
  isGroup?: boolean
}) {
  const w = useWords(seatWords)
  const levels = useWords(levelWords)
  const d = isGroup ? { ...w.declare, ...w.declare.ofGroup } : w.declare
  const errorOf = (rule: EligibilityRule) =>
    missing.includes(rule) ? (rule === 'years' ? d.yearsWrong : d.missing) : null
  const choose = { value: '', label: d.choose }
  const fields: Record<EligibilityRule, React.ReactNode> = {
    category: (
      <SelectField
        name="category"
        label={d.category}
        error={errorOf('category')}
        defaultValue={before.category ?? ''}
        options={[choose, ...CATEGORIES.map((value) => ({ value, label: w.categories[value] }))]}
      />
    ),
    employer: (
      <TextField
        name="employer"
        label={d.employer}
        hint={d.employerHint}
        error={errorOf('employer')}
        defaultValue={before.employer ?? ''}
        maxLength={100}
        autoComplete="organization"
      />
    ),
    level: (
      <SelectField
        name="declaredLevel"
        label={d.level}
        error={errorOf('level')}
        defaultValue={before.declaredLevel ?? ''}
        options={[
          choose,
          ...DECLARED_LEVELS.map((value) => ({ value, label: value === 'none' ? d.none : levels[value] })),
        ]}
      />
    ),
    years: (
      <TextField
        name="yearsOfWork"
        label={d.years}
        error={errorOf('years')}
        defaultValue={before.yearsOfWork === undefined ? '' : String(before.yearsOfWork)}
        inputMode="numeric"
        maxLength={3}
      />
    ),
    member: (
      <SelectField
        name="isUnionMember"
        label={d.member}
        error={errorOf('member')}
        defaultValue={before.isUnionMember === undefined ? '' : before.isUnionMember ? 'yes' : 'no'}
        options={[choose, { value: 'yes', label: d.yes }, { value: 'no', label: d.no }]}
      />
    ),
  }
  return rules.map((rule) => <div key={rule}>{fields[rule]}</div>)
}
