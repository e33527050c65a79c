import { createInterface } from 'node:readline'
import { type CompileJob, compileLesson } from '../mdx/compile.server.ts'

/**
 * The program of the compile worker: one JSON job a line on stdin, one JSON answer a line on stdout, in order. An entry
 * point of its own (`build/compile-lesson.js`): it is started with an empty environment and under limits, and it knows
 * neither the database nor any key. Ends when its stdin does, so that it never outlives the process that started it.
 */
for await (const line of createInterface({ input: process.stdin })) {
  const compiled = await compileLesson(JSON.parse(line) as CompileJob)
  process.stdout.write(`${JSON.stringify(compiled)}\n`)
}
process.exit(0)
