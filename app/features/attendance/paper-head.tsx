import { shanghaiDate, shanghaiTime, yearOf } from '#app/lib/calendar.ts'
import { words as dateWords } from '#app/lib/date-words.ts'
import { useWords } from '#app/ui/locale.tsx'
import { Crumbs } from '#app/ui/navigation.tsx'
import { PageHead } from '#app/ui/page-head.tsx'
import type { HeldSheet } from './sheet-held.server.ts'
import { attendanceWords } from './words.ts'

export const paperBase = ({ academyCode, sessionId }: Pick<HeldSheet, 'academyCode' | 'sessionId'>): string =>
  `/academies/${academyCode}/manage/sessions/${sessionId}`

/** The head of the pages of a session's signed sheet: which session it is, and the way back to its attendance. */
export function PaperHead({
  title,
  held,
  today,
  children,
}: {
  title: string
  held: HeldSheet
  today: string
  children?: React.ReactNode
}) {
  const { sheet } = useWords(attendanceWords)
  const d = useWords(dateWords)
  const { startsAt, endsAt, topic, site } = held.session
  const day = shanghaiDate(startsAt)
  const when = `${d.dayAndWeekday(day, yearOf(today))} ${d.time(shanghaiTime(startsAt))}—${d.time(shanghaiTime(endsAt))}`
  return (
    <>
      <Crumbs
        items={[
          { to: `/academies/${held.academyCode}/manage/classes/${held.classId}/attendance`, label: held.className },
          { to: paperBase(held), label: `${sheet.title} ${d.day(day, yearOf(today))}` },
          { label: title },
        ]}
      />
      <PageHead title={title} meta={[held.className, when, topic, site].filter(Boolean).join(' · ')}>
        {children}
      </PageHead>
    </>
  )
}
