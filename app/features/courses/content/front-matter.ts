import { z } from 'zod'
import { type Finding, finding } from '../problem.ts'
import { lineOfText } from './shapes.ts'
import { readYaml } from './yaml.ts'

/** A published lesson is a version. `revision` says that this one differs in substance, `changes` how: see content/README.md. */
const lessonShape = z
  .strictObject({
    title: lineOfText(60),
    title_en: lineOfText(120),
    minutes: z.number().int().min(1).max(240),
    /** The least active minutes; left out: the policy's share of `minutes`. */
    active_minutes: z.number().int().min(0).max(240).optional(),
    summary: lineOfText(300),
    revision: z.number().int().min(1).max(999).default(1),
    changes: lineOfText(120).optional(),
  })
  .refine(({ minutes, active_minutes: least = 0 }) => least <= minutes, {
    path: ['active_minutes'],
    message: 'must not be more than minutes',
  })
  .superRefine(({ revision, changes }, context) => {
    const say = (message: string) => context.addIssue({ code: 'custom', path: ['changes'], message })
    if (revision > 1 && changes === undefined) say('revision 2 and above say in one sentence what changed')
    if (revision === 1 && changes !== undefined) say('belongs to revision 2 and above: add revision, or leave it out')
  })

export type LessonHead = z.output<typeof lessonShape>

/** Front matter of a lesson is a handful of lines. */
const MAX_LINES = 40

/**
 * Splits a lesson into its head and its body. Only `---` and YAML: gray-matter would run `---js` as code, so every other
 * engine is refused here and no library ever sees the head. In the body the head's lines are blank, so that lines count
 * as in the file, and so that no library finds front matter there again.
 */
export const splitFrontMatter = (text: string): Split<LessonHead> => splitHead(text, lessonShape)

type Split<H> = { head: H; body: string } | { findings: Finding[] }

/** The same with a head of another shape. */
export function splitHead<S extends z.ZodType>(text: string, shape: S): Split<z.output<S>> {
  const lines = text.split('\n')
  const first = lines[0] ?? ''
  const fence = /^\s*(-{3,}|\+{3,}|;{3,}|={3,})[ \t]*(\S*)/.exec(first)
  if (!fence) return { findings: [finding(1, 1, 'front_matter_missing')] }
  if (fence[1] !== '---' || fence[2] !== '' || first.startsWith(' ')) {
    return { findings: [finding(1, 1, 'front_matter_engine', first.trim())] }
  }
  const end = lines.findIndex((line, index) => index > 0 && line.trimEnd() === '---')
  if (end < 0 || end > MAX_LINES) return { findings: [finding(1, 1, 'front_matter_open')] }

  const read = readYaml(lines.slice(1, end).join('\n'), shape, 2)
  if ('findings' in read) return read
  const body = [...lines.slice(0, end + 1).map(() => ''), ...lines.slice(end + 1)].join('\n')
  return { head: read.value, body }
}
