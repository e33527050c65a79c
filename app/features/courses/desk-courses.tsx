import { Link } from '#app/ui/link.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { type Column, Table } from '#app/ui/table.tsx'
import type { DeskCourse } from './course-desk.ts'
import { useTitle } from './course-parts.tsx'
import { watchWords } from './watch-words.ts'

/** The courses that the academy's online classes deliver; `base` is the address of the list. */
export function DeskCourseTable({ courses, base }: { courses: readonly DeskCourse[]; base: string }) {
  const w = useWords(watchWords).courses
  const titleOf = useTitle()
  const columns: Column<DeskCourse>[] = [
    {
      key: 'course',
      head: w.course,
      isRowHead: true,
      cell: (row) => <Link to={`${base}/${row.slug}`}>{titleOf(row)}</Link>,
    },
    { key: 'classes', head: w.classes, isNumeric: true, cell: (row) => row.classes },
    { key: 'running', head: w.running, isNumeric: true, cell: (row) => row.running },
    { key: 'learners', head: w.learners, isNumeric: true, cell: (row) => row.learners },
    { key: 'credited', head: w.credited, isNumeric: true, cell: (row) => row.credited },
    { key: 'questions', head: w.questions, isNumeric: true, cell: (row) => row.openQuestions },
  ]
  return <Table caption={w.caption} columns={columns} rows={courses} rowKey={(row) => row.slug} isCards />
}
