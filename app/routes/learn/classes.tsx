import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { as } from '#app/features/accounts/as.server.ts'
import { requireViewer } from '#app/features/accounts/guard.server.ts'
import { CheckInNow } from '#app/features/attendance/check-in.tsx'
import { leaveWords } from '#app/features/attendance/leave-words.ts'
import { listOwnMeetings } from '#app/features/attendance/meetings.server.ts'
import { settleClass } from '#app/features/training/due-seats.server.ts'
import { listMyClasses } from '#app/features/training/mine.server.ts'
import { MyClasses } from '#app/features/training/my-classes.tsx'
import { readPlace, toPlace } from '#app/features/training/paging.ts'
import { words } from '#app/features/training/words.ts'
import { shanghaiDate } from '#app/lib/calendar.ts'
import { ButtonLink } from '#app/ui/button.tsx'
import { Empty, Section } from '#app/ui/card.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Pager } from '#app/ui/navigation.tsx'
import { PageHead } from '#app/ui/page-head.tsx'
import { pageTitle } from '../shell/title.ts'

export const meta: MetaFunction = (args) => pageTitle(args, words, (w) => w.mine.title)

/** The worker's own classes; `after` pages the past ones. */
export async function loader(args: LoaderFunctionArgs) {
  const viewer = requireViewer(args, 'learning.own')
  const now = new Date()
  const place = readPlace(new URL(args.request.url).searchParams.get('after'))
  const pastBefore = place && { endsOn: place.startsOn, id: place.id }
  const read = () => as(viewer, (tx) => listMyClasses(tx, { viewer, pastBefore, now }))
  let own = await read()
  const due = own.coming.filter(({ isDue }) => isDue)
  for (const { academyCode, classId } of due) await settleClass({ academyCode, classId, now })
  if (due.length > 0) own = await read()
  const meetings = await as(viewer, (tx) => listOwnMeetings(tx, { viewer, now }))
  const meeting = meetings.filter(({ isExpected }) => isExpected).map(({ className }) => className)
  return { ...own, meeting, today: shanghaiDate(now), isConfirmed: viewer.personId !== null, isFirst: place === null }
}

export default function LearnClasses() {
  const { mine: w, list } = useWords(words)
  const { own: leave } = useWords(leaveWords)
  const { coming, past, hasMore, meeting, today, isConfirmed, isFirst } = useLoaderData<typeof loader>()
  const last = past.at(-1)
  const find = (
    <ButtonLink kind={coming.length === 0 ? 'main' : 'plain'} icon="search" to="/classes">
      {w.find}
    </ButtonLink>
  )
  return (
    <>
      <PageHead title={w.title}>
        {coming.length + past.length > 0 && find}
        {coming.some(({ seat, nextAt }) => seat === 'enrolled' && nextAt) && (
          <ButtonLink to="/learn/leave">{leave.link}</ButtonLink>
        )}
      </PageHead>
      <CheckInNow names={meeting} />
      {coming.length + past.length === 0 && isFirst && (
        <Empty icon="class" action={find}>
          {w.empty}
        </Empty>
      )}
      {coming.length > 0 && isFirst && (
        <Section title={w.coming}>
          <MyClasses classes={coming} today={today} />
        </Section>
      )}
      {past.length > 0 && (
        <Section title={w.past}>
          <MyClasses classes={past} today={today} />
          {(hasMore || !isFirst) && (
            <Pager
              summary={list.shown(past.length, hasMore)}
              previous={isFirst ? null : '?'}
              next={hasMore && last ? `?after=${toPlace({ startsOn: last.endsOn, id: last.enrolmentId })}` : null}
            />
          )}
        </Section>
      )}
      {!isConfirmed && <p className="soft small section">{w.notConfirmed}</p>}
    </>
  )
}
