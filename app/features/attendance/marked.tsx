import { Badge } from '#app/ui/badge.tsx'
import { useWords } from '#app/ui/locale.tsx'
import type { AttendanceMark } from '#db/values.ts'
import { attendanceWords } from './words.ts'

const TONES = { present: 'met', late: 'warn', left_early: 'warn', excused: 'none', absent: 'miss' } as const

/** How somebody attended, in a word with its tone; unmarked is no verdict. */
export function Marked({ mark }: { mark: AttendanceMark | null }) {
  const w = useWords(attendanceWords)
  return mark === null ? <span className="soft">{w.unmarked}</span> : <Badge tone={TONES[mark]}>{w.marks[mark]}</Badge>
}
