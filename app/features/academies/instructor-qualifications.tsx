import type { Occupation } from '#app/features/occupations/find.server.ts'
import { Badge } from '#app/ui/badge.tsx'
import { Card } from '#app/ui/card.tsx'
import { SelectField, TextField } from '#app/ui/field.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { PostForm } from '#app/ui/post-form.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import { LEVELS, type Level } from '#db/values.ts'
import { type Refused, useRefusal } from './instructor-form.tsx'
import { RemoveForm } from './instructor-titles.tsx'
import { fieldId } from './instructor-view.ts'
import { instructorWords } from './instructor-words.ts'
import type { ShownInstructor, ShownQualification } from './instructors-find.server.ts'

type Levels = Record<Level, string>

/** What an instructor may teach, until when, and the form of one more. */
export function InstructorQualifications(given: {
  one: ShownInstructor
  occupations: readonly Occupation[]
  levels: Levels
  today: string
  refused: Refused | null
}) {
  const { one, occupations, levels, today, refused } = given
  const w = useWords(instructorWords)
  const { at, summary, typed } = useRefusal('add_qualification', refused)
  const choose = { value: '', label: w.select }
  return (
    <Card title={w.qualifications}>
      <div className="stack">
        <p className="soft">{w.qualificationsText}</p>
        {one.qualifications.length === 0 ? (
          <p className="soft">{w.noQualifications}</p>
        ) : (
          <ul className="stack">
            {one.qualifications.map((held) => (
              <Qualification key={held.id} {...{ held, levels, today, refused }} />
            ))}
          </ul>
        )}
        <PostForm className="stack" noValidate key={one.qualifications.length}>
          {summary({ occupationCode: w.occupation, level: w.level, validFrom: w.validFrom, validTo: w.validTo })}
          <div className="grid">
            <SelectField
              {...at('occupationCode')}
              label={w.occupation}
              defaultValue={typed?.occupationCode ?? ''}
              options={[choose, ...occupations.map(({ code, name }) => ({ value: code, label: `${name} ${code}` }))]}
            />
            <SelectField
              {...at('level')}
              label={w.level}
              defaultValue={typed?.level ?? ''}
              options={[choose, ...LEVELS.map((value) => ({ value, label: levels[value] }))]}
            />
            <TextField {...at('validFrom')} type="date" label={w.validFrom} defaultValue={typed?.validFrom} />
            <TextField
              {...at('validTo')}
              type="date"
              label={w.validTo}
              hint={w.open}
              isOptional
              defaultValue={typed?.validTo}
            />
            <TextField
              {...at('evidence')}
              label={w.evidence}
              isOptional
              maxLength={200}
              autoComplete="off"
              defaultValue={typed?.evidence}
            />
          </div>
          <div>
            <SubmitButton kind="plain" name="intent" value="add_qualification">
              {w.addQualification}
            </SubmitButton>
          </div>
        </PostForm>
      </div>
    </Card>
  )
}

/** One qualification with the date until which it is valid. */
function Qualification(given: { held: ShownQualification; levels: Levels; today: string; refused: Refused | null }) {
  const { held, levels, today, refused } = given
  const { id, occupation, level, validFrom, validTo, evidence } = held
  const w = useWords(instructorWords)
  const mine = refused?.intent === 'extend' && refused.typed.id === id ? refused : null
  const fault = mine?.faults.find(({ field }) => field === 'validTo')?.fault
  const what = w.upTo(occupation, levels[level])
  return (
    <li className="inline">
      <span>
        <b>{what}</b> <span className="num">{w.until(validFrom, validTo)}</span>{' '}
        {validTo !== null && validTo < today && <Badge tone="none">{w.expired}</Badge>}
        {evidence && <span className="small soft"> {evidence}</span>}
      </span>
      <span className="inline">
        <PostForm className="inline">
          <input type="hidden" name="id" value={id} />
          <TextField
            name="validTo"
            id={fieldId('extend', 'validTo', id)}
            type="date"
            label={w.validTo}
            error={fault && w.errors[fault]}
            defaultValue={mine?.typed.validTo ?? validTo ?? ''}
          />
          <SubmitButton kind="quiet" name="intent" value="extend">
            {w.save}
          </SubmitButton>
        </PostForm>
        <RemoveForm intent="remove_qualification" id={id} what={what} />
      </span>
    </li>
  )
}
