import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { as } from '#app/features/accounts/as.server.ts'
import { requireViewer } from '#app/features/accounts/guard.server.ts'
import { countPending, countToConfirm, listPending } from '#app/features/certification/pending.server.ts'
import { pendingAddress, readPendingPlace } from '#app/features/certification/pending.ts'
import { PendingList, ToConfirm } from '#app/features/certification/pending-list.tsx'
import { pendingWords } from '#app/features/certification/pending-words.ts'
import { shanghaiDate } from '#app/lib/calendar.ts'
import { notFound } from '#app/lib/http.ts'
import { Section } from '#app/ui/card.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Pager } from '#app/ui/navigation.tsx'
import { PageHead } from '#app/ui/page-head.tsx'
import { pageTitle } from '../shell/title.ts'

export const meta: MetaFunction = (args) => pageTitle(args, pendingWords, (w) => w.title)

/** What of the academy's assessments waits: results for a second person, workers for their certificates. */
export async function loader(args: LoaderFunctionArgs) {
  const viewer = requireViewer(args, 'training.manage')
  const { academyId, academyCode } = viewer
  if (!academyId) throw notFound()
  const place = readPendingPlace(new URL(args.request.url).searchParams)
  const today = shanghaiDate(new Date())
  return as(viewer, async (tx) => ({
    ...(await listPending(tx, { academyId, place, today })),
    classes: await countPending(tx, academyId),
    toConfirm: await countToConfirm(tx, academyId),
    base: `/academies/${academyCode}/manage/classes`,
    place,
    today,
  }))
}

export default function Certification() {
  const w = useWords(pendingWords)
  const { rows, hasMore, classes, toConfirm, base, place, today } = useLoaderData<typeof loader>()
  const total = classes.reduce((sum, { of }) => sum + of, 0)
  const shown = place.classId ? (classes.find(({ classId }) => classId === place.classId)?.of ?? 0) : total
  const last = rows.at(-1)
  const next = hasMore && last ? { assessedOn: last.assessedOn, id: last.assessmentId } : null
  return (
    <>
      <PageHead title={w.title} meta={w.meta} />
      <div className="stack">
        <Section title={w.toConfirm}>
          <ToConfirm classes={toConfirm} base={base} today={today} />
        </Section>
        <Section title={w.pending(total)}>
          <PendingList
            rows={rows}
            classes={classes}
            place={place}
            base={base}
            today={today}
            footer={
              <Pager
                summary={w.shown(rows.length, shown)}
                previous={place.after && pendingAddress({ ...place, after: null })}
                next={next && pendingAddress({ ...place, after: next })}
              />
            }
          />
        </Section>
      </div>
    </>
  )
}
