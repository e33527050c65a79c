import { useId } from 'react'
import { shanghaiDate } from '#app/lib/calendar.ts'
import { words as dates } from '#app/lib/date-words.ts'
import { Callout } from '#app/ui/callout.tsx'
import { Card } from '#app/ui/card.tsx'
import { Draft } from '#app/ui/draft.tsx'
import { TextAreaField } from '#app/ui/field.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { PostForm } from '#app/ui/post-form.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import { LONGEST_NOTE, type Note, type NoteRefusal } from './notes.ts'
import { ownWords } from './own-words.ts'

/** A form that came back: which (`new`, or a note's id), why, and what was typed. */
export type ReturnedNote = { form: string; reason: NoteRefusal; typed: string }

/** The form of a new note. `id`: of the note that it becomes. */
export function NewNote({ id, notes, returned }: { id: string; notes: Note[]; returned: ReturnedNote | null }) {
  const w = useWords(ownWords)
  const own = returned?.form === 'new' ? returned : null
  return (
    <PostForm key={id} className="form" noValidate>
      <input type="hidden" name="id" value={id} />
      <TextAreaField
        name="text"
        label={w.newNote}
        hint={w.noteHint(LONGEST_NOTE)}
        error={own && w.refusals[own.reason]}
        defaultValue={own?.typed}
        rows={5}
      />
      <Draft of="text" name="note" saved={notes.map((note) => note.text)} />
      <SubmitButton name="intent" value="write" isWide>
        {w.save}
      </SubmitButton>
    </PostForm>
  )
}

/** One note: its words, and behind two small doors the ways to change and to delete it. */
export function NoteCard({ note, number, returned }: { note: Note; number: number; returned: ReturnedNote | null }) {
  const w = useWords(ownWords)
  const d = useWords(dates)
  const own = returned?.form === note.id ? returned : null
  const isChanged = note.changedAt.getTime() !== note.createdAt.getTime()
  const said = isChanged ? w.changed : w.written
  const label = w.note(number)
  return (
    <Card eyebrow={`${label} · ${said(d.day(shanghaiDate(isChanged ? note.changedAt : note.createdAt)))}`}>
      <p className="written">{note.text}</p>
      <details open={own !== null}>
        <summary aria-label={`${w.edit}：${label}`}>{w.edit}</summary>
        <EditNote key={own?.typed} note={note} label={label} returned={own} />
      </details>
      <details>
        <summary aria-label={`${w.remove}：${label}`}>{w.remove}</summary>
        <PostForm className="inline">
          <input type="hidden" name="id" value={note.id} />
          <p className="soft small">{w.removeLead}</p>
          <SubmitButton kind="danger" name="intent" value="remove">
            {w.removeYes}
          </SubmitButton>
        </PostForm>
      </details>
    </Card>
  )
}

function EditNote({ note, label, returned }: { note: Note; label: string; returned: ReturnedNote | null }) {
  const w = useWords(ownWords)
  const id = useId()
  return (
    <PostForm className="form" noValidate>
      {returned && <Callout tone="warn" role="alert" title={w.refusals[returned.reason]} />}
      <input type="hidden" name="id" value={note.id} />
      <input type="hidden" name="was" value={note.changedAt.toISOString()} />
      <TextAreaField id={id} name="text" label={label} defaultValue={returned?.typed ?? note.text} rows={5} />
      <Draft of="text" name={note.id} saved={[note.text]} />
      <SubmitButton kind="plain" name="intent" value="rewrite">
        {w.saveEdit}
      </SubmitButton>
    </PostForm>
  )
}
