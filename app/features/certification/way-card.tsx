import type { ReactNode } from 'react'
import { coursePath, lessonPath, testPath } from '#app/features/courses/progress.ts'
import { useTestSaid } from '#app/features/courses/test-step.tsx'
import { classPath } from '#app/features/training/class-path.ts'
import { yearOf } from '#app/lib/calendar.ts'
import { words as dates } from '#app/lib/date-words.ts'
import { Card, Section } from '#app/ui/card.tsx'
import { Link } from '#app/ui/link.tsx'
import { type Step, Steps } from '#app/ui/lists.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { hoursLeft, isTaken, stepsLeft, WAY_STEPS, type Way, type WayStep } from './way.ts'
import { wayWords } from './way-words.ts'

/** What is left to the certificate, class by class, in plain words and with the way to each thing that one can do now. */
export function WaysToCertificates({ ways, today }: { ways: readonly Way[]; today: string }) {
  const w = useWords(wayWords)
  if (ways.length === 0) return null
  const [only] = ways
  const title = ways.length === 1 && only ? w.title(stepsLeft(only, today).length) : w.heading
  return (
    <Section title={title}>
      <div className="stack">
        {ways.map((way) => (
          <WayCard key={way.enrolmentId} way={way} today={today} />
        ))}
      </div>
    </Section>
  )
}

function WayCard({ way, today }: { way: Way; today: string }) {
  const w = useWords(wayWords)
  const d = useWords(dates)
  const [now] = stepsLeft(way, today)
  const said: Record<WayStep, Pick<Step, 'aside' | 'note'>> = {
    hours: useHours(way, today),
    assessment: useAssessment(way, today),
    certificate: {
      note: way.isRevoked ? w.revoked : way.assessment?.result === 'passed' ? w.pending : w.certificateAhead,
    },
  }
  const steps = WAY_STEPS.map((step): Step => {
    const state = isTaken(way, step, today) ? 'done' : step === now ? 'now' : 'ahead'
    return { title: w.steps[step], state, ...said[step] }
  })
  return (
    <Card title={way.className}>
      <div className="stack">
        <p className="soft small">
          {way.academyName} · {d.period(way.startsOn, way.endsOn, yearOf(today))}{' '}
          <Link to={classPath(way.academyCode, way.classId)}>{w.toClass}</Link>
        </p>
        <Steps steps={[{ title: w.steps.enrolled, state: 'done' }, ...steps]} />
      </div>
    </Card>
  )
}

function useHours(way: Way, today: string): Pick<Step, 'aside' | 'note'> {
  const w = useWords(wayWords)
  const d = useWords(dates)
  const day = (on: string) => d.day(on, yearOf(today))
  const { creditedOn, course, nextAt, hoursAttended, hoursNeeded } = way
  if (creditedOn !== null) return { aside: creditedOn > today ? w.ahead(day(creditedOn)) : day(creditedOn) }
  if (way.endsOn < today) return { note: w.over }
  if (course)
    return course.lessons === 0 && course.test === null
      ? { note: <Claim way={way} slug={course.slug} today={today} /> }
      : { note: <CourseLines course={course} /> }
  if (way.mode === 'online') return {}
  const { plannedPracticalHours: planned } = way
  const lines = [
    hoursAttended === null ? w.notRecorded(hoursNeeded) : w.attended(hoursAttended, hoursNeeded),
    planned === null ? null : w.practical(way.practicalHoursAttended ?? 0, planned),
    nextAt && w.next(d.instant(nextAt, yearOf(today))),
  ]
  return { aside: w.hoursLeft(hoursLeft(way)), note: <Lines lines={lines.filter(Boolean)} /> }
}

function useAssessment({ assessment, creditedOn }: Way, today: string): Pick<Step, 'aside' | 'note'> {
  const w = useWords(wayWords)
  const d = useWords(dates)
  if (!assessment) return { note: creditedOn !== null && creditedOn <= today ? w.waiting : w.beforeHours }
  const on = d.day(assessment.assessedOn, yearOf(today))
  return assessment.result === 'passed' ? { aside: on } : { note: w[assessment.result](on) }
}

function Claim({ way, slug, today }: { way: Way; slug: string; today: string }) {
  const w = useWords(wayWords)
  const d = useWords(dates)
  if (way.startsOn > today) return <>{w.notBegun(d.day(way.startsOn, yearOf(today)))}</>
  return <Link to={coursePath(slug)}>{w.claim}</Link>
}

/** What is left of a course, one line each; whatever can be done now is a link. */
function CourseLines({ course }: { course: NonNullable<Way['course']> }) {
  const w = useWords(wayWords)
  const { slug, lessons, minutes, next, toPass, toPlay, test } = course
  const said = useTestSaid(test)
  const lines: ReactNode[] = [
    ...(lessons > 0 ? [w.lessons(lessons, course.of)] : []),
    ...(minutes > 0 ? [w.minutes(minutes)] : []),
    ...toPass.map((one) => (
      <Link key={one.slug} to={`${lessonPath(slug, one.slug)}#quiz`}>
        {w.toPass(one.position)}
      </Link>
    )),
    ...toPlay.map((one) => (
      <Link key={one.slug} to={lessonPath(slug, one.slug)}>
        {w.toPlay(one.position)}
      </Link>
    )),
  ]
  const isSaid = [...toPass, ...toPlay].some((one) => one.slug === next?.slug)
  if (next && !isSaid) lines.push(<Link to={lessonPath(slug, next.slug)}>{w.goOn(next.position)}</Link>)
  if (said) lines.push(<Link to={testPath(slug)}>{said.label}</Link>)
  if (said?.note) lines.push(said.note)
  return <Lines lines={lines} />
}

function Lines({ lines }: { lines: readonly ReactNode[] }) {
  return lines.map((line, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the lines of one paragraph, never moved
    <span key={index}>
      {index > 0 && <br />}
      {line}
    </span>
  ))
}
