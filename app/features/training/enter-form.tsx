import { useEffect } from 'react'
import { OnceKey } from '#app/features/once/once-key.tsx'
import { words as personWords } from '#app/features/persons/words.ts'
import { Callout } from '#app/ui/callout.tsx'
import { SelectField, TextField } from '#app/ui/field.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { PostForm } from '#app/ui/post-form.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import { DOCUMENT_TYPES } from '#db/values.ts'
import type { RollLeft } from './group-acts.server.ts'
import { MOST_ENTERED } from './roll.ts'
import { RollFaults, RollField } from './roll-parts.tsx'
import type { SeatsDesk } from './seats-desk.server.ts'
import type { Refused } from './seats-desk.tsx'
import type { EnteredWorker } from './seats-desk-acts.server.ts'
import { seatsDeskWords } from './seats-desk-words.ts'

const FIELDS: Partial<Record<NonNullable<Refused['reason']>, string>> = {
  name: 'name',
  document: 'documentNumber',
  phone: 'phone',
}

/** The academy enters a worker who phones or comes in person; what was typed is there after a refusal. */
export function EnterForm({
  formKey,
  refused,
  typed,
}: {
  formKey: string
  refused: Refused | null
  typed: Readonly<Record<string, string>>
}) {
  const w = useWords(seatsDeskWords)
  const { documentTypes } = useWords(personWords)
  const reason = refused?.intent === 'enter' ? refused.reason : null
  const errorOf = (field: string) => (reason && FIELDS[reason] === field ? w.refused[reason] : null)
  const kept = reason ? typed : {}
  return (
    <PostForm className="stack" preventScrollReset>
      <OnceKey of={formKey} />
      <p className="soft">{w.enterText}</p>
      {reason && !FIELDS[reason] && (
        <Callout tone="warn" role="alert">
          {w.refused[reason]}
        </Callout>
      )}
      <div className="grid">
        <TextField
          id="enter-name"
          name="name"
          label={w.name}
          maxLength={50}
          autoComplete="off"
          defaultValue={kept.name}
          error={errorOf('name')}
        />
        <SelectField
          name="documentType"
          label={w.documentType}
          defaultValue={kept.documentType ?? 'resident_id'}
          options={DOCUMENT_TYPES.map((value) => ({ value, label: documentTypes[value] }))}
        />
        <TextField
          name="documentNumber"
          label={w.document}
          maxLength={30}
          autoComplete="off"
          defaultValue={kept.documentNumber}
          error={errorOf('documentNumber')}
        />
        <TextField
          name="phone"
          label={w.phone}
          type="tel"
          maxLength={20}
          isOptional
          autoComplete="off"
          defaultValue={kept.phone}
          error={errorOf('phone')}
        />
      </div>
      <div>
        <SubmitButton kind="plain" name="intent" value="enter">
          {w.enterYes}
        </SubmitButton>
      </div>
    </PostForm>
  )
}

/** The same for a list pasted from a spreadsheet; `roll`: its lines that could not be read, to be mended and sent again. */
export function EnterListForm({
  formKey,
  refused,
  roll,
}: {
  formKey: string
  refused: Refused | null
  roll: RollLeft | null
}) {
  const w = useWords(seatsDeskWords)
  const reason = refused?.intent === 'enter_list' ? refused.reason : null
  return (
    <PostForm className="stack" preventScrollReset>
      <OnceKey of={formKey} />
      {reason && (
        <Callout tone="warn" role="alert">
          {w.refused[reason]}
        </Callout>
      )}
      {roll && <RollFaults roll={roll} />}
      <RollField rest={roll?.rest ?? ''} />
      <p className="soft small">{w.enterListHint(MOST_ENTERED)}</p>
      <div>
        <SubmitButton kind="plain" name="intent" value="enter_list">
          {w.enterListYes}
        </SubmitButton>
      </div>
    </PostForm>
  )
}

/** Whom the academy entered just now, and what became of each. */
export function EnteredNow({ entered, desk }: { entered: readonly EnteredWorker[]; desk: SeatsDesk }) {
  const w = useWords(seatsDeskWords)
  // Whoever enters forty goes on with the next: the name's field is where they left off.
  useEffect(() => {
    if (entered.length === 1) document.getElementById('enter-name')?.focus({ preventScroll: true })
  }, [entered])
  const said = ({ answer }: EnteredWorker): string => {
    if (!answer.ok) return w.entered[answer.reason === 'full' || answer.reason === 'clash' ? answer.reason : 'ended']
    if (answer.seat === 'enrolled') return answer.isNew ? w.entered.enrolled : w.entered.already
    const position = desk.line.find(({ enrolmentId }) => enrolmentId === answer.enrolmentId)?.position
    const waits = position ? w.entered.waits(position) : w.entered.offered
    return answer.isNew ? waits : w.entered.before(waits)
  }
  const isDone = entered.every(({ answer }) => answer.ok && answer.isNew)
  return (
    <Callout
      tone={isDone ? 'met' : 'warn'}
      role="status"
      title={entered.length > 1 ? w.entered.title(counts(entered)) : undefined}
    >
      <ul>
        {entered.map((one, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two of a list may bear one name, and the list never changes.
          <li key={index}>
            {one.name}：{said(one)}
          </li>
        ))}
      </ul>
    </Callout>
  )
}

const counts = (entered: readonly EnteredWorker[]) => {
  const isNow = ({ answer }: EnteredWorker, isSeat: boolean) =>
    answer.ok && answer.isNew && (answer.seat === 'enrolled') === isSeat
  const [seated, waiting] = [true, false].map((isSeat) => entered.filter((one) => isNow(one, isSeat)).length)
  return { seated: seated ?? 0, waiting: waiting ?? 0, left: entered.length - (seated ?? 0) - (waiting ?? 0) }
}
