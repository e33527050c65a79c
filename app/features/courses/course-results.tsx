import { percent } from '#app/lib/percent.ts'
import { Card, Empty, Section } from '#app/ui/card.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { RowMeta } from '#app/ui/rows.tsx'
import { type Column, Table } from '#app/ui/table.tsx'
import { Tile, Tiles } from '#app/ui/tiles.tsx'
import { rateWords } from './rate-words.ts'
import type { CourseRatings } from './rated.server.ts'
import { LEAST_RATINGS, shownTenths } from './ratings.ts'
import { watchWords } from './watch-words.ts'
import type { QuestionResult } from './watching/quiz-results.ts'

/** How each question was answered the first time. */
export function ResultTable({ results }: { results: QuestionResult[] }) {
  const w = useWords(watchWords)
  if (results.length === 0) return <Empty icon="chart">{w.noResults}</Empty>
  const columns: Column<QuestionResult>[] = [
    {
      key: 'question',
      head: w.question,
      isRowHead: true,
      cell: (row) => (
        <>
          <span className="row-meta">{`${w.lesson(row.position)} · ${row.number}`}</span>
          <br />
          <span lang="zh-CN">{row.prompt}</span>
        </>
      ),
    },
    { key: 'answered', head: w.answered, isNumeric: true, cell: (row) => row.answered },
    { key: 'right', head: w.right, isNumeric: true, cell: ({ right }) => rightSaid(right) ?? w.notYet },
    {
      key: 'wrong',
      head: w.mostWrong,
      cell: ({ mostWrong }) =>
        mostWrong ? <span lang="zh-CN">{w.chosen(mostWrong.text, mostWrong.times)}</span> : w.notYet,
    },
  ]
  return (
    <Table
      caption={w.results}
      columns={columns}
      rows={results}
      rowKey={(row) => `${row.lessonSlug} ${row.id}`}
      isCards
    />
  )
}

/** `83.3%`; null: nobody answered. */
function rightSaid(right: QuestionResult['right']): string | null {
  const share = percent(right)
  return share === null ? null : `${share.toFixed(1)}%`
}

/** What learners said of the course; no names, no days. */
export function RatingReport({ ratings }: { ratings: CourseRatings }) {
  const w = useWords(watchWords)
  const { scores } = useWords(rateWords)
  const { average, comments } = ratings
  if (!average) return <Empty icon="person">{w.fewRatings(ratings.ratings, LEAST_RATINGS)}</Empty>
  return (
    <>
      <Tiles>
        <Tile label={w.average} value={shownTenths(average.tenths)} unit={w.outOf} note={w.ratedBy(average.ratings)} />
        {ratings.scores.map(({ score, count }) => (
          <Tile key={score} label={`${score}　${scores[score]}`} value={count} note={w.people} />
        ))}
      </Tiles>
      <Section title={w.comments}>
        <p className="soft small">{w.commentsLead}</p>
        <Card>
          {comments.length === 0 && <p className="soft">{w.noComments}</p>}
          <ul className="rows">
            {comments.map(({ score, comment, month }, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a comment has no name, not even a technical one
              <li key={index} className="own-lesson">
                <p className="written">{comment}</p>
                <RowMeta>
                  {score}　{scores[score]} · {month}
                </RowMeta>
              </li>
            ))}
          </ul>
        </Card>
      </Section>
    </>
  )
}
