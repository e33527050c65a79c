import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { as } from '#app/features/accounts/as.server.ts'
import { requireViewer } from '#app/features/accounts/guard.server.ts'
import { askWords } from '#app/features/courses/ask-words.ts'
import { listQuestions } from '#app/features/courses/questions-desk.server.ts'
import { QuestionTable } from '#app/features/courses/questions-desk.tsx'
import { isId } from '#app/lib/ids.ts'
import { Empty } from '#app/ui/card.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Pager, Seg } from '#app/ui/navigation.tsx'
import { PageHead } from '#app/ui/page-head.tsx'
import { pageTitle } from '../shell/title.ts'

export const meta: MetaFunction = (args) => pageTitle(args, askWords, (w) => w.desk.title)

/** What workers of the academy's online classes asked; an instructor's own classes. `view=answered`: what was answered. */
export async function loader(args: LoaderFunctionArgs) {
  const viewer = requireViewer(args, 'questions.answer')
  const search = new URL(args.request.url).searchParams
  const view = search.get('view') === 'answered' ? ('answered' as const) : ('open' as const)
  const place = search.get('after')
  const after = place && isId(place) ? place : null
  const list = await as(viewer, (tx) => listQuestions(tx, { viewer, view, after }))
  const base = `/academies/${viewer.academyCode}/manage/questions`
  return { ...list, view, base, isFirst: after === null, isOwn: viewer.role === 'instructor' }
}

export default function DeskQuestions() {
  const w = useWords(askWords).desk
  const { questions, hasMore, openCount, view, base, isFirst, isOwn } = useLoaderData<typeof loader>()
  const at = (after: string | null) => `?view=${view}${after ? `&after=${after}` : ''}`
  return (
    <>
      <PageHead title={w.title} meta={isOwn ? w.ownMeta : w.meta}>
        <Seg
          label={w.views}
          items={[
            { to: base, label: w.open(openCount), isCurrent: view === 'open' },
            { to: '?view=answered', label: w.answeredView, isCurrent: view === 'answered' },
          ]}
        />
      </PageHead>
      {questions.length === 0 ? (
        <Empty icon="ask">{view === 'open' ? w.emptyOpen : w.emptyAnswered}</Empty>
      ) : (
        <QuestionTable
          questions={questions}
          base={base}
          footer={
            <Pager
              summary={w.shown(questions.length)}
              previous={isFirst ? null : at(null)}
              next={hasMore ? at(questions.at(-1)?.id ?? null) : null}
            />
          }
        />
      )}
    </>
  )
}
