import { cp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { system } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { findHelp, listHelp } from '#app/features/courses/help.server.ts'
import { COMPONENT_NAMES, componentAttributes } from '#app/features/courses/mdx/allowed.ts'
import { compileLessons } from '#app/features/courses/publish/compile.server.ts'
import { componentExamples } from '#app/features/courses/publish/component-words.ts'
import { publishHelp } from '#app/features/courses/publish-help.server.ts'
import { freshDatabase, type TestDatabase } from '#tests/support/database.ts'
import { temporaryFolder } from '#tests/support/folder.ts'

const visitor = { kind: 'anonymous' } as const
let database: TestDatabase
let dir: string
let jobs = 0

const publish = () =>
  as(system('content'), (tx) =>
    publishHelp(tx, {
      dir,
      now: new Date('2026-11-20T02:00:00Z'),
      compile: (batch) => {
        jobs += batch.length
        return compileLessons(batch)
      },
    }),
  )

beforeAll(async () => {
  database = await freshDatabase({ holds: 'content' })
  dir = temporaryFolder('help')
  await cp('content/help', dir, { recursive: true })
}, 120_000)

const pagesOf = (locale: 'zh-CN' | 'en') => as(visitor, (tx) => listHelp(tx, locale))
const helpText = async (locale: 'zh-CN' | 'en', slug: string) => {
  const page = await as(visitor, (tx) => findHelp(tx, { locale, slug }))
  return page!.blocks.map((block) => (block.kind === 'html' ? Buffer.from(block.html).toString() : '')).join('')
}

/** An attribute as text writes it: with its value, or named as code. */
const written = (attribute: string) => new RegExp(`[ \`]${attribute}[=\`]`)

test('a manual that is published already costs no compiling', async () => {
  expect(await publish()).toMatchObject({ outcome: 'unchanged', compiled: 0, problems: [] })
  expect(jobs).toBe(0)
})

test('every page stands in both languages, in one order, for one kind of reader', async () => {
  const [zh, en] = [await pagesOf('zh-CN'), await pagesOf('en')]
  expect(zh.length).toBeGreaterThan(10)
  const about = (pages: typeof zh) => pages.map(({ slug, reader }) => `${slug} ${reader}`)
  expect(about(en)).toEqual(about(zh))
})

test('the manual shows every component of a lesson as it looks and as it is written, in both languages', async () => {
  for (const [locale, folder] of [
    ['zh-CN', 'zh'],
    ['en', 'en'],
  ] as const) {
    const source = await readFile(join(dir, folder, '10-components.mdx'), 'utf8')
    const examples = source.match(/^```mdx live\n[\s\S]*?^```/gm)!.join('\n')
    const quizzes = await readFile(join(dir, folder, '11-quizzes.mdx'), 'utf8')
    const text = await helpText(locale, 'components')
    for (const name of COMPONENT_NAMES) {
      const live = name === 'Quiz' ? quizzes : examples
      expect(live, `${name} in ${folder}`).toMatch(new RegExp(`\`\`\`mdx live\\n[\\s\\S]*<${name}\\b`))
      for (const attribute of componentAttributes(name))
        expect(source.slice(source.indexOf('##')), `${name} ${attribute}`).toMatch(written(attribute))
      expect(text, `${name} written, in ${folder}`).toContain(name === 'Quiz' ? 'Quiz' : `&lt;${name}`)
    }
    for (const look of ['<figure class="figure"', 'class="callout', 'steps-text', 'class="compare"', 'captioned'])
      expect(text).toContain(look)
    for (const look of ['id="formula-1"', 'class="term"', 'class="glossary"', 'class="example"'])
      expect(text).toContain(look)
  }
})

test('the course manual and the advice of content:check know the same components', async () => {
  const manual = await readFile('content/README.md', 'utf8')
  for (const name of COMPONENT_NAMES) {
    expect(manual).toContain(`<${name}`)
    for (const attribute of componentAttributes(name))
      expect(manual, `${name} ${attribute}`).toMatch(written(attribute))
  }
  for (const words of Object.values(componentExamples))
    expect(Object.keys(words).sort()).toEqual([...COMPONENT_NAMES].sort())
})

test('a page that changed is compiled alone; one that lacks its translation, or is wrong, changes nothing', async () => {
  const path = join(dir, 'zh', '03-display.mdx')
  const text = await readFile(path, 'utf8')
  await writeFile(path, `${text}\n再加一句。\n`)
  expect(await publish()).toMatchObject({ outcome: 'published', compiled: 1 })
  expect(await helpText('zh-CN', 'display')).toContain('再加一句。')
  await writeFile(path, `${text}\n{process.exit(1)}\n`)
  const wrong = await publish()
  expect(wrong.outcome).toBe('refused')
  expect(wrong.problems).toMatchObject([{ file: 'zh/03-display.mdx', code: 'expression' }])
  await rename(path, join(dir, 'zh', '03-screen.mdx'))
  await writeFile(join(dir, 'zh', '03-screen.mdx'), text)
  const lonely = await publish()
  expect(lonely.problems.map(({ file, code }) => `${file} ${code}`)).toEqual([
    'zh/03-screen.mdx help_translation',
    'en/03-display.mdx help_translation',
  ])
  expect(await helpText('zh-CN', 'display')).toContain('再加一句。')
})

test('a page whose files are gone is gone', async () => {
  await rm(join(dir, 'zh', '03-screen.mdx'))
  await rm(join(dir, 'en', '03-display.mdx'))
  expect(await publish()).toMatchObject({ outcome: 'published', compiled: expect.any(Number) })
  expect((await pagesOf('zh-CN')).map(({ slug }) => slug)).not.toContain('display')
  expect((await pagesOf('en')).map(({ slug }) => slug)).not.toContain('display')
})

test('an example that is refused is refused at its own line', async () => {
  const path = join(dir, 'en', '10-components.mdx')
  const lines = (await readFile(path, 'utf8')).split('\n')
  const at = lines.findIndex((line) => line.startsWith('<Callout kind="danger"'))
  lines[at] = '<Callout kind="dangerous" title="x">'
  await writeFile(path, lines.join('\n'))
  expect((await publish()).problems).toMatchObject([
    { file: 'en/10-components.mdx', line: at + 1, code: 'attribute_value' },
  ])
})

test('nobody but the publishing system writes the manual', async () => {
  await expect(
    as(visitor, (tx) => tx.execute(`update help_page set title = 'x'`)).then((rows) => rows.count),
  ).resolves.toBe(0)
  const [{ count } = { count: '' }] = await database.owner`select count(*) from help_page where title = 'x'`
  expect(count).toBe('0')
})
