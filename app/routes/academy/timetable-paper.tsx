import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { as } from '#app/features/accounts/as.server.ts'
import { requireViewer } from '#app/features/accounts/guard.server.ts'
import { findClassOnPaper } from '#app/features/training/paper.server.ts'
import { PaperTimetable } from '#app/features/training/paper-timetable.tsx'
import { paperWords } from '#app/features/training/paper-words.ts'
import { notFound } from '#app/lib/http.ts'
import { isId } from '#app/lib/ids.ts'
import { useWords } from '#app/ui/locale.tsx'
import { Crumbs } from '#app/ui/navigation.tsx'
import { PageHead } from '#app/ui/page-head.tsx'
import { PrintButton } from '#app/ui/paper.tsx'
import { pageTitle } from '../shell/title.ts'

export const meta: MetaFunction = (args) => pageTitle(args, paperWords, (w) => w.timetable)

/** The timetable of a class as it is printed and hung up. */
export async function loader(args: LoaderFunctionArgs) {
  const viewer = requireViewer(args, 'training.read')
  const { academy: academyCode = '', class: classId = '' } = args.params
  const paper = isId(classId)
    ? await as(viewer, (tx) => findClassOnPaper(tx, { viewer, classId, now: new Date() }))
    : null
  if (!paper) throw notFound('class')
  return { paper, academyCode }
}

export default function TimetablePaper() {
  const w = useWords(paperWords)
  const { paper, academyCode } = useLoaderData<typeof loader>()
  const { held } = paper
  return (
    <>
      <Crumbs
        items={[
          { to: `/academies/${academyCode}/manage/classes/${held.id}`, label: held.name },
          { label: w.timetable },
        ]}
      />
      <PageHead title={w.timetable} meta={`${paper.academyName} · ${w.class(held.name, held.code)}`}>
        <PrintButton>{w.print}</PrintButton>
      </PageHead>
      <div className="stack">
        <p className="soft screen-only">{w.size}</p>
        <PaperTimetable paper={paper} />
      </div>
    </>
  )
}
