import { Badge } from '#app/ui/badge.tsx'
import { ButtonLink } from '#app/ui/button.tsx'
import { Callout } from '#app/ui/callout.tsx'
import { useLocale, useWords } from '#app/ui/locale.tsx'
import { Row, RowMeta } from '#app/ui/rows.tsx'
import { type TestStep, testPath } from './progress.ts'
import { words } from './test-step-words.ts'

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

/** Every lesson is done: the test is the next step. */
export function ToTest({ course, isQuiet }: { course: string; isQuiet: boolean }) {
  const w = useWords(words)
  return (
    <>
      <Callout title={w.lessonsDone}>{w.lessonsDoneLead}</Callout>
      <ButtonLink to={testPath(course)} kind={isQuiet ? 'plain' : 'main'} isWide isTall>
        {w.toTest}
      </ButtonLink>
    </>
  )
}
