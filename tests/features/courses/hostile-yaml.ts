import { QUIZ } from './hostile.ts'
import type { HostileFile } from './hostile-file.ts'
import { COURSE_YAML } from './support.ts'

/** course.yaml, quizzes, banks and glossaries that try to run, exhaust, deceive or reach into objects. */
const at = 'course.yaml'
const course = (line: string, instead: string) => COURSE_YAML.replace(line, instead)
const title = (value: string) => course('title: 试验课程', `title: ${value}`)
const quiz = (from: string, to: string) => QUIZ.replace(from, to)
const Q = '01-lesson.quiz.yaml'
const G = 'glossary.yaml'
const word = (more: string) => `terms:\n  - term: 漏保\n    text: 比较电流。\n${more}`

const question = (n: number, topic = 'lesson') =>
  `  - id: q${n}\n    kind: true_false\n    topic: ${topic}\n    prompt: 可以带电作业吗？\n    options: [{ id: "true", text: 对 }, { id: "false", text: 错 }]\n    answer: ["false"]\n    why: 先停电。\n`
const BANK = `questions:\n${Array.from({ length: 30 }, (_, n) => question(n)).join('')}`
const TEST = `title: 考试\ntitle_en: Test\nintro: 考\nintro_en: x\nbank: final\ndraw:\n  - { topic: lesson, count: 20 }\nminutes: 30\npass_percent: 80\nattempts: 3\npause_hours: 24\nshow: mistakes\n`
const withTest = { 'final.test.yaml': TEST, 'final.bank.yaml': BANK }
const bank = (from: string, to: string) => ({ at: 'final.bank.yaml', file: BANK.replace(from, to), more: withTest })
const test = (from: string, to: string) => ({ at: 'final.test.yaml', file: TEST.replace(from, to), more: withTest })

