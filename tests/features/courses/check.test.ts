import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { problemAdvice, problemReason } from '#app/features/courses/problem.ts'
import { adviceWords } from '#app/features/courses/publish/advice-words.ts'
import { type CheckReport, checkCourses } from '#app/features/courses/publish/check.server.ts'
import { problemWords } from '#app/features/courses/publish/problem-words.ts'
import { ruleInChinese } from '#app/features/courses/publish/value-words.ts'
import { weaknessWords } from '#app/features/courses/publish/weakness-words.ts'
import { temporaryFolder } from '#tests/support/folder.ts'
import { sourceFiles } from '#tests/support/sources.ts'
import { HEAD, QUIZ } from './hostile.ts'
import { COURSE_YAML, contentFolder, courseOf, type Files, SVG } from './support.ts'

const NOW = new Date('2026-11-20T00:00:00Z')
const GLOSSARY = 'terms:\n  - term: 剩余电流保护器\n    also: [RCD]\n    text: 比较电流。\n'

/** Mistakes as authors make them: the file, and what the suggestion must say. */
const SLIPS: Record<string, { files: Files; file?: string; says: string }> = {
  component: { files: courseOf('<Calout>\n\n内容\n\n</Calout>\n'), says: '是不是<Callout>？写成<Callout kind="warn"' },
  attribute: { files: courseOf('<Callout titel="x">\n\n内容\n\n</Callout>\n'), says: '是不是“title”？' },
  value: { files: courseOf('<Callout kind="wran">\n\n内容\n\n</Callout>\n'), says: '是不是“warn”？' },
  picture: { files: courseOf('<Figure src="ff.svg" alt="图" />\n'), says: '是不是“f.svg”？' },
  missing: { files: courseOf('<Figure src="f.svg" />\n'), says: '写成<Figure src="flow.svg" alt="' },
  term: {
    files: courseOf('装了<Term>剩余电流保户器</Term>。\n', { 'glossary.yaml': GLOSSARY }),
    says: '是不是“剩余电流保护器”？',
  },
  html: { files: courseOf('一<br />二\n'), says: '换行在行末写一个\\' },
  brace: { files: courseOf('写作{x y}。\n'), says: '写成\\{和\\}' },
  quotes: { files: courseOf('<Callout title=“注意”>\n\n内容\n\n</Callout>\n'), says: '写成title="…"，不要用“…”' },
  closing: { files: courseOf('<Callout>\n\n内容\n'), says: '每个<名称>都要有</名称>' },
  less: { files: courseOf('电压 <5 V\n'), says: '写成\\<' },
  formula: { files: courseOf('$\\fraq{1}{2}$\n'), says: '看看拼写' },
  chinese: { files: courseOf('$电流$\n'), says: '汉字写进\\text{…}' },
  colon: {
    files: courseOf('正文\n', { 'course.yaml': COURSE_YAML.replace('author: 测试', 'author：测试') }),
    file: 'course.yaml',
    says: '写成“author: 值”：半角冒号',
  },
  key: {
    files: courseOf('正文\n', { 'course.yaml': COURSE_YAML.replace('planned_hours', 'planed_hours') }),
    file: 'course.yaml',
    says: '是不是“planned_hours”？',
  },
  kind: {
    files: courseOf('<Quiz />\n', { '01-lesson.quiz.yaml': QUIZ.replace('kind: single', 'kind: singel') }),
    file: '01-lesson.quiz.yaml',
    says: '是不是“single”？',
  },
  file: {
    files: courseOf('正文\n', { '1-Next Step.md': 'x' }),
    file: '1-Next Step.md',
    says: '是不是“01-next-step.mdx”？',
  },
  itself: {
    files: courseOf('正文\n', { 'course.yaml': `${COURSE_YAML}prerequisites: [slip-itself]\n` }),
    file: 'course.yaml',
    says: '删去这一项',
  },
  before: {
    files: courseOf('正文\n', { 'course.yaml': `${COURSE_YAML}prerequisites: [slip-quotse]\n` }),
    file: 'course.yaml',
    says: '是不是“slip-quotes”？',
  },
  circle: {
    files: courseOf('正文\n', { 'course.yaml': `${COURSE_YAML}prerequisites: [slip-back]\n` }),
    file: 'course.yaml',
    says: '从应当先学的那一门删去先修课',
  },
  back: {
    files: courseOf('正文\n', { 'course.yaml': `${COURSE_YAML}prerequisites: [slip-circle]\n` }),
    file: 'course.yaml',
    says: '从应当先学的那一门删去先修课',
  },
  quiz: {
    files: courseOf('正文\n', { '02-lesson.quiz.yaml': QUIZ }),
    file: '02-lesson.quiz.yaml',
    says: '是不是“01-lesson.quiz.yaml”？',
  },
}

