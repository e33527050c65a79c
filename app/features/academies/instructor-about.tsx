import { Card } from '#app/ui/card.tsx'
import { TextField } from '#app/ui/field.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { PostForm } from '#app/ui/post-form.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import { AccountField, EmployerField, type Refused, type TeachingAccount, useRefusal } from './instructor-form.tsx'
import { instructorWords } from './instructor-words.ts'
import type { ShownInstructor } from './instructors-find.server.ts'

/** What the academy writes about an instructor, and until when it teaches here. */
export function InstructorAbout({
  one,
  accounts,
  refused,
}: {
  one: ShownInstructor
  accounts: TeachingAccount[]
  refused: Refused | null
}) {
  const w = useWords(instructorWords)
  const { at, summary, typed } = useRefusal('change', refused)
  return (
    <Card title={w.about}>
      <PostForm className="stack" noValidate>
        {summary({ name: w.name, employer: w.employer, accountId: w.account, endedOn: w.endedOn })}
        <div className="grid">
          <TextField
            {...at('name')}
            label={w.name}
            maxLength={50}
            autoComplete="off"
            defaultValue={typed?.name ?? one.name}
          />
          <EmployerField {...at('employer')} value={typed?.employer ?? one.employer ?? ''} />
          <AccountField {...at('accountId')} accounts={accounts} value={typed?.accountId ?? one.accountId ?? ''} />
          <TextField
            {...at('endedOn')}
            type="date"
            label={w.endedOn}
            hint={w.endedOnHint}
            isOptional
            defaultValue={typed?.endedOn ?? one.endedOn ?? ''}
          />
        </div>
        <div>
          <SubmitButton kind="plain" name="intent" value="change">
            {w.save}
          </SubmitButton>
        </div>
      </PostForm>
    </Card>
  )
}
