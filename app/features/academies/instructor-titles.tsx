import { Card } from '#app/ui/card.tsx'
import { SelectField, TextField } from '#app/ui/field.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { PostForm } from '#app/ui/post-form.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import { HONOUR_SCOPES, INSTRUCTOR_TITLES } from '#db/values.ts'
import { type Refused, useRefusal } from './instructor-form.tsx'
import { instructorWords } from './instructor-words.ts'
import type { ShownInstructor } from './instructors-find.server.ts'

/** Honours and titles with what proves each, and the form of one more. */
export function InstructorTitles({ one, refused }: { one: ShownInstructor; refused: Refused | null }) {
  const w = useWords(instructorWords)
  const { at, summary, typed } = useRefusal('add_title', refused)
  return (
    <Card title={w.bears}>
      <div className="stack">
        {one.titles.length === 0 ? (
          <p className="soft">{w.noTitles}</p>
        ) : (
          <ul className="stack">
            {one.titles.map(({ id, title, scope, evidence }) => (
              <li key={id} className="spread">
                <span>
                  <b>{w.titles[title]}</b> {scope && w.scopes[scope]}
                  <br />
                  <span className="small soft">{evidence}</span>
                </span>
                <RemoveForm intent="remove_title" id={id} what={w.titles[title]} />
              </li>
            ))}
          </ul>
        )}
        <PostForm className="stack" noValidate key={one.titles.length}>
          {summary({ title: w.kind, evidence: w.evidence })}
          <div className="grid">
            <SelectField
              {...at('title')}
              label={w.kind}
              defaultValue={typed?.title ?? ''}
              options={[
                { value: '', label: w.select },
                ...INSTRUCTOR_TITLES.map((value) => ({ value, label: w.titles[value] })),
              ]}
            />
            <SelectField
              {...at('scope')}
              label={w.scope}
              defaultValue={typed?.scope ?? ''}
              options={[
                { value: '', label: w.noScope },
                ...HONOUR_SCOPES.map((value) => ({ value, label: w.scopes[value] })),
              ]}
            />
            <TextField
              {...at('evidence')}
              label={w.evidence}
              hint={w.evidenceHint}
              maxLength={200}
              autoComplete="off"
              defaultValue={typed?.evidence}
            />
          </div>
          <div>
            <SubmitButton kind="plain" name="intent" value="add_title">
              {w.addTitle}
            </SubmitButton>
          </div>
        </PostForm>
      </div>
    </Card>
  )
}

/** Takes one entry back; `what` is read aloud, since a page has several such buttons. */
export function RemoveForm({
  intent,
  id,
  what,
}: {
  intent: 'remove_title' | 'remove_qualification'
  id: string
  what: string
}) {
  const w = useWords(instructorWords)
  return (
    <PostForm className="nowrap">
      <input type="hidden" name="id" value={id} />
      <SubmitButton kind="quiet" name="intent" value={intent} aria-label={w.removeOf(what)}>
        {w.remove}
      </SubmitButton>
    </PostForm>
  )
}
