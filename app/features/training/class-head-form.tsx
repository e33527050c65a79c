import { Card } from '#app/ui/card.tsx'
import { SelectField, TextField } from '#app/ui/field.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { PostForm } from '#app/ui/post-form.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import type { HeadChoice } from './class-head.server.ts'
import type { HeadInput } from './class-head.ts'
import { words } from './desk-words.ts'
import type { Refused } from './seats-desk.tsx'
import { seatsDeskWords } from './seats-desk-words.ts'

/** Who heads a class: whom workers call, and the account that acts as its head. */
export function HeadForm({
  head,
  heads,
  refused,
  typed,
}: {
  head: HeadInput
  heads: readonly HeadChoice[]
  refused: Refused | null
  /** What was sent and came back. */
  typed: Record<string, string>
}) {
  const w = useWords(seatsDeskWords)
  const { openClass: of } = useWords(words)
  const isRefused = refused?.intent === 'head'
  const given = isRefused ? { ...head, ...typed } : head
  const errorOf = (...reasons: Refused['reason'][]) =>
    isRefused && refused.reason && reasons.includes(refused.reason) ? w.refused[refused.reason] : null
  return (
    <Card>
      <PostForm key={Object.values(head).join()} className="form" noValidate>
        <SelectField
          name="headId"
          label={of.headId}
          hint={of.headIdHint}
          isOptional
          defaultValue={given.headId}
          error={errorOf('head_unknown')}
          options={[{ value: '', label: of.noHead }, ...heads.map(({ id, name }) => ({ value: id, label: name }))]}
        />
        <TextField
          name="classHead"
          label={of.classHead}
          hint={of.classHeadHint}
          isOptional
          maxLength={50}
          defaultValue={given.classHead}
          error={errorOf('head_long')}
          autoComplete="off"
        />
        <TextField
          name="classHeadPhone"
          label={of.classHeadPhone}
          type="tel"
          isOptional
          maxLength={30}
          defaultValue={given.classHeadPhone}
          error={errorOf('head_phone')}
          autoComplete="off"
        />
        <div>
          <SubmitButton kind="plain" name="intent" value="head">
            {w.changeHead}
          </SubmitButton>
        </div>
      </PostForm>
    </Card>
  )
}
