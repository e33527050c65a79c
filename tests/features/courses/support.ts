import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { TestDatabase } from '#tests/support/database.ts'
import { temporaryFolder } from '#tests/support/folder.ts'
import { HEAD, QUIZ } from './hostile.ts'

export const COURSE_YAML = `title: 试验课程
title_en: Trial course
summary: 为测试而写
summary_en: Written for the tests
occupation: null
planned_hours: 2
sources: []
updated_on: 2026-11-01
author: 测试
`

export const SVG =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 60"><title>图</title><path d="M0 0h9"/></svg>\n'

export type Files = Record<string, string | Uint8Array>

/** A folder with one course folder per key, below a temporary folder. */
export async function contentFolder(courses: Record<string, Files>): Promise<string> {
  const dir = temporaryFolder('content')
  for (const [slug, files] of Object.entries(courses)) {
    await mkdir(join(dir, slug))
    for (const [name, content] of Object.entries(files)) {
      await mkdir(dirname(join(dir, slug, name)), { recursive: true })
      await writeFile(join(dir, slug, name), content)
    }
  }
  return dir
}

/** A course of one lesson with this body. */
export const courseOf = (body: string, more: Files = {}): Files => ({
  'course.yaml': COURSE_YAML,
  'f.svg': SVG,
  '01-lesson.mdx': HEAD + body,
  ...more,
})

/** Two lessons with a quiz each. */
export const TWO_LESSONS: Files = {
  'course.yaml': COURSE_YAML,
  'f.svg': SVG,
  '01-first.mdx': `${HEAD}## 第一节\n\n正文。\n\n<Figure src="f.svg" alt="图" caption="图1" />\n\n<Quiz />\n`,
  '01-first.quiz.yaml': QUIZ,
  '02-second.mdx': `${HEAD}## 第二节\n\n正文。\n\n<Quiz />\n`,
  '02-second.quiz.yaml': QUIZ,
}

/** A published course `trial` of lessons `first` and `second`, as rows: for tests of what happens around lessons. */
export async function plainCourse({ owner }: TestDatabase, slug = 'trial'): Promise<void> {
  const at = '2026-10-01T00:00:00Z'
  await owner`insert into course (slug, title, title_en, summary, summary_en, planned_hours, sources, author, updated_on, digest, published_at)
    values (${slug}, '试验课程', 'Trial course', '', '', 2, '[]', '测试', '2026-10-01', ${Buffer.alloc(32)}, ${at})`
  for (const [index, name] of ['first', 'second'].entries())
    await owner`insert into lesson (course_slug, slug, position, title, title_en, summary, minutes, version, has_quiz)
      values (${slug}, ${name}, ${index + 1}, ${`第${index + 1}课`}, ${`Lesson ${index + 1}`}, '', 5, 1, true)`
}
