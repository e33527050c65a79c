import { words as dates } from '#app/lib/date-words.ts'
import { Badge } from '#app/ui/badge.tsx'
import { ButtonLink } from '#app/ui/button.tsx'
import { Callout } from '#app/ui/callout.tsx'
import { useLocale, useWords } from '#app/ui/locale.tsx'
import { Row, RowMeta } from '#app/ui/rows.tsx'
import type { Entry } from './attempts.ts'
import { words } from './final-test/test-step-words.ts'
import { type TestStep, testPath } from './progress.ts'

/** The last row of a course's outline. */
export function TestRow({ course, test, isLearner }: { course: string; test: TestStep; isLearner: boolean }) {
  const w = useWords(words)
  const locale = useLocale()
  return (
    <Row to={testPath(course)} title={locale === 'en' ? test.titleEn : test.title}>
      <RowMeta>
        {w.lead} {isLearner && <TestState test={test} />}
      </RowMeta>
    </Row>
  )
}

function TestState({ test }: { test: TestStep }) {
  const w = useWords(words)
  if (test.isPassed) return <Badge tone="met">{w.passed}</Badge>
  if (test.isExempt) return <Badge tone="none">{w.exempt}</Badge>
  return <Badge tone="none">{w.open}</Badge>
}

/** What there is to do about a test that is still asked for, and what goes with it: attempts left, or from when again. */
export function useTestSaid(entry: Entry | null): { label: string; note: string | null } | null {
  const w = useWords(words)
  const d = useWords(dates)
  if (entry === null) return null
  if (entry.ok) return { label: w.toTest, note: w.left(entry.left) }
  if (entry.reason === 'pause') return { label: w.seeTest, note: w.pause(d.instant(entry.until)) }
  if (entry.reason === 'running') return { label: w.goOnTest, note: w.running }
  return { label: w.testAhead, note: null }
}

/** Every lesson is done: the test is the next step. */
export function ToTest({ course, entry, isQuiet }: { course: string; entry: Entry | null; isQuiet: boolean }) {
  const w = useWords(words)
  const said = useTestSaid(entry)
  return (
    <>
      <Callout title={w.lessonsDone}>{w.lessonsDoneLead}</Callout>
      <ButtonLink to={testPath(course)} kind={isQuiet ? 'plain' : 'main'} isWide isTall>
        {said?.label ?? w.toTest}
      </ButtonLink>
      {said?.note && <p className="soft small">{said.note}</p>}
    </>
  )
}
