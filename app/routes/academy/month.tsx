import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { listSites } from '#app/features/academies/find.server.ts'
import { listInstructors } from '#app/features/academies/instructors-find.server.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { requireViewer } from '#app/features/accounts/guard.server.ts'
import { WorkCalendarProvider } from '#app/features/policy/use-work-calendar.tsx'
import { findWorkCalendar } from '#app/features/policy/work-calendar.server.ts'
import { UnknownYears } from '#app/features/training/day-note.tsx'
import { listMonth } from '#app/features/training/month.server.ts'
import { monthAfter, readMonth } from '#app/features/training/month.ts'
import { MonthTable } from '#app/features/training/month-table.tsx'
import { sessionWords } from '#app/features/training/session-words.ts'
import { shanghaiDate } from '#app/lib/calendar.ts'
import { notFound } from '#app/lib/http.ts'
import { isId } from '#app/lib/ids.ts'
import { Button } from '#app/ui/button.tsx'
import { SelectField } from '#app/ui/field.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Pager } from '#app/ui/navigation.tsx'
import { PageHead } from '#app/ui/page-head.tsx'
import { FilterForm } from '#app/ui/post-form.tsx'
import { pageTitle } from '../shell/title.ts'

export const meta: MetaFunction = (args) => pageTitle(args, sessionWords, (w) => w.month.title)

/** The sessions of an academy in a month; `site` and `instructor` in the address narrow to one of them. */
export async function loader(args: LoaderFunctionArgs) {
  const viewer = requireViewer(args, 'training.manage')
  const { academyId, academyCode } = viewer
  if (!academyId) throw notFound('academy')
  const search = new URL(args.request.url).searchParams
  const today = shanghaiDate(new Date())
  const month = readMonth(search.get('month'), today)
  const asked = search.get('site')
  const siteId = asked && isId(asked) ? asked : null
  const askedWho = search.get('instructor')
  const instructorId = askedWho && isId(askedWho) ? askedWho : null
  return as(viewer, async (tx) => ({
    ...{ month, siteId, instructorId, today, base: `/academies/${academyCode}/manage/classes` },
    calendar: await findWorkCalendar(tx),
    sites: await listSites(tx, academyId, { isEvery: true }),
    instructors: (await listInstructors(tx, { academyId })).map(({ id, name }) => ({ id, name })),
    sessions: await listMonth(tx, { academyId, month, siteId, instructorId }),
  }))
}

export default function Month() {
  const { month: w } = useWords(sessionWords)
  const { month, siteId, instructorId, sites, instructors, sessions, base, today, calendar } =
    useLoaderData<typeof loader>()
  const at = (to: string) =>
    `?month=${to}${siteId ? `&site=${siteId}` : ''}${instructorId ? `&instructor=${instructorId}` : ''}`
  return (
    <WorkCalendarProvider calendar={calendar}>
      <PageHead title={w.title} meta={w.meta(Number(month.slice(0, 4)), Number(month.slice(5)), sessions.length)} />
      <div className="stack">
        <FilterForm key={`${month}${siteId}${instructorId}`}>
          <input type="hidden" name="month" value={month} />
          <SelectField
            name="site"
            label={w.site}
            defaultValue={siteId ?? ''}
            options={[{ value: '', label: w.allSites }, ...sites.map(({ id, name }) => ({ value: id, label: name }))]}
          />
          <SelectField
            name="instructor"
            label={w.instructor}
            defaultValue={instructorId ?? ''}
            options={[
              { value: '', label: w.allInstructors },
              ...instructors.map(({ id, name }) => ({ value: id, label: name })),
            ]}
          />
          <Button type="submit">{w.show}</Button>
        </FilterForm>
        <p className="soft">
          <UnknownYears dates={[`${month}-01`]} />
        </p>
        <MonthTable month={month} sessions={sessions} base={base} today={today} />
        <Pager summary={month} previous={at(monthAfter(month, -1))} next={at(monthAfter(month, 1))} said={w} />
      </div>
    </WorkCalendarProvider>
  )
}
