import { Card } from '#app/ui/card.tsx'
import { Choice, ChoiceGroup } from '#app/ui/choice.tsx'
import { SelectField, TextAreaField, TextField } from '#app/ui/field.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { CATEGORIES, LEVELS } from '#db/values.ts'
import { type Fields, type FormField, useField } from './form-field.tsx'
import { levelWords } from './level-words.ts'
import { seatFormWords } from './seat-form-words.ts'
import { seatWords } from './seat-words.ts'

type SeatField =
  | 'needsApproval'
  | 'hasWaitlist'
  | 'eligibleCategories'
  | 'eligibleLevel'
  | 'eligibleYears'
  | 'eligibleEmployers'
  | 'isForMembers'

/** How seats are given, and to whom: what a class asks for is what its workers are asked to fill in. */
export function SeatFields({ fields }: { fields: Fields<SeatField> }) {
  const w = useWords(seatFormWords)
  const { categories } = useWords(seatWords)
  const levels = useWords(levelWords)
  const field = useField()
  const chosen = fields.eligibleCategories.initialValue
  return (
    <Card title={w.title}>
      <div className="stack">
        <ChoiceGroup name="seats" label={w.how}>
          <Tick field={fields.hasWaitlist} label={w.hasWaitlist} note={w.hasWaitlistHint} />
          <Tick field={fields.needsApproval} label={w.needsApproval} note={w.needsApprovalHint} />
        </ChoiceGroup>
        <p className="hint">{w.whoHint}</p>
        <ChoiceGroup name={fields.eligibleCategories.name} label={w.categories} hint={w.categoriesHint}>
          <div className="inline">
            {CATEGORIES.map((category) => (
              <Choice
                key={category}
                type="checkbox"
                name={fields.eligibleCategories.name}
                value={category}
                defaultChecked={Array.isArray(chosen) && chosen.includes(category)}
                label={categories[category]}
              />
            ))}
          </div>
        </ChoiceGroup>
        <div className="grid">
          <SelectField
            {...field(fields.eligibleLevel)}
            label={w.level}
            isOptional
            options={[{ value: '', label: w.anyLevel }, ...LEVELS.map((value) => ({ value, label: levels[value] }))]}
          />
          <TextField {...field(fields.eligibleYears)} label={w.years} inputMode="numeric" isOptional />
          <TextAreaField
            {...field(fields.eligibleEmployers)}
            label={w.employers}
            hint={w.employersHint}
            rows={2}
            isOptional
          />
        </div>
        <ChoiceGroup name={fields.isForMembers.name} label={w.union}>
          <Tick field={fields.isForMembers} label={w.isForMembers} />
        </ChoiceGroup>
      </div>
    </Card>
  )
}

function Tick({ field, label, note }: { field: FormField; label: string; note?: string }) {
  return (
    <Choice
      type="checkbox"
      id={field.id}
      name={field.name}
      defaultChecked={field.initialValue === 'on'}
      label={label}
      note={note}
    />
  )
}
