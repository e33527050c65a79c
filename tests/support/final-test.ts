import { type Asked, keyAsAsked } from '#app/features/courses/final-test/draw.ts'
import type { QuizKey } from '#app/features/courses/marking.ts'
import type { Answers } from '#app/features/courses/question.ts'
import type { TestDatabase } from './database.ts'

type Row = { id: string; paper: Asked[]; key: QuizKey }

/** The latest attempt of an account with what is right in it, past row-level security. */
export async function attemptOf(
  { owner }: TestDatabase,
  accountId: string,
  courseSlug: string,
): Promise<{ id: string; paper: Asked[]; right: Answers; whys: string[] }> {
  const [row] = await owner<Row[]>`
    select a.id, a.paper, b.key from final_test_attempt a
    join final_test_bank b on b.course_slug = a.course_slug and b.version = a.version
    where a.account_id = ${accountId} and a.course_slug = ${courseSlug} order by a.number desc limit 1`
  const { id, paper, key } = row!
  const keys = paper.map((asked) => ({ asked, key: keyAsAsked(asked, key[asked.question.id]!) }))
  const right = keys.map(({ asked, key }): [string, string[]] => [
    asked.question.id,
    asked.question.kind === 'fill_in'
      ? key.answer.slice(0, 1)
      : asked.question.kind === 'multiple'
        ? [...key.answer].sort()
        : key.answer,
  ])
  return { id, paper, right: Object.fromEntries(right), whys: keys.map(({ key }) => key.why) }
}

/** Answers as the fields of a form. */
export const fieldsOf = (answers: Answers): [string, string][] =>
  Object.entries(answers).flatMap(([id, given]) => given.map((value): [string, string] => [`q-${id}`, value]))

/** What a page posts: a whole form that was opened with nothing answered, or the questions that a script names. */
export function formOf(answers: Answers, { isScript = false } = {}): FormData {
  const form = new FormData()
  if (!isScript) form.append('was', '{}')
  for (const id of isScript ? Object.keys(answers) : []) form.append('changed', id)
  for (const [name, value] of fieldsOf(answers)) form.append(name, value)
  return form
}

/** The first so many questions of some answers. */
export const firstOf = (answers: Answers, count: number): Answers =>
  Object.fromEntries(Object.entries(answers).slice(0, count))

/** Every lesson of a course done by an account, past row-level security. */
export async function finishLessons({ owner }: TestDatabase, accountId: string, courseSlug: string, at = new Date()) {
  await owner`
    insert into lesson_progress
      (account_id, course_slug, lesson_slug, read_at, read_version, seen_revision, passed_at, done_at)
    select ${accountId}, course_slug, slug, at, version, revision, case when has_quiz then at end, at
    from lesson, (select ${at.toISOString()}::timestamptz as at)
    where course_slug = ${courseSlug} and withdrawn_at is null
    on conflict (account_id, course_slug, lesson_slug) do update
      set passed_at = excluded.passed_at, done_at = excluded.done_at`
}
