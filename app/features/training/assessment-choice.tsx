import { Card } from '#app/ui/card.tsx'
import { Choice, ChoiceGroup } from '#app/ui/choice.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { assessmentWords } from './assessment-words.ts'

/** Whether a new class's assessment is planned next, like that of the class it copies, or announced later (`assessment` of the form). */
export function AssessmentChoice({ isPlanned }: { isPlanned: boolean }) {
  const { opening: w } = useWords(assessmentWords)
  return (
    <Card>
      <ChoiceGroup name="assessment" label={w.title}>
        {isPlanned && <Choice type="radio" name="assessment" value="copied" label={w.copied} defaultChecked />}
        <Choice
          {...{ type: 'radio', name: 'assessment', value: 'later', label: w.later, note: w.laterNote }}
          defaultChecked={!isPlanned}
        />
        <Choice type="radio" name="assessment" value="now" label={w.now} note={w.nowNote} />
      </ChoiceGroup>
    </Card>
  )
}
