import { beforeAll, expect, test } from 'vitest'
import { prepareContent } from '#app/features/ops/prepare.server.ts'
import { freshDatabase, type TestDatabase } from '#tests/support/database.ts'

let database: TestDatabase

// Published once a run, for every file that starts a site: a problem in it fails them all.
beforeAll(async () => {
  database = await freshDatabase({ holds: 'content' })
})

test('the courses of this repository are published without a problem, and change nothing when they are published again', async () => {
  const before = await versions()
  expect(await prepareContent('content')).toEqual([])
  expect(await versions()).toEqual(before)
})

test('each of the six courses has five lessons or more, every one of 800 characters or more with a quiz; and a figure, a table and a numbered list', async () => {
  const lessons = await database.owner<Lesson[]>`
    select l.course_slug as course, l.slug as lesson,
      (select string_agg(b ->> 'html', '') from jsonb_array_elements(v.blocks) b where b ->> 'kind' = 'html') as html,
      q.questions is not null as "hasQuiz"
    from lesson l join lesson_version v on v.course_slug = l.course_slug and v.lesson_slug = l.slug and v.version = l.version
    left join quiz q on q.course_slug = l.course_slug and q.lesson_slug = l.slug and q.version = l.version
    where l.withdrawn_at is null order by 1, l.position`
  const courses = [...new Set(lessons.map(({ course }) => course))]
  expect(courses).toHaveLength(6)
  for (const course of courses) {
    const own = lessons.filter((lesson) => lesson.course === course)
    expect(own.length, course).toBeGreaterThanOrEqual(5)
    for (const { html, lesson, hasQuiz } of own) {
      const characters = html.replace(/<[^>]*>/g, '').match(/\p{Script=Han}/gu) ?? []
      expect(characters.length, `${course}/${lesson}`).toBeGreaterThanOrEqual(800)
      expect(hasQuiz, `${course}/${lesson}`).toBe(true)
    }
    for (const part of ['<img', '<table', '<ol'])
      expect(
        own.some(({ html }) => html.includes(part)),
        `${course}: ${part}`,
      ).toBe(true)
  }
})

test('each has a final test of 20 questions or more, drawn from a larger bank', async () => {
  const tests = await database.owner<{ course: string; asked: number; kept: number }[]>`
    select t.course_slug as course, v.question_count::int as asked,
      (select count(*)::int from jsonb_each(b.key)) as kept
    from final_test t join final_test_version v on v.course_slug = t.course_slug and v.version = t.version
    join final_test_bank b on b.course_slug = t.course_slug and b.version = t.version`
  expect(tests).toHaveLength(6)
  for (const { course, asked, kept } of tests) {
    expect(asked, course).toBeGreaterThanOrEqual(20)
    expect(kept, course).toBeGreaterThan(asked)
  }
})

type Lesson = { course: string; lesson: string; html: string; hasQuiz: boolean }

const versions = () => database.owner`select course_slug, lesson_slug, version from lesson_version order by 1, 2, 3`
