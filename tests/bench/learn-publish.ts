import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { system } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { publishCourses } from '#app/features/courses/publish.server.ts'
import type { LearnFigure, LearnWorld } from './learn.ts'
import { asOwner } from './own-database.ts'

const BYTES = 32 * 1024
const FORMULAS = 150
const REPEATS = 5

const COURSE_YAML = `title: 测速课程
title_en: Bench course
summary: 测速
summary_en: Bench
occupation: null
planned_hours: 2
sources: []
updated_on: 2026-11-01
author: 测速
`

/** How long it takes to publish a lesson of 32 KB with 150 formulas, its compiler's start included; the reference is one of a line. */
export async function measurePublish({ dataDir }: LearnWorld): Promise<LearnFigure[]> {
  const dir = join(dataDir, 'bench-content')
  const publish = async (body: string) => {
    await mkdir(join(dir, 'bench-publish'), { recursive: true })
    await writeFile(join(dir, 'bench-publish/course.yaml'), COURSE_YAML)
    const head = '---\ntitle: 测速\ntitle_en: Bench\nminutes: 20\nsummary: 测速\n---\n\n'
    await writeFile(join(dir, 'bench-publish/01-lesson.mdx'), head + body)
    const began = performance.now()
    const report = await as(system('content'), (tx) => publishCourses(tx, { dir, now: new Date() }))
    const ms = performance.now() - began
    const problem = report.problems[0]
    if (problem || report.courses[0]?.compiled !== 1) throw new Error(`not published: ${problem?.code ?? 'unchanged'}`)
    return ms
  }
  try {
    return await asOwner(dataDir, async () => {
      const [large, small]: [number[], number[]] = [[], []]
      for (let n = 0; n <= REPEATS; n++) {
        small.push(await publish(`## 第${n}版\n\n一行。\n`))
        large.push(await publish(lesson(n)))
      }
      const median = (times: number[]) => times.slice(1).sort((one, other) => one - other)[REPEATS >> 1]!
      const [value, measured] = [median(large), median(small)]
      return [{ figure: 'publish_ms', value, unit: 'ms per lesson', reference: 'a lesson of one line', measured }]
    })
  } finally {
    await rm(dir, { recursive: true, force: true })
  }
}

/** Paragraphs with a formula each, of 32 KB in all; another one for each `n`. */
function lesson(n: number): string {
  const parts = Array.from(
    { length: FORMULAS },
    (_, k) => `第${k + 1}步：负载电流为$I_{${k}} = \\frac{P_{${n}}}{\\sqrt{3}\\,U\\cos\\varphi}$，`,
  )
  const filling = '查明停电范围，验明无电压，再装设接地线。'
  const bytes = Buffer.byteLength(parts.join('\n\n'))
  const each = Math.floor((BYTES - bytes) / FORMULAS / Buffer.byteLength(filling))
  return `## 第${n}版\n\n${parts.map((part) => part + filling.repeat(Math.max(1, each))).join('\n\n')}\n`
}
