import { Choice, ChoiceGroup } from '#app/ui/choice.tsx'
import { useWords } from '#app/ui/locale.tsx'
import type { NamedInstructor } from './session-instructors.server.ts'
import { sessionWords } from './session-words.ts'

/** Who teaches (or what `label` says), ticked from the academy's list; nothing where the list is empty. */
export function InstructorChoice({
  instructors,
  chosen,
  id = 'instructorIds',
  label,
  hint,
  error,
}: {
  instructors: readonly NamedInstructor[]
  chosen: readonly string[]
  id?: string
  label?: string
  hint?: string
  error?: string[]
}) {
  const { form: w } = useWords(sessionWords)
  if (instructors.length === 0) return null
  return (
    <ChoiceGroup
      name="instructorIds"
      id={id}
      label={label ?? w.instructors}
      hint={hint ?? w.instructorsHint}
      error={error}
    >
      <div className="inline">
        {instructors.map((one) => (
          <Choice
            key={one.id}
            type="checkbox"
            name="instructorIds"
            value={one.id}
            defaultChecked={chosen.includes(one.id)}
            label={one.name}
          />
        ))}
      </div>
    </ChoiceGroup>
  )
}
