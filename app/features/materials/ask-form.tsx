import { RequirementFields } from '#app/features/training/requirement-fields.tsx'
import { requirementWords } from '#app/features/training/requirement-words.ts'
import { type Requirement, typedRequirements } from '#app/features/training/requirements.ts'
import { Card } from '#app/ui/card.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { PostForm } from '#app/ui/post-form.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import { materialDeskWords } from './desk-words.ts'

/** Says what the class needs of its workers. `typed`: what was sent and came back, with others that do not fit. */
export function AskForm({
  requirements,
  typed,
}: {
  requirements: readonly Requirement[]
  typed: { requirements: string[]; otherRequirements: string } | null
}) {
  const w = useWords(materialDeskWords)
  const { fault } = useWords(requirementWords)
  const given = typed ?? typedRequirements(requirements)
  return (
    <Card title={w.ask}>
      <PostForm className="form" noValidate>
        <RequirementFields
          id="otherRequirements"
          ticked={given.requirements}
          others={given.otherRequirements}
          error={typed ? fault : null}
        />
        <p className="hint">{w.endHint}</p>
        <div>
          <SubmitButton kind="plain" name="intent" value="ask">
            {w.save}
          </SubmitButton>
        </div>
      </PostForm>
    </Card>
  )
}