export const hostileYaml: HostileFile[] = [
  // Code by YAML's own means
  { name: 'a Python object', code: 'yaml_tag', at, file: title('§!!python/object/apply:os.system [id]') },
  { name: 'a JavaScript expression', code: 'yaml_tag', at, file: title('§!!js/regexp /x/') },
  { name: 'a Ruby object', code: 'yaml_tag', at, file: title('§!ruby/object:Gem::Installer {}') },
  { name: 'an include', code: 'yaml_tag', at, file: title('§!include /etc/passwd') },
  { name: 'a tag in full', code: 'yaml_tag', at, file: title('§!<tag:evil.example,2026:x> y') },
  { name: 'a directive', code: 'yaml_syntax', at, file: `§%YAML 1.1\n---\n${COURSE_YAML}` },
  { name: 'a tag directive', code: 'yaml_syntax', at, file: `§%TAG ! tag:evil.example,2026:\n---\n${COURSE_YAML}` },
  { name: 'two documents', code: 'yaml_syntax', at, file: `${COURSE_YAML}§---\ntitle: 二\n` },
  // Bombs
  {
    name: 'a billion laughs',
    code: 'yaml_alias',
    at,
    file: `a: &a §["x", "x", "x"]\n${'bcdefgh'
      .split('')
      .map((n, i) => `${n}: &${n} [${Array(9).fill(`*${'abcdefgh'[i]}`).join(', ')}]\n`)
      .join('')}${COURSE_YAML}`,
  },
  { name: 'an anchor that nobody uses', code: 'yaml_alias', at, file: title('&a §课') },
  { name: 'an alias of nothing', code: 'yaml_alias', at, file: title('§*nothing') },
  { name: 'a merge key', code: 'yaml_alias', at, file: `${COURSE_YAML}x: &x §{ a: 1 }\n<<: *x\n` },
  { name: 'an anchor within itself', code: 'yaml_alias', at, file: `${COURSE_YAML}x: &x §[*x]\n` },
  {
    name: 'brackets without end on one line',
    code: 'too_deep',
    at,
    file: title(`${'['.repeat(12)}§${'['.repeat(3000)}`),
  },
  { name: 'brackets without end, one a line', code: 'too_deep', at, file: `§${'[\n'.repeat(20_000)}` },
  {
    name: 'braces without end, one a line, and closed',
    code: 'too_deep',
    at,
    file: `§${'{a:\n'.repeat(6000)}1${'}\n'.repeat(6000)}`,
  },
  { name: 'dashes without end', code: 'too_deep', at, file: `§${'- '.repeat(1500)}x\n` },
  {
    name: 'a file of 65 KB',
    code: 'too_large',
    at,
    file: `${COURSE_YAML}# ${'长'.repeat(80)}\n`.padEnd(65 * 1024, '# 注释\n'),
  },
  {
    name: 'a key of 5000 characters',
    code: 'long_line',
    at,
    file: `${COURSE_YAML}${'k'.repeat(4000)}§${'k'.repeat(1000)}: 1\n`,
  },
  // Objects
  { name: 'the key __proto__', code: 'yaml_unknown', at, file: `${COURSE_YAML}§__proto__: { isAdmin: true }\n` },
  {
    name: 'the key constructor',
    code: 'yaml_unknown',
    at,
    file: `${COURSE_YAML}§constructor: { prototype: { isAdmin: true } }\n`,
  },
  { name: 'the key toString', code: 'yaml_unknown', at, file: `${COURSE_YAML}§toString: x\n` },
  { name: 'a key given twice', code: 'yaml_syntax', at, file: `${COURSE_YAML}§title: 二\n` },
  { name: 'a key that is a list', code: 'yaml_unknown', at, file: `${COURSE_YAML}? [a, b]\n: 1\n` },
  { name: 'a list where keys belong', code: 'yaml_type', at, file: '§- title: 课\n' },
  { name: 'JSON of another kind', code: 'yaml_missing', at, file: '§{"name": "x", "version": "1.0.0"}\n' },
  { name: 'an empty file', code: 'yaml_type', at, file: '' },
  // Values
  { name: 'hours without end', code: 'yaml_type', at, file: course('planned_hours: 2', 'planned_hours: §.inf') },
  { name: 'hours that are no number', code: 'yaml_type', at, file: course('planned_hours: 2', 'planned_hours: §.nan') },
  { name: 'hours below zero', code: 'yaml_size', at, file: course('planned_hours: 2', 'planned_hours: §-2') },
  { name: 'hours by the million', code: 'yaml_size', at, file: course('planned_hours: 2', 'planned_hours: §1e9') },
  { name: 'a day that does not exist', code: 'yaml_value', at, file: course('2026-11-01', '§2026-02-30') },
  { name: 'a day with a time', code: 'yaml_value', at, file: course('2026-11-01', '§2026-11-01T00:00:00Z') },
  {
    name: 'an occupation that is SQL',
    code: 'yaml_value',
    at,
    file: course('occupation: null', `occupation: §"1'; drop table course; --"`),
  },
  { name: 'a title of two lines', code: 'yaml_value', at, file: title('§"一\\n二"') },
  { name: 'a title with a NUL behind an escape', code: 'control_character', at, file: title('§"课\\0"') },
  { name: 'a title that turns around behind an escape', code: 'control_character', at, file: title('§"课\\u202e程"') },
  {
    name: 'a title with a terminal’s escape behind an escape',
    code: 'control_character',
    at,
    file: title('§"\\e[2J"'),
  },
  { name: 'a title of a page', code: 'yaml_size', at, file: title(`§${'长'.repeat(61)}`) },
  {
    name: 'sources by the hundred',
    code: 'yaml_size',
    at,
    file: course('sources: []', `sources: §[${Array(31).fill('x').join(', ')}]`),
  },
  { name: 'a course.yaml in UTF-16', code: 'not_utf8', at, file: Buffer.from(`\ufeff${COURSE_YAML}`, 'utf16le') },
  {
    name: 'a course.yaml that is a picture',
    code: 'not_utf8',
    at,
    file: Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
  },
  // Quizzes
  {
    name: 'a quiz with an answer out of a prototype',
    code: 'yaml_value',
    at: Q,
    file: quiz('answer: [a]', 'answer: §[__proto__]'),
  },
  {
    name: 'a quiz with an id of code',
    code: 'yaml_value',
    at: Q,
    file: quiz('id: q1', 'id: §"q1\x24{process.exit()}"'),
  },
  { name: 'a quiz with an id that is a path', code: 'yaml_value', at: Q, file: quiz('id: q1', 'id: §../../keys') },
  { name: 'a quiz of a kind that runs', code: 'yaml_choice', at: Q, file: quiz('kind: single', 'kind: §script') },
  { name: 'a quiz of the kind __proto__', code: 'yaml_choice', at: Q, file: quiz('kind: single', 'kind: §__proto__') },
  { name: 'a quiz that nobody can fail', code: 'yaml_size', at: Q, file: quiz('pass_percent: 60', 'pass_percent: §0') },
  {
    name: 'a quiz that nobody can pass',
    code: 'yaml_size',
    at: Q,
    file: quiz('pass_percent: 60', 'pass_percent: §101'),
  },
  { name: 'a quiz without a question', code: 'yaml_size', at: Q, file: 'pass_percent: 60\nquestions: §[]\n' },
  {
    name: 'a quiz with the same question twice',
    code: 'yaml_value',
    at: Q,
    file: QUIZ + QUIZ.split('questions:\n')[1]!.replace('q1', '§q1'),
  },
  { name: 'a quiz with a hidden field', code: 'yaml_unknown', at: Q, file: `${QUIZ}    §script: alert(1)\n` },
  {
    name: 'a quiz with a function',
    code: 'yaml_tag',
    at: Q,
    file: quiz('why: 没有', 'why: §!!js/function "() => 1" # 没有'),
  },
  // Banks and tests
  { ...bank('topic: lesson', 'topic: §__proto__'), name: 'a bank with a topic out of a prototype', code: 'yaml_value' },
  { ...bank('topic: lesson', 'topic: §../admin'), name: 'a bank with a topic that is a path', code: 'yaml_value' },
  { ...bank('id: q0', '§answer_key: x\n    id: q0'), name: 'a bank with a field of its own', code: 'yaml_unknown' },
  { ...test('bank: final', 'bank: §../final'), name: 'a test that draws from another folder', code: 'yaml_value' },
  { ...test('bank: final', 'bank: §__proto__'), name: 'a test that draws from a prototype', code: 'yaml_value' },
  { ...test('count: 20', 'count: §1e9'), name: 'a test of a billion questions', code: 'yaml_size' },
  { ...test('minutes: 30', 'minutes: §0'), name: 'a test without time', code: 'yaml_size' },
  { ...test('show: mistakes', 'show: §key'), name: 'a test that shows its key', code: 'yaml_choice' },
  { ...test('attempts: 3', 'attempts: §.inf'), name: 'a test with attempts without end', code: 'yaml_type' },
  { name: 'a bank that no test draws from', code: 'bank_unused', at: 'spare.bank.yaml', file: BANK },
  // Glossaries
  {
    name: 'a glossary that says a word twice',
    code: 'yaml_value',
    at: G,
    file: word('  - term: §漏保\n    text: 二\n'),
  },
  {
    name: 'a glossary that says a word twice in other letters',
    code: 'yaml_value',
    at: G,
    file: 'terms:\n  - term: RCD\n    text: 一\n  - term: §ｒｃｄ\n    text: 二\n',
  },
  { name: 'a glossary of nothing', code: 'yaml_size', at: G, file: 'terms: §[]\n' },
  { name: 'a glossary with an alias', code: 'yaml_alias', at: G, file: word('  - term: &x §二\n    text: *x\n') },
  { name: 'a glossary with markup for keys', code: 'yaml_unknown', at: G, file: word('    §html: <script>\n') },
  {
    name: 'a glossary with a text that turns around',
    code: 'control_character',
    at: G,
    file: 'terms:\n  - term: 漏保\n    text: §"a\\u2066b"\n',
  },
  {
    name: 'a glossary by the thousand',
    code: 'yaml_size',
    at: G,
    file: `terms: §[${Array.from({ length: 201 }, (_, n) => `\n  { term: t${n}, text: x }`).join(',')}]\n`,
  },
]
