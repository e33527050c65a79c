import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import { anonymous, system } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { problemLine } from '#app/features/courses/problem.ts'
import { publishCourses } from '#app/features/courses/publish.server.ts'
import { finalTest, finalTestBank } from '#db/schema/index.ts'
import { freshDatabase, type TestDatabase } from '#tests/support/database.ts'
import { BANK, bankYaml, FINAL_TEST, TEST_YAML } from './questions.ts'
import { contentFolder, TWO_LESSONS } from './support.ts'

let database: TestDatabase
let dir: string
const NOW = new Date('2026-11-01T02:00:00Z')
const LATER = new Date('2026-11-02T02:00:00Z')

// No lesson is compiled: what they say is not what is tested here.
const publish = (now = NOW) =>
  as(system('content'), (tx) =>
    publishCourses(tx, { dir, now, compile: async (jobs) => jobs.map(() => ({ blocks: [] })) }),
  )

beforeAll(async () => {
  database = await freshDatabase()
})
beforeEach(async () => {
  await database.owner`truncate course, lesson, lesson_version, quiz, quiz_key, lesson_progress, quiz_attempt,
    final_test, final_test_version, final_test_bank cascade`
  const made = await contentFolder({ trial: { ...TWO_LESSONS, ...FINAL_TEST } })
  dir = made
  return () => rm(made, { recursive: true, force: true })
})

const write = (name: string, text: string) => writeFile(join(dir, 'trial', name), text)
const remove = (name: string) => rm(join(dir, 'trial', name))
const versions = async () => {
  const rows = await database.owner`
    select t.version, t.required_since as since, t.withdrawn_at is not null as gone, (select count(*)::int from final_test_version) as kept
    from final_test t`
  return rows.map(({ version, since, gone, kept }) => ({ version, since: since as Date, gone, kept }))
}
const problems = async () => (await publish()).problems.map((problem) => problemLine(problem, 'en'))

test('a final test is published with its rules, and its bank apart, by topic, without an answer among the questions', async () => {
  expect((await publish()).problems).toEqual([])
  const [rules] =
    await database.owner`select question_count, minutes, attempts, show, is_shuffled from final_test_version`
  expect(rules).toEqual({ question_count: 20, minutes: 30, attempts: 2, show: 'mistakes', is_shuffled: true })
  const [bank] = await database.owner`select topics, key from final_test_bank`
  const topics = bank?.topics as { topic: string; count: number; questions: unknown[] }[]
  expect(topics.map(({ topic, count, questions }) => [topic, count, questions.length])).toEqual([
    ['first', 12, 18],
    ['second', 8, 12],
  ])
  expect(JSON.stringify(topics)).not.toMatch(/CANARY|"s1"|"r1"/)
  expect(Object.keys(bank?.key as object)).toHaveLength(30)
})

test('the bank is closed to everyone but the system that draws and marks', async () => {
  await publish()
  for (const actor of [anonymous, system('ledger'), system('seats')]) {
    expect(await as(actor, (tx) => tx.select().from(finalTestBank))).toEqual([])
  }
  expect(await as(anonymous, (tx) => tx.select().from(finalTest))).toHaveLength(1)
})

test('a test whose files are as they were stays as it is, also when a lesson changes; a changed bank is a new version', async () => {
  await publish()
  await write('course.yaml', TWO_LESSONS['course.yaml']!.toString().replace('试验', '试行'))
  expect((await publish(LATER)).courses[0]?.outcome).toBe('published')
  expect(await versions()).toEqual([{ version: 1, since: NOW, gone: false, kept: 1 }])
  await write('final.bank.yaml', bankYaml().replaceAll('检修前', '开工前'))
  await publish(LATER)
  expect(await versions()).toEqual([{ version: 2, since: NOW, gone: false, kept: 2 }])
})

test('a test whose file is gone is asked for no more; back again, it is asked for from then on', async () => {
  await publish()
  await remove('final.test.yaml')
  await remove('final.bank.yaml')
  await publish(LATER)
  expect(await versions()).toEqual([{ version: 1, since: NOW, gone: true, kept: 1 }])
  await write('final.test.yaml', TEST_YAML)
  await write('final.bank.yaml', bankYaml())
  await publish(LATER)
  expect(await versions()).toEqual([{ version: 2, since: LATER, gone: false, kept: 2 }])
})

test('a topic needs half as many questions again as are drawn: 18 for 12 are enough, 17 are not', async () => {
  expect(await problems()).toEqual([])
  await write('final.bank.yaml', bankYaml(BANK.slice(1)))
  expect(await problems()).toEqual([
    'trial/final.test.yaml:7:28 not as it should be: draw[1].count: the bank has 17 of this topic: drawing 12 takes 18 or more',
  ])
})

test('a test asks 20 questions or more: 19 are refused', async () => {
  await write('final.test.yaml', TEST_YAML.replace('count: 8', 'count: 7'))
  expect(await problems()).toEqual([
    'trial/final.test.yaml:7:3 not as it should be: draw: draws 19 questions: 20 to 100 make a test',
  ])
})

const withQuestion = (more: object) => bankYaml([...BANK, { ...BANK[0], id: 'more', ...more }])
const wrong: [string, string, string, string][] = [
  ['a topic that is no lesson', 'final.bank.yaml', withQuestion({ topic: 'third' }), '32:'],
  [
    'a question without a topic',
    'final.bank.yaml',
    withQuestion({ topic: undefined }),
    '32:5 not as it should be: questions[31]: topic is missing',
  ],
  ['a question twice', 'final.bank.yaml', withQuestion({ id: BANK[3]!.id }), '32:'],
  ['a bank of nothing', 'final.bank.yaml', 'questions: []\n', '1:'],
  ['a topic that the bank does not have', 'final.test.yaml', TEST_YAML.replace('second', 'third'), '8:14'],
  ['a topic drawn twice', 'final.test.yaml', TEST_YAML.replace('second', 'first'), '8:14'],
  ['a bank that is not there', 'final.test.yaml', TEST_YAML.replace('bank: final', 'bank: other'), '5:7'],
  ['no time at all', 'final.test.yaml', TEST_YAML.replace('minutes: 30', 'minutes: 0'), '9:10'],
  ['an unknown way to show', 'final.test.yaml', TEST_YAML.replace('mistakes', 'everything'), '13:7'],
]
test.each(wrong)('refused, with file, line and column: %s', async (_name, file, text, place) => {
  await write(file, text)
  expect((await problems())[0]).toContain(`trial/${file}:${place}`)
})

test('a bank that no test draws from is refused, and so is a test without its bank', async () => {
  await write('spare.bank.yaml', bankYaml())
  expect(await problems()).toEqual([expect.stringContaining('trial/spare.bank.yaml:1:1 no test draws from')])
  await remove('spare.bank.yaml')
  await remove('final.bank.yaml')
  expect(await problems()).toEqual([expect.stringContaining('there is no file final.bank.yaml')])
})
