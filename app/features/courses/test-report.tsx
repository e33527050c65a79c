import { percent } from '#app/lib/percent.ts'
import { Section } from '#app/ui/card.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { type Column, Table } from '#app/ui/table.tsx'
import { testReportWords } from './test-report-words.ts'
import type { TestReport as Report, TestQuestionResult } from './watching/test-results.server.ts'

/** How the questions of a course's final test went; nothing where nobody sat it. */
export function TestReport({ report: { totals, questions } }: { report: Report }) {
  const w = useWords(testReportWords)
  if (totals.attempts === 0) return null
  const columns: Column<TestQuestionResult>[] = [
    { key: 'question', head: w.question, isRowHead: true, cell: ({ prompt }) => <span lang="zh-CN">{prompt}</span> },
    { key: 'shown', head: w.shown, isNumeric: true, cell: ({ shown }) => shown },
    { key: 'right', head: w.right, isNumeric: true, cell: ({ right }) => `${percent(right)?.toFixed(1)}%` },
    { key: 'blank', head: w.blank, isNumeric: true, cell: ({ blank }) => blank },
  ]
  return (
    <Section title={w.title}>
      <p className="soft small">{w.totals(totals.learners, totals.attempts, totals.passed)}</p>
      <Table caption={w.title} columns={columns} rows={questions} rowKey={({ id }) => id} isCards />
    </Section>
  )
}
