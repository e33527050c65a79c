import { levelWords } from '#app/features/training/level-words.ts'
import { words as dates } from '#app/lib/date-words.ts'
import { KeyValue } from '#app/ui/lists.tsx'
import { useWords } from '#app/ui/locale.tsx'
import type { CourseMode, Level } from '#db/values.ts'
import { Satisfaction } from './rate-parts.tsx'
import { rateWords } from './rate-words.ts'
import type { Average } from './ratings.ts'
import { words } from './words.ts'

type Facts = {
  plannedHours: number
  occupationCode: string | null
  occupationName: string | null
  level: Level | null
  mode: CourseMode
  author: string
  academyName: string | null
  updatedOn: string
  sources: string[]
  satisfaction: Average | null
}

/** What a course is for, who wrote it and on what it rests. */
export function CourseFacts({ course }: { course: Facts }) {
  const w = useWords(words)
  const d = useWords(dates)
  const levels = useWords(levelWords)
  const r = useWords(rateWords)
  const { occupationCode, occupationName } = course
  const facts = [
    { label: w.plannedHours, value: w.hours(course.plannedHours) },
    {
      label: w.occupation,
      value: occupationCode ? `${occupationName ?? ''}（${occupationCode}）` : w.everyone,
    },
    ...(course.level ? [{ label: w.level, value: levels[course.level] }] : []),
    ...(course.mode === 'mixed' ? [{ label: w.way, value: w.mixed }] : []),
    { label: w.author, value: course.academyName ? w.authorOf(course.academyName, course.author) : course.author },
    ...(course.satisfaction ? [{ label: r.title, value: <Satisfaction {...course.satisfaction} /> }] : []),
    { label: w.updatedOn, value: d.date(course.updatedOn) },
  ]
  const sources = (
    <ul>
      {course.sources.map((source) => (
        <li key={source}>{source}</li>
      ))}
    </ul>
  )
  return <KeyValue facts={course.sources.length > 0 ? [...facts, { label: w.sources, value: sources }] : facts} />
}
