import { useActionData, useLoaderData, useNavigation, useSearchParams } from '@remix-run/react'
import { Objections, type ReturnedRefusal } from '#app/features/attendance/objection-desk.tsx'
import { objectionWords } from '#app/features/attendance/objection-words.ts'
import { attendanceWords } from '#app/features/attendance/words.ts'
import { Callout } from '#app/ui/callout.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Crumbs } from '#app/ui/navigation.tsx'
import { PageHead } from '#app/ui/page-head.tsx'
import type { readObjections } from './objections.server.ts'

/** The page of objections: at an academy's desk with the way back to its day, at its sponsor's over all its academies. */
export function ObjectionsPage() {
  const { desk: w } = useWords(objectionWords)
  const { today: t } = useWords(attendanceWords)
  const { desk, academyCode: own, today } = useLoaderData<typeof readObjections>()
  const result = useActionData<ReturnedRefusal>()
  const [search] = useSearchParams()
  const isLeaving = useNavigation().state === 'loading'
  const returned = (!isLeaving && result) || null
  return (
    <>
      {own && <Crumbs items={[{ to: `/academies/${own}/manage/today`, label: t.title }, { label: w.title }]} />}
      <PageHead title={w.title} meta={w.lead} />
      <div className="stack">
        {!returned && search.has('refused') && <Callout tone="met" role="status" title={w.refused} />}
        <Objections
          desk={desk}
          sheetPath={({ academyCode, sessionId }) =>
            own ? `/academies/${own}/manage/sessions/${sessionId}` : `/academies/${academyCode}/sessions/${sessionId}`
          }
          returned={returned}
          today={today}
        />
      </div>
    </>
  )
}
