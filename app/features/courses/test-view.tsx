import { TestRulesCard, WayIn, type WayInProps } from './final-test/test-intro.tsx'
import { TestPaper } from './final-test/test-paper.tsx'
import { TestResult } from './final-test/test-result.tsx'
import type { Answers } from './question.ts'
import type { TestPage } from './test-page.server.ts'

type Props = Pick<WayInProps, 'course' | 'who'> & {
  page: TestPage
  open: { unanswered: string[]; answers: Answers } | null
  /** Null for nobody who could sit it. */
  now: Date | null
  onOver: () => void
}

/** A final test where its reader stands: its rules and the way in, the paper while an attempt runs, or the result. */
export function TestView({ course, who, page, open, now, onOver }: Props) {
  const { latest, rules, entry, next, isExempt } = page
  if (now && latest?.submittedAt === null) {
    return <TestPaper key={latest.id} {...{ course, attempt: latest, open, now, onOver }} />
  }
  const wayIn = <WayIn {...{ course, entry, who, isExempt, next }} isAgain={latest !== null} />
  return (
    <div className="stack">
      {latest ? (
        <TestResult attempt={latest}>{wayIn}</TestResult>
      ) : (
        <>
          <TestRulesCard rules={rules} />
          {wayIn}
        </>
      )}
    </div>
  )
}