const long = '这是一段讲清楚道理的课文，说明为什么要这样做，不这样做会怎样。'
const figure = SVG.replace('<title>', '<style>@media (prefers-color-scheme: dark) { .a { fill: #fff } }</style><title>')
const single = (n: number, right: number) =>
  `  - id: q${n}\n    kind: single\n    prompt: 第${n}题，先做什么？\n    options:\n${['a', 'b', 'c']
    .map(
      (id, index) =>
        `      - { id: ${id}, text: ${index === right ? '先停电、验电、接地、挂牌，再开工' : '马上开工'} }\n`,
    )
    .join('')}    answer: [${['a', 'b', 'c'][right]}]\n    why: 因为没有验电一律按有电处理。\n`
const verdict = (n: number) =>
  `  - id: v${n}\n    kind: true_false\n    prompt: 可以带电作业。\n    options: [{ id: "true", text: 对 }, { id: "false", text: 错 }]\n    answer: ["false"]\n    why: 因为要先停电才能作业。\n`

const good: Files = {
  'course.yaml': COURSE_YAML.replace('sources: []', 'sources: [GB 26860—2011]'),
  'f.svg': figure,
  'glossary.yaml': GLOSSARY,
  '01-lesson.mdx': `${HEAD}## 一\n\n${long.repeat(6)}装了<Term>RCD</Term>。\n\n${`${long.repeat(6)}\n\n`.repeat(5)}<Figure src="f.svg" alt="图上画了一条路，从左到右" />\n\n<Quiz />\n`,
  '01-lesson.quiz.yaml':
    QUIZ +
    QUIZ.split('questions:\n')[1]!.replace('q1', 'q2') +
    QUIZ.split('questions:\n')[1]!.replace('q1', 'q3').replace('[a]', '[b]'),
}
const weak: Files = {
  'course.yaml': COURSE_YAML.replace('2026-11-01', '2026-12-01'),
  'unused.svg': SVG.replace('<title>图</title>', '<text x="1" font-size="4">小</text>'),
  'glossary.yaml': GLOSSARY,
  '01-lesson.mdx': `${HEAD}## 一\n\n#### 三\n\n${'长'.repeat(401)}\n\n| a | b | c | d | e | f |\n| - | - | - | - | - | - |\n\n＜Callout＞ [看](www.gov.cn/x)\n\n<Figure src="unused.svg" alt="图" />\n\n<Formula number="2">\n\n$$\nx\n$$\n\n</Formula>\n\n<Formula number="1">\n\n$$\nx\n$$\n\n</Formula>\n\n<Quiz />\n`,
  '01-lesson.quiz.yaml': QUIZ.replace('没有验电，一律按有电处理。', '规定'),
  '02-next.mdx': `${HEAD}正文\n\n<Quiz />\n`,
  '02-next.quiz.yaml': `pass_percent: 60\nquestions:\n${[1, 2, 3, 4].map((n) => single(n, 1)).join('')}${[1, 2, 3, 4].map(verdict).join('')}`,
  '03-last.mdx': `${HEAD}正文\n`,
  'spare.svg': figure,
}

let report: CheckReport
let dir: string
beforeAll(async () => {
  const slips = Object.entries(SLIPS).map(([name, { files }]): [string, Files] => [`slip-${name}`, files])
  dir = await contentFolder({ ...Object.fromEntries(slips), good, weak })
  report = await checkCourses(dir, [], NOW)
})

test.each(Object.entries(SLIPS))(
  'a slip gets the suggestion that mends it: %s',
  (name, { file = '01-lesson.mdx', says }) => {
    const found = report.problems.filter((problem) => problem.file === `slip-${name}/${file}`)
    expect(found.map((problem) => problemAdvice(problem, 'zh-CN')).join('\n')).toContain(says)
    for (const problem of found) expect(problemAdvice(problem, 'en')).not.toMatch(/[，。？]/)
  },
)

test('every kind of problem and weakness has a reason and a suggestion, in both languages', () => {
  expect(Object.keys(adviceWords['zh-CN']).sort()).toEqual(Object.keys(problemWords['zh-CN']).sort())
  for (const code of Object.keys(problemWords['zh-CN']) as (keyof (typeof problemWords)['zh-CN'])[]) {
    const problem = { line: 1, column: 1, code, detail: 'title max 60 string' }
    for (const say of [problemReason, problemAdvice]) {
      expect(say(problem, 'zh-CN')).toMatch(/\p{Script=Han}/u)
      expect(say(problem, 'en')).toMatch(/^[^\p{Script=Han}]*[a-z]{2}[^\p{Script=Han}]*$/u)
    }
  }
  expect(Object.keys(weaknessWords['zh-CN'].advice)).toEqual(Object.keys(weaknessWords['zh-CN'].reason))
})

