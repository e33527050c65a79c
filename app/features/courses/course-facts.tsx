import { words as dates } from '#app/lib/date-words.ts'
import { KeyValue } from '#app/ui/lists.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { words } from './words.ts'

type Facts = {
  plannedHours: number
  occupationCode: string | null
  occupationName: string | null
  author: string
  updatedOn: string
  sources: string[]
}

/** What a course is for, who wrote it and on what it rests. */
export function CourseFacts({ course }: { course: Facts }) {
  const w = useWords(words)
  const d = useWords(dates)
  const { occupationCode, occupationName } = course
  const facts = [
    { label: w.plannedHours, value: w.hours(course.plannedHours) },
    {
      label: w.occupation,
      value: occupationCode ? `${occupationName ?? ''}（${occupationCode}）` : w.everyone,
    },
    { label: w.author, value: course.author },
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
