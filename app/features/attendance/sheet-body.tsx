import { shanghaiDate, shanghaiTime, yearOf } from '#app/lib/calendar.ts'
import { words as dateWords } from '#app/lib/date-words.ts'
import { ButtonLink, LinkButton } from '#app/ui/button.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Crumbs, Pager } from '#app/ui/navigation.tsx'
import { PageHead } from '#app/ui/page-head.tsx'
import { codeWords } from './code-words.ts'
import { SheetObjections } from './objection-note.tsx'
import { rollPage } from './roll.ts'
import { rollWords } from './roll-words.ts'
import { CloseForm, SheetNotes } from './sheet.tsx'
import type { SheetRefusal } from './sheet-acts.server.ts'
import { SheetForm } from './sheet-form.tsx'
import { SheetHistory } from './sheet-history.tsx'
import type { SheetPage } from './sheet-page.server.ts'
import type { SheetPlace } from './sheet-view.ts'
import { signInWords } from './sign-in-words.ts'
import { attendanceWords } from './words.ts'

/** A session's sheet, whole. `isAtDesk`: for the academy's own people, with the ways to its other pages. */
export function SheetBody({
  page,
  place,
  refusal,
  typed,
  isAtDesk,
}: {
  page: SheetPage
  place: SheetPlace
  refusal: SheetRefusal | null
  /** What was sent, where it came back. */
  typed: Readonly<Record<string, string>>
  isAtDesk: boolean
}) {
  const { sheet: w, today } = useWords(attendanceWords)
  const { toPrint } = useWords(signInWords)
  const { open: toRoll } = useWords(rollWords)
  const { screen: codes } = useWords(codeWords)
  const d = useWords(dateWords)
  const { held } = page
  const { startsAt, endsAt, topic, site } = held.session
  const day = shanghaiDate(startsAt)
  const when = `${d.dayAndWeekday(day, yearOf(page.today))} ${d.time(shanghaiTime(startsAt))}—${d.time(shanghaiTime(endsAt))}`
  const last = page.rows.at(-1)?.enrolmentId
  const isPaged = page.hasMore || place.after !== null
  const next = page.hasMore && last ? `?after=${last}` : null
  const footer = isPaged && (
    <Pager summary={w.paging(page.rows.length)} previous={place.after ? '?' : null} next={next} />
  )
  return (
    <>
      {isAtDesk && (
        <Crumbs
          items={[
            { to: `/academies/${held.academyCode}/manage/today?on=${day}`, label: today.title },
            { to: `/academies/${held.academyCode}/manage/classes/${held.classId}/attendance`, label: held.className },
            { label: w.title },
          ]}
        />
      )}
      <PageHead title={held.className} meta={[when, topic, site].filter(Boolean).join(' · ')}>
        {held.state === 'open' && (
          <ButtonLink
            icon="scan"
            kind="main"
            to={`/academies/${held.academyCode}/manage/sessions/${held.sessionId}/code`}
          >
            {codes.show}
          </ButtonLink>
        )}
        {held.state === 'open' && isAtDesk && (
          <LinkButton icon="person" href={rollPage(held.academyCode, held.sessionId)}>
            {toRoll}
          </LinkButton>
        )}
        {held.state === 'open' && (
          <ButtonLink icon="list" to={`/academies/${held.academyCode}/manage/sessions/${held.sessionId}/paper`}>
            {w.paper}
          </ButtonLink>
        )}
        {isAtDesk && (
          <ButtonLink
            icon="print"
            to={`/academies/${held.academyCode}/manage/classes/${held.classId}/attendance/print?session=${held.sessionId}`}
          >
            {toPrint}
          </ButtonLink>
        )}
      </PageHead>
      <div className="stack">
        <SheetObjections
          page={page}
          of={place.of}
          toList={isAtDesk ? `/academies/${held.academyCode}/manage/objections` : '/objections'}
        />
        <SheetNotes page={page} saved={refusal ? null : place.saved} refusal={refusal} />
        <div id="sheet">
          <SheetForm page={page} refusal={refusal} typed={refusal ? typed : {}} footer={footer} />
        </div>
        <CloseForm page={page} />
        <SheetHistory page={page} />
      </div>
    </>
  )
}
