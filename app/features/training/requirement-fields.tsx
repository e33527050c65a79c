import { Choice, ChoiceGroup } from '#app/ui/choice.tsx'
import { TextAreaField } from '#app/ui/field.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { requirementWords } from './requirement-words.ts'
import { TICKED } from './requirements.ts'

/** Ticks what a class needs of its workers, and takes what else it does in the academy's own words. */
export function RequirementFields({
  id,
  ticked,
  others,
  error,
}: {
  /** Of the field for the others, to which a summary of errors leads. */
  id: string
  ticked: readonly string[]
  others: string
  error: string | readonly string[] | null
}) {
  const w = useWords(requirementWords)
  return (
    <div className="stack">
      <ChoiceGroup name="requirements" label={w.ticked} hint={w.tickedHint}>
        <div className="inline">
          {TICKED.map((kind) => (
            <Choice
              key={kind}
              type="checkbox"
              name="requirements"
              value={kind}
              defaultChecked={ticked.includes(kind)}
              label={w.kinds[kind]}
            />
          ))}
        </div>
      </ChoiceGroup>
      <TextAreaField
        id={id}
        name="otherRequirements"
        label={w.others}
        hint={w.othersHint}
        rows={2}
        defaultValue={others}
        error={error}
        isOptional
      />
    </div>
  )
}
