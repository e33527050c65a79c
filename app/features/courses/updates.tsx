import { Badge } from '#app/ui/badge.tsx'
import { ButtonLink } from '#app/ui/button.tsx'
import { Callout } from '#app/ui/callout.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { PostForm } from '#app/ui/post-form.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import { type LessonStep, lessonPath, updatedLessons } from './progress.ts'
import { words } from './words.ts'

/** Beside a lesson, or a course (`count`: how many of its lessons), that changed in substance since it was finished. */
export function UpdatedBadge({ count }: { count?: number }) {
  const w = useWords(words)
  return (
    <Badge tone="none" icon="bell">
      {count ? w.updatedCount(count) : w.updated}
    </Badge>
  )
}

/** The author's sentence, in the language of the course. */
export function WhatChanged({ update }: { update: string }) {
  const w = useWords(words)
  return (
    <>
      {w.whatChanged}
      <span lang="zh-CN">{update}</span>
    </>
  )
}

/** At the head of a lesson: what is new, and the word that it was seen. Answering its quiz says so too. */
export function UpdateNotice({ update }: { update: string }) {
  const w = useWords(words)
  return (
    <div className="notice">
      <Callout title={w.updatedLead}>
        <div className="stack">
          <p>
            <WhatChanged update={update} />
          </p>
          <PostForm preventScrollReset>
            <SubmitButton kind="plain" name="intent" value="seen">
              {w.updateSeen}
            </SubmitButton>
          </PostForm>
        </div>
      </Callout>
    </div>
  )
}

/** On a course: that lessons changed since they were finished, and the way to the first of them. */
export function UpdatedLessons({ course, lessons }: { course: string; lessons: LessonStep[] }) {
  const w = useWords(words)
  const updated = updatedLessons(lessons)
  const [first] = updated
  if (!first) return null
  return (
    <>
      <Callout>{w.updatedLeads(updated.length)}</Callout>
      <ButtonLink to={lessonPath(course, first.slug)} isWide>
        {w.seeUpdate(first.position)}
      </ButtonLink>
    </>
  )
}