test('every rule of a shape is said in Chinese too', () => {
  const files = sourceFiles('app/features/courses', /(shape|shapes|front-matter|glossary)\.ts$/)
  const rules = files.flatMap(({ text }) => [
    ...text.matchAll(
      /(?:message[:=] ?|\.(?:regex|refine|min)\([^\n]*?, |\bsay\(\[[^\]]*\], |\bsay\()(['`])((?:(?!\1).)+)\1/g,
    ),
  ])
  const untold = rules
    .map(([, , rule = '']) => rule.replace(/\$\{[^}]*\}/g, '1'))
    .filter((rule) => ruleInChinese(rule) === rule)
  expect(rules.length).toBeGreaterThan(20)
  expect(untold).toEqual([])
})

test('a good course has nothing to be said about it', () => {
  expect(report.problems.filter(({ file }) => file.startsWith('good'))).toEqual([])
  expect(report.weaknesses.filter(({ file }) => file.startsWith('good'))).toEqual([])
})

test('what is poor is told with its place, and refuses nothing', () => {
  expect(report.problems.filter(({ file }) => file.startsWith('weak'))).toEqual([])
  const told = report.weaknesses
    .filter(({ file }) => file.startsWith('weak'))
    .map(({ file, line, column, code }) => `${file.slice(5)}:${line}:${column} ${code}`)
  expect(told.sort()).toEqual(
    [
      'course.yaml:7:1 sources_missing',
      'course.yaml:8:1 updated_future',
      'course.yaml:1:1 verdict_same',
      'unused.svg:1:62 figure_small_text',
      'unused.svg:1:1 figure_untitled',
      'unused.svg:1:1 figure_light_only',
      'spare.svg:1:1 figure_unused',
      'glossary.yaml:2:5 term_unused',
      '01-lesson.mdx:1:1 lesson_short',
      '01-lesson.mdx:9:1 heading_skipped',
      '01-lesson.mdx:11:1 paragraph_long',
      '01-lesson.mdx:14:1 table_wide',
      '01-lesson.mdx:16:1 wide_bracket',
      '01-lesson.mdx:16:15 link_without_scheme',
      '01-lesson.mdx:18:1 alt_short',
      '01-lesson.mdx:28:1 formula_order',
      '01-lesson.quiz.yaml:3:5 quiz_few',
      '01-lesson.quiz.yaml:3:5 why_short',
      '02-next.mdx:1:1 lesson_short',
      '02-next.quiz.yaml:3:5 answer_same_place',
      '02-next.quiz.yaml:3:5 answer_longest',
      '03-last.mdx:1:1 lesson_short',
      '03-last.mdx:1:1 lesson_without_quiz',
    ].sort(),
  )
  const planted = new Set(report.weaknesses.map(({ code }) => code))
  expect(Object.keys(weaknessWords.en.reason).filter((code) => !planted.has(code as never))).toEqual([
    'updated_long_ago',
  ])
})

test('a course that was revised two years ago is to be looked at again', async () => {
  const on = async (now: string) =>
    (await checkCourses(dir, ['good'], new Date(now))).weaknesses.map(({ code }) => code)
  expect(await on('2028-10-30T00:00:00Z')).toEqual([])
  expect(await on('2028-11-02T00:00:00Z')).toEqual(['updated_long_ago'])
})

type Ran = { status: number; out: string; err: string }
const run = (args: string[], env: Record<string, string> = {}): Promise<Ran> =>
  new Promise((resolve) => {
    const none = join(temporaryFolder('no-database'), 'data')
    const options = {
      env: { PATH: process.env.PATH, DATA_DIR: none, NODE_ENV: 'production' as const, LANG: 'zh_CN.UTF-8', ...env },
    }
    execFile(process.execPath, ['build/cli.js', 'content:check', ...args], options, (error, out, err) => {
      expect(existsSync(none)).toBe(false)
      resolve({ status: Number(error?.code ?? 0), out, err })
    })
  })

test('the command needs no database, speaks the shell’s language, and says by its status whether all may be published', async () => {
  const [fine, slip, english, json, wrong, absent] = await Promise.all([
    run(['--dir', dir, 'weak']),
    run(['--dir', dir, 'slip-component']),
    run(['--dir', dir, join(dir, 'slip-component/01-lesson.mdx')], { LANG: 'en_GB.UTF-8' }),
    run(['--dir', dir, '--json', 'slip-component']),
    run(['--no-such-option']),
    run(['--dir', dir, 'nothing']),
  ])
  expect([fine, slip, english, json, wrong, absent].map(({ status }) => status)).toEqual([0, 1, 1, 1, 2, 1])
  expect(fine.out).toMatch(/查了1门课程、3课，用时\d+\.\d秒：0处错误，23处提醒。可以发布。\n$/)
  expect(slip.out).toMatch(/slip-component\/01-lesson\.mdx:7:1 错误：没有组件<Calout>.*\n {4}建议：是不是<Callout>？/)
  expect(english.out).toMatch(
    /slip-component\/01-lesson\.mdx:7:1 error: no component <Calout>.*\n {4}suggestion: did you mean/,
  )
  expect(JSON.parse(json.out)).toMatchObject({ courses: 1, errors: 1, warnings: 4 })
  expect(JSON.parse(json.out).findings[0]).toMatchObject({
    line: 7,
    column: 1,
    level: 'error',
    code: 'component_unknown',
  })
  expect(wrong.out).toBe('')
  expect(absent.out).toContain('没有这个文件夹')
})
