import { SelectField, TextField } from '#app/ui/field.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { CATEGORIES, DECLARED_LEVELS } from '#db/values.ts'
import type { Declared, TypedDeclared } from './declared.ts'
import type { EligibilityRule } from './eligibility.ts'
import { levelWords } from './level-words.ts'
import { seatWords } from './seat-words.ts'

/**
 * What a class asks a worker to declare; `before`: what was said for an earlier one, `typed`: what stands in a form that came back,
 * `missing`: what that lacked.
 * `isGroup`: somebody else says it of several.
 */
export function DeclareFields({
  rules,
  before,
  typed = {},
  missing,
  isGroup = false,
}: {
  rules: readonly EligibilityRule[]
  before: Declared
  typed?: TypedDeclared
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
        defaultValue={typed.category ?? before.category ?? ''}
        options={[choose, ...CATEGORIES.map((value) => ({ value, label: w.categories[value] }))]}
      />
    ),
    employer: (
      <TextField
        name="employer"
        label={d.employer}
        hint={d.employerHint}
        error={errorOf('employer')}
        defaultValue={typed.employer ?? before.employer ?? ''}
        maxLength={100}
        autoComplete="organization"
      />
    ),
    level: (
      <SelectField
        name="declaredLevel"
        label={d.level}
        error={errorOf('level')}
        defaultValue={typed.declaredLevel ?? before.declaredLevel ?? ''}
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
        defaultValue={typed.yearsOfWork ?? String(before.yearsOfWork ?? '')}
        inputMode="numeric"
        maxLength={3}
      />
    ),
    member: (
      <SelectField
        name="isUnionMember"
        label={d.member}
        error={errorOf('member')}
        defaultValue={typed.isUnionMember ?? MEMBER[String(before.isUnionMember)] ?? ''}
        options={[choose, { value: 'yes', label: d.yes }, { value: 'no', label: d.no }]}
      />
    ),
  }
  return rules.map((rule) => <div key={rule}>{fields[rule]}</div>)
}

/** As the field says it. */
const MEMBER: Record<string, string> = { true: 'yes', false: 'no' }
