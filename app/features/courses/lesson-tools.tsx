import { ButtonLink } from '#app/ui/button.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { PostForm } from '#app/ui/post-form.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import { lessonWords } from './lesson-words.ts'

/** Where the tools stand on a lesson's page: posts come back here. */
export const TOOLS_ID = 'tools'

/** What a learner does with a lesson besides reading it. `path` is the lesson's. */
export function LessonTools({ path, isBookmarked }: { path: string; isBookmarked: boolean }) {
  const w = useWords(lessonWords)
  return (
    <section className="lesson-tools" id={TOOLS_ID} aria-label={w.tools} tabIndex={-1}>
      <PostForm action={`${path}/notes`} preventScrollReset>
        <input type="hidden" name="intent" value="bookmark" />
        <SubmitButton kind="plain" icon="bookmark" isWide name="bookmark" value={isBookmarked ? 'off' : 'on'}>
          {isBookmarked ? w.unbookmark : w.bookmark}
        </SubmitButton>
      </PostForm>
      <ButtonLink to={`${path}/notes`} icon="pen" isWide>
        {w.notes}
      </ButtonLink>
      <ButtonLink to={`${path}/ask`} icon="ask" isWide>
        {w.ask}
      </ButtonLink>
    </section>
  )
}
