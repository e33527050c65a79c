import { Badge, type Tone } from '#app/ui/badge.tsx'
import { Button } from '#app/ui/button.tsx'
import { SelectField } from '#app/ui/field.tsx'
import type { IconName } from '#app/ui/icon.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { FilterForm } from '#app/ui/post-form.tsx'
import { type Column, Table } from '#app/ui/table.tsx'
import type { Counts, CoursePlace } from './course-desk.ts'
import { lessonSaid, testSaid } from './course-sheet.ts'
import { isFailing, type LearnerLesson, minutesEarned, STANDING_FILTERS, type Standing } from './standing.ts'
import { watchWords } from './watch-words.ts'
import type { ShownLearner } from './watching/learners.server.ts'

/** No verdict on anybody: only who is stuck has a colour. */
const LOOK: Record<Standing, { tone: Tone; icon: IconName }> = {
  failing: { tone: 'warn', icon: 'alert' },
  test_failing: { tone: 'warn', icon: 'alert' },
  not_begun: { tone: 'warn', icon: 'clock' },
  idle: { tone: 'warn', icon: 'clock' },
  fresh: { tone: 'none', icon: 'person' },
  learning: { tone: 'none', icon: 'book' },
  done: { tone: 'met', icon: 'check' },
}

/** Who is where, lesson by lesson. */
export function LearnerTable({ learners, footer }: { learners: readonly ShownLearner[]; footer: React.ReactNode }) {
  const w = useWords(watchWords)
  const test: Column<ShownLearner> = { key: 'test', head: w.test, cell: (row) => testSaid(row.test, w) }
  const columns: Column<ShownLearner>[] = [
    { key: 'name', head: w.name, isRowHead: true, cell: (row) => <span className="nowrap">{row.name}</span> },
    { key: 'document', head: w.document, cell: (row) => <span className="num">{row.document}</span> },
    { key: 'class', head: w.class, cell: (row) => row.className },
    { key: 'progress', head: w.progress, cell: (row) => <LessonMarks lessons={row.lessons} /> },
    { key: 'done', head: w.done, isNumeric: true, cell: ({ lessons }) => w.doneOf(doneIn(lessons), lessons.length) },
    ...(learners.some(({ test }) => test) ? [test] : []),
    { key: 'time', head: w.time, isNumeric: true, cell: ({ lessons }) => w.minutesOf(minutesEarned(lessons)) },
    { key: 'lastOn', head: w.lastOn, cell: (row) => <span className="num">{row.lastOn ?? w.never}</span> },
    {
      key: 'standing',
      head: w.standing,
      cell: ({ standing }) => <Badge {...LOOK[standing]}>{w.standings[standing]}</Badge>,
    },
  ]
  return (
    <Table
      caption={w.caption}
      columns={columns}
      rows={learners}
      rowKey={(row) => row.enrolmentId}
      isCards
      footer={footer}
    />
  )
}

const doneIn = (lessons: readonly LearnerLesson[]): number => lessons.filter(({ isDone }) => isDone).length

/** One sign a lesson: its number, and what became of it by sign and word. */
function LessonMarks({ lessons }: { lessons: readonly LearnerLesson[] }) {
  const w = useWords(watchWords)
  return (
    <ol className="lesson-marks">
      {lessons.map((lesson) => {
        const said = lessonSaid(lesson, w)
        const sign = lesson.isDone ? '✓' : isFailing(lesson) ? '×' : lesson.isRead || lesson.activeMs > 0 ? '…' : ''
        return (
          <li key={lesson.position} title={`${w.lesson(lesson.position)}：${said}`}>
            <span aria-hidden="true">
              {lesson.position}
              {sign}
            </span>
            <span className="vh">{`${w.lesson(lesson.position)}：${said}`}</span>
          </li>
        )
      })}
    </ol>
  )
}

/** Narrows the list by class and by where people stand; with how many stand there. */
export function LearnerFilters({
  place,
  classes,
  counts,
}: {
  place: CoursePlace
  classes: readonly { id: string; name: string }[]
  counts: Counts
}) {
  const w = useWords(watchWords)
  const all = { value: '', label: w.all }
  return (
    <FilterForm key={`${place.classId} ${place.state}`}>
      {classes.length > 1 && (
        <SelectField
          name="class"
          label={w.filterClass}
          defaultValue={place.classId ?? ''}
          options={[all, ...classes.map(({ id, name }) => ({ value: id, label: name }))]}
        />
      )}
      <SelectField
        name="state"
        label={w.filterState}
        defaultValue={place.state ?? ''}
        options={[
          all,
          ...STANDING_FILTERS.map((state) => ({ value: state, label: `${w.standings[state]}（${counts[state]}）` })),
        ]}
      />
      <Button type="submit">{w.show}</Button>
    </FilterForm>
  )
}
