import { Choice, ChoiceGroup } from '#app/ui/choice.tsx'
import { useWords } from '#app/ui/locale.tsx'
import type { NamedInstructor } from './session-instructors.server.ts'
import { sessionWords } from './session-words.ts'

/** Who teaches, ticked from the academy's list; nothing where the list is empty. */
export function InstructorChoice({
  instructors,
  chosen,
  id = 'instructorIds',
  error,
}: {
  instructors: readonly NamedInstructor[]
  chosen: readonly string[]
  id?: string
  error?: string[]
}) {
  const { form: w } = useWords(sessionWords)
  if (instructors.length === 0) return null
  return (
    <ChoiceGroup name="instructorIds" id={id} label={w.instructors} hint={w.instructorsHint} error={error}>
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
