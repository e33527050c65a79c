import { Badge } from '#app/ui/badge.tsx'
import { Card } from '#app/ui/card.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Progress } from '#app/ui/progress.tsx'
import { Row, Rows } from '#app/ui/rows.tsx'
import { useTitle } from './course-parts.tsx'
import { words as testWords } from './final-test/test-step-words.ts'
import { offerWords } from './offer-words.ts'
import type { Prerequisite } from './prerequisites.server.ts'
import { coursePath } from './progress.ts'

/** What is to be finished before one enrols, and how far one is: each leads to its course. */
export function PrerequisiteList({ prerequisites }: { prerequisites: readonly Prerequisite[] }) {
  const w = useWords(offerWords)
  const t = useWords(testWords)
  const titleOf = useTitle()
  return (
    <Card title={w.first}>
      <p className="soft small">{w.firstNote}</p>
      <Rows>
        {prerequisites.map((one) => (
          <Row key={one.slug} to={coursePath(one.slug)} title={titleOf(one)}>
            {one.isDone ? (
              <Badge tone="met">{w.done}</Badge>
            ) : (
              <Progress value={one.doneCount} max={one.lessonCount} label={w.progress(one.doneCount, one.lessonCount)}>
                {one.doneCount < one.lessonCount ? `${one.doneCount} / ${one.lessonCount}` : t.missing}
              </Progress>
            )}
          </Row>
        ))}
      </Rows>
    </Card>
  )
}
