import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { as } from '#app/features/accounts/as.server.ts'
import { requireViewer } from '#app/features/accounts/guard.server.ts'
import { CalendarForm } from '#app/features/policy/calendar-form.tsx'
import { findCalendarPage, saveCalendarYear } from '#app/features/policy/calendar-page.server.ts'
import { calendarWords } from '#app/features/policy/calendar-words.ts'
import { CalendarYearView } from '#app/features/policy/calendar-year.tsx'
import { followCalendar } from '#app/features/training/days-changed.server.ts'
import { redirectTo } from '#app/lib/http.ts'
import { parsePreferences } from '#app/lib/preferences.ts'
import { pageTitle } from '#app/routes/shell/title.ts'
import { useWords } from '#app/ui/locale.tsx'
import { PageHead } from '#app/ui/page-head.tsx'

export const meta: MetaFunction = (args) => pageTitle(args, calendarWords, (w) => w.title)

/** The public holidays and worked weekend days of a year: `year` in the address, else the first that is not entered. */
export async function loader(args: LoaderFunctionArgs) {
  const viewer = requireViewer(args, 'calendar.keep')
  const { searchParams } = new URL(args.request.url)
  return as(viewer, (tx) => findCalendarPage(tx, { searchParams, now: new Date() }))
}

/** Enters a year whole. Status 400: what was pasted has errors, and nothing was saved. */
export async function action(args: ActionFunctionArgs) {
  const viewer = requireViewer(args, 'calendar.keep')
  const form = await args.request.formData()
  const { locale } = parsePreferences(args.request.headers.get('Cookie'))
  const input = { viewer, form, follow: followCalendar, locale, now: new Date(), requestId: args.context.requestId }
  const answer = await as(viewer, (tx) => saveCalendarYear(tx, input))
  if (!answer.ok) return data(answer, { status: 400 })
  const { classes, sessions, sittings } = answer.concerned
  const counts = classes > 0 ? `&classes=${classes}&sessions=${sessions}&sittings=${sittings}` : ''
  throw redirectTo(`/work-calendar?year=${answer.year}&saved=${answer.isNew ? 'new' : 'same'}${counts}`)
}

export default function WorkCalendar() {
  const w = useWords(calendarWords)
  const page = useLoaderData<typeof loader>()
  const refused = useActionData<typeof action>()
  return (
    <>
      <PageHead title={w.title} meta={w.lead} />
      <div className="stack">
        <CalendarYearView page={page} saved={refused ? null : page.saved} />
        <CalendarForm key={`${page.year} ${page.saved}`} page={page} refused={refused ?? null} />
      </div>
    </>
  )
}
