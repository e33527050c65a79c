import type { ReactNode } from 'react'
import { CourseRows } from '#app/features/courses/course-parts.tsx'
import { ClassCards } from '#app/features/training/class-cards.tsx'
import { levelWords } from '#app/features/training/level-words.ts'
import { Badge } from '#app/ui/badge.tsx'
import { Card, Section } from '#app/ui/card.tsx'
import { Link } from '#app/ui/link.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { catalogueAddress } from './filters.ts'
import { type Behind, type LevelPath, PATH_STEPS, type PathStep, stepsDone } from './path.ts'
import { pathWords } from './path-words.ts'

/** So many classes of a level stand on the path itself. */
const SHOWN = 4

/** The way to one level: what to learn, where to practise, how one is assessed. `behind`: of a learner; null: of nobody. */
export function PathSteps({
  occupation,
  path,
  behind,
  today,
}: {
  occupation: string
  path: LevelPath
  behind: Behind | null
  today: string
}) {
  const w = useWords(pathWords)
  const levels = useWords(levelWords)
  const { level, courses, classes } = path
  const done = behind && stepsDone(path, behind)
  const next =
    done && !done.assess ? PATH_STEPS.find((step) => !done[step] && (step !== 'learn' || courses.length > 0)) : null
  const all = { text: '', mode: null, city: null, academy: null, occupation, level }
  const head = (step: PathStep) => ({ step, isDone: done?.[step] ?? false, isNext: next === step })
  return (
    <Section title={level ? levels[level] : w.noLevel}>
      <div className="stack">
        <Step {...head('learn')}>
          {courses.length > 0 ? (
            <Card>
              {courses.some(({ prerequisites }) => prerequisites.length > 0) && (
                <p className="soft small">{w.inOrder}</p>
              )}
              <CourseRows courses={courses} />
            </Card>
          ) : (
            <p className="soft small">{w.noCourse}</p>
          )}
        </Step>
        <Step {...head('practise')}>
          {classes.length > 0 ? (
            <ClassCards classes={classes.slice(0, SHOWN)} today={today} />
          ) : (
            <p className="soft small">{w.noClass}</p>
          )}
          {classes.length > SHOWN && <Link to={catalogueAddress(all)}>{w.allClasses(classes.length)}</Link>}
        </Step>
        <Step {...head('assess')}>
          <div className="soft small">
            <p>{w.assessText}</p>
            <p>{level ? w.earns(levels[level]) : w.earnsAny}</p>
          </div>
          {done?.assess && <Link to="/learn/certificates">{w.myCertificates}</Link>}
        </Step>
      </div>
    </Section>
  )
}

function Step({
  step,
  isDone,
  isNext,
  children,
}: {
  step: PathStep
  isDone: boolean
  isNext: boolean
  children: ReactNode
}) {
  const w = useWords(pathWords)
  return (
    <div className="stack">
      <h3>
        {w.step(PATH_STEPS.indexOf(step) + 1)}　{w[step]} {isDone && <Badge tone="met">{w.done}</Badge>}
        {isNext && (
          <Badge tone="none" icon="right">
            {w.now}
          </Badge>
        )}
      </h3>
      {children}
    </div>
  )
}
