import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { as } from '#app/features/accounts/as.server.ts'
import { requireViewer } from '#app/features/accounts/guard.server.ts'
import { useTitle } from '#app/features/courses/course-parts.tsx'
import { TOOLS_ID } from '#app/features/courses/lesson-tools.tsx'
import { setBookmark } from '#app/features/courses/marks.server.ts'
import { NewNote, NoteCard, type ReturnedNote } from '#app/features/courses/note-list.tsx'
import { findLessonNotes, removeNote, rewriteNote, writeNote } from '#app/features/courses/notes.server.ts'
import { ownWords } from '#app/features/courses/own-words.ts'
import { lessonPath } from '#app/features/courses/progress.ts'
import { words } from '#app/features/courses/words.ts'
import { formText } from '#app/lib/form-rows.ts'
import { badRequest, notFound, redirectTo } from '#app/lib/http.ts'
import { isId, newId } from '#app/lib/ids.ts'
import { ownValue } from '#app/lib/load-context.ts'
import { typedText } from '#app/lib/written.ts'
import { pageTitle } from '#app/routes/shell/title.ts'
import { Callout } from '#app/ui/callout.tsx'
import { Card } from '#app/ui/card.tsx'
import { Link } from '#app/ui/link.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { PageHead } from '#app/ui/page-head.tsx'
import { readLessonPath } from './lesson-path.ts'

export const meta: MetaFunction = (args) => pageTitle(args, ownWords, (w) => w.title)

/** One's own notes on a lesson. Nobody else reads them, whatever the role. */
export async function loader(args: LoaderFunctionArgs) {
  const viewer = requireViewer(args, 'learning.own')
  const found = await as(viewer, (tx) => findLessonNotes(tx, { ...readLessonPath(args), accountId: viewer.accountId }))
  if (!found) throw notFound('lesson')
  return {
    ...found,
    formId: ownValue(args.context, newId()),
    isSaved: new URL(args.request.url).searchParams.has('saved'),
  }
}

/** Writes, changes or removes a note; puts or takes the bookmark, and goes back to the lesson. 400: with what was typed. */
export async function action(args: ActionFunctionArgs) {
  const viewer = requireViewer(args, 'learning.own')
  const at = readLessonPath(args)
  const form = await args.request.formData()
  const of = { ...at, accountId: viewer.accountId, now: new Date() }
  const intent = formText(form, 'intent')
  const path = lessonPath(at.courseSlug, at.lessonSlug)
  if (intent === 'bookmark') {
    const isBookmarked = formText(form, 'bookmark') === 'on'
    if (!(await as(viewer, (tx) => setBookmark(tx, { ...of, isBookmarked })))) throw notFound('lesson')
    throw redirectTo(`${path}#${TOOLS_ID}`)
  }
  const [id, was, text] = [formText(form, 'id'), formText(form, 'was'), form.get('text')]
  if (!isId(id)) throw badRequest('id')
  if (intent === 'remove') {
    await as(viewer, (tx) => removeNote(tx, { ...of, id }))
    throw redirectTo(`${path}/notes`)
  }
  const kept = await as(viewer, (tx) =>
    intent === 'rewrite' ? rewriteNote(tx, { ...of, id, was, text }) : writeNote(tx, { ...of, id, text }),
  )
  if (kept.ok) throw redirectTo(`${path}/notes?saved`)
  if (kept.reason === 'absent') throw notFound('note')
  const returned: ReturnedNote = {
    form: intent === 'rewrite' ? id : 'new',
    reason: kept.reason,
    typed: typedText(text),
  }
  return data(returned, { status: 400 })
}

export default function LessonNotes() {
  const w = useWords(ownWords)
  const c = useWords(words)
  const titleOf = useTitle()
  const { lesson, notes, formId, isSaved } = useLoaderData<typeof loader>()
  const returned = useActionData<typeof action>() ?? null
  return (
    <>
      <PageHead
        title={w.title}
        above={`${c.lessonNumber(lesson.position)}　${titleOf(lesson)}`}
        meta={
          <>
            {w.private} <Link to={lessonPath(lesson.courseSlug, lesson.lessonSlug)}>{w.toLesson}</Link>
          </>
        }
      />
      <div className="stack">
        {isSaved && !returned && <Callout tone="met" role="status" title={w.saved} />}
        {notes.length === 0 && <p className="soft">{w.noNotes}</p>}
        {notes.map((note, index) => (
          <NoteCard key={note.id} note={note} number={index + 1} returned={returned} />
        ))}
        <Card>
          <NewNote id={formId} notes={notes} returned={returned} />
        </Card>
      </div>
    </>
  )
}
