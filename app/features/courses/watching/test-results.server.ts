import { and, eq, isNotNull, type SQLWrapper, sql } from 'drizzle-orm'
import type { Fraction } from '#app/lib/percent.ts'
import type { Tx } from '#db/client.server.ts'
import { finalTestAttempt } from '#db/schema/index.ts'
import type { QuestionResult } from './quiz-results.ts'

/** How one question of a final test went. */
export type TestQuestionResult = {
  id: string
  /** As it was asked last. */
  prompt: string
  /** In so many attempts it was asked. */
  shown: number
  /** Of those. What was not answered is not right. */
  right: Fraction
  blank: number
}

/** A question of a lesson's quiz, or of the final test. */
export type AnyResult = QuestionResult | TestQuestionResult

export type TestTotals = { learners: number; passed: number; attempts: number }

export type TestReport = { totals: TestTotals; questions: TestQuestionResult[] }

/** `accounts`: a query of the accounts that are looked at; without it everybody's whom the viewer may see. */
type Of = { courseSlug: string; accounts?: SQLWrapper }

const over = ({ courseSlug, accounts }: Of) =>
  and(
    eq(finalTestAttempt.courseSlug, courseSlug),
    isNotNull(finalTestAttempt.submittedAt),
    accounts && sql`${finalTestAttempt.accountId} in (${accounts})`,
  )

/**
 * How the questions of a course's final test went, the hardest first. Every attempt that is over counts, since each has
 * questions of its own; a question keeps its id for ever (content/README.md), so that corrections of the bank begin no new
 * count. One that nobody was asked yet is not among them: the bank is closed to everybody. Whose attempts they are, row-level
 * security says: of those who sit in the viewer's online classes of this course.
 */
export async function listTestResults(tx: Tx, of: Of): Promise<TestQuestionResult[]> {
  const asked = sql`jsonb_array_elements(${finalTestAttempt.paper}) with ordinality p (asked, place)`
  const marked = sql`jsonb_array_elements(${finalTestAttempt.marked}) with ordinality m (mark, at)`
  const id = sql<string>`asked -> 'question' ->> 'id'`
  const prompt = sql<string>`(array_agg(asked -> 'question' ->> 'prompt' order by ${finalTestAttempt.submittedAt} desc))[1]`
  const right = sql<number>`(count(*) filter (where (mark ->> 'isRight')::boolean))::int`
  const shown = sql<number>`count(*)::int`
  const isBlank = sql`not exists (select from jsonb_array_elements_text(mark -> 'given') g where g <> '')`
  const rows = await tx
    .select({
      id,
      prompt,
      shown,
      right,
      blank: sql<number>`(count(*) filter (where ${isBlank}))::int`,
    })
    .from(finalTestAttempt)
    .crossJoin(asked)
    .innerJoin(marked, sql`at = place`)
    .where(over(of))
    .groupBy(id)
    .orderBy(sql`${right}::numeric / ${shown}`, id)
  return rows.map((row) => ({ ...row, right: { numerator: row.right, denominator: row.shown } }))
}

/** How many learners sat the test, how many of them passed, and in how many attempts: of the same as {@link listTestResults}. */
export async function findTestTotals(tx: Tx, of: Of): Promise<TestTotals> {
  const [totals] = await tx
    .select({
      learners: sql<number>`count(distinct ${finalTestAttempt.accountId})::int`,
      passed: sql<number>`(count(*) filter (where ${finalTestAttempt.isPassed}))::int`,
      attempts: sql<number>`count(*)::int`,
    })
    .from(finalTestAttempt)
    .where(over(of))
  return totals ?? { learners: 0, passed: 0, attempts: 0 }
}

export async function findTestReport(tx: Tx, of: Of): Promise<TestReport> {
  const [totals, questions] = await Promise.all([findTestTotals(tx, of), listTestResults(tx, of)])
  return { totals, questions }
}
