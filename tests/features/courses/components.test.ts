import { expect, test } from 'vitest'
import { refusedMarkup } from '#app/features/courses/blocks.ts'
import { entriesIn } from '#app/features/courses/content/glossary.ts'
import { compileLesson } from '#app/features/courses/mdx/compile.server.ts'

const GLOSSARY = [
  { term: '剩余电流保护器', term_en: 'residual current device', also: ['RCD', '漏保'], text: '比较流出和流回的电流。' },
  { term: '保护线', also: [], text: '黄绿双色。' },
]

const compile = (body: string, hasQuiz = false) => compileLesson({ body, hasQuiz, assets: [], glossary: GLOSSARY })

async function htmlOf(body: string): Promise<string> {
  const compiled = await compile(body)
  if ('findings' in compiled) throw new Error(JSON.stringify(compiled.findings))
  const html = compiled.blocks.map((block) => (block.kind === 'html' ? block.html : '')).join('')
  expect(refusedMarkup(html)).toBeNull()
  return html
}

async function codesOf(body: string): Promise<string[]> {
  const compiled = await compile(body)
  return 'findings' in compiled ? compiled.findings.map(({ line, column, code }) => `${line}:${column} ${code}`) : []
}

const column = (attributes: string, text = '内容') => `<Column ${attributes}>\n\n${text}\n\n</Column>\n`
const compare = (...columns: string[]) => `<Compare>\n\n${columns.join('\n')}\n</Compare>\n`

test('what is compared stands in columns; right and wrong are said in a word beside the sign', async () => {
  const html = await htmlOf(
    compare(
      column('kind="wrong" title="先接导体端"'),
      column('kind="right" title="先接接地端"'),
      column('title="第三种"'),
    ),
  )
  expect(html).toMatch(/column-wrong"><p class="column-head"><span><svg.*?<\/svg>错<\/span>先接导体端<\/p>/)
  expect(html).toMatch(/column-right"><p class="column-head"><span><svg.*?<\/svg>对<\/span>先接接地端<\/p>/)
  expect(html).toContain('<div class="column"><p class="column-head">第三种</p>')
})

test('a comparison has two or three columns, and a column stands nowhere else', async () => {
  const one = column('title="一"')
  expect(await codesOf(compare(one))).toEqual(['1:1 columns'])
  expect(await codesOf(compare(one, one, one, one))).toEqual(['1:1 columns'])
  expect(await codesOf(compare(one, '正文\n'))).toEqual(['1:1 columns'])
  expect(await codesOf(one)).toEqual(['1:1 component_place'])
  expect(await codesOf(`<Callout>\n\n${one}\n</Callout>\n`)).toEqual(['3:1 component_place'])
  expect(await codesOf(compare(one, column('kind="maybe" title="二"')))).toEqual(['9:9 attribute_value'])
  expect(await codesOf(compare(one, column('title=" "')))).toEqual(['9:9 attribute_missing'])
})

const TABLE = '| 电压 | 距离 |\n| --- | ---: |\n| 10 kV | 0.70 |\n'

test('a table with a caption scrolls in a region named by it, which the keyboard reaches', async () => {
  const html = await htmlOf(`<Table caption="表1 距离" note="据GB 26860">\n\n${TABLE}\n</Table>\n\n${TABLE}`)
  expect(html).toContain('<figcaption id="table-1">表1 距离</figcaption>')
  expect(html).toContain('role="region" aria-labelledby="table-1" tabindex="0"><table aria-labelledby="table-1">')
  expect(html).toContain('据GB 26860</p></figure>')
  expect(html).toContain('role="group" aria-label="表" tabindex="0"><table>')
})

test('a captioned table holds one table and nothing else', async () => {
  expect(await codesOf(`<Table caption="表1">\n\n${TABLE}\n正文\n\n</Table>\n`)).toEqual(['1:1 table_only'])
  expect(await codesOf(`<Table caption="表1">\n\n正文\n\n</Table>\n`)).toEqual(['1:1 table_only'])
  expect(await codesOf(`<Table>\n\n${TABLE}\n</Table>\n`)).toEqual(['1:1 attribute_missing'])
  expect(await codesOf(`<Table caption="${'长'.repeat(301)}">\n\n${TABLE}\n</Table>\n`)).toEqual(['1:8 attribute_long'])
  expect(await codesOf(`<Table caption="${'长'.repeat(300)}">\n\n${TABLE}\n</Table>\n`)).toEqual([])
})

const formula = (number: string, rest = '') =>
  `<Formula number="${number}">\n\n$$\nI = \\frac{U}{R}\n$$\n${rest}\n</Formula>\n`

test('a formula has a number that the text can lead to, and says what its signs mean', async () => {
  const html = await htmlOf(`${formula('1', '\n- $I$：电流，A\n')}\n见[式（1）](#formula-1)。\n`)
  expect(html).toContain('role="group" id="formula-1" aria-label="式1"')
  expect(html).toMatch(
    /<math[^>]*display="block"[^>]*>.*<\/math><\/span><span>（1）<\/span><\/div><p[^>]*>式中：<\/p><ul>/s,
  )
  expect(html).toContain('<a href="#formula-1">')
  expect(await htmlOf(formula('2-1'))).not.toContain('式中')
})

test('a formula is one formula and at most one list; its number is its own', async () => {
  expect(await codesOf('<Formula number="1">\n\n正文\n\n</Formula>\n')).toEqual(['1:1 formula_parts'])
  expect(await codesOf(formula('1', '\n正文\n'))).toEqual(['1:1 formula_parts'])
  expect(await codesOf(formula('一'))).toEqual(['1:10 attribute_value'])
  expect(await codesOf(formula('123'))).toEqual(['1:10 attribute_value'])
  expect(await codesOf(formula('1') + formula('1'))).toEqual(['8:1 number_twice'])
})

test('a term leads to its explanation, and the explanation back, without a script', async () => {
  const html = await htmlOf('装了<Term>RCD</Term>，接好<Term name="保护线">黄绿线</Term>。\n')
  expect(html).toContain('<a class="term" id="term-1-text" href="#term-1">RCD</a>')
  expect(html).toContain('<a class="term" id="term-2-text" href="#term-2">黄绿线</a>')
  expect(html).toMatch(/<div id="term-1" tabindex="-1"><dt><dfn>剩余电流保护器<\/dfn><span lang="en">.*?<\/dt>/)
  expect(html).toContain('也叫RCD、漏保')
  expect(html).toContain('<a href="#term-2-text">回到正文</a>')
})

test('the explanations stand before the quiz that ends a lesson', async () => {
  const compiled = await compile('装了<Term>漏保</Term>。\n\n<Quiz />\n', true)
  const blocks = 'blocks' in compiled ? compiled.blocks : []
  expect(blocks.map(({ kind }) => kind)).toEqual(['html', 'island'])
  expect(JSON.stringify(blocks[0])).toContain('本课术语')
})

test('a term is known, stands in a sentence, and is marked once', async () => {
  expect(await codesOf('装了<Term>接触器</Term>。\n')).toEqual(['1:3 term_unknown'])
  expect(await codesOf('装了<Term name="constructor">x</Term>。\n')).toEqual(['1:3 term_unknown'])
  expect(await codesOf('<Term>RCD</Term>\n')).toEqual(['1:1 component_sentence'])
  expect(await codesOf('## 怎样用<Term>RCD</Term>\n')).toEqual(['1:7 component_sentence'])
  expect(await codesOf('[看<Term>RCD</Term>](/courses)\n')).toEqual(['1:3 component_sentence'])
  expect(await codesOf('装了<Term>**RCD**</Term>。\n')).toEqual(['1:3 words_only', '1:3 term_unknown'])
  expect(await codesOf('装了<Term>RCD</Term>和<Term>漏保</Term>。\n')).toEqual(['1:20 term_twice'])
})

test('a lesson changes with the terms that it marks, by whichever name, and with no other', () => {
  const names = (text: string) => entriesIn(text, GLOSSARY).map(({ term }) => term)
  expect(names('保护线和<Term>漏保</Term>')).toEqual(['剩余电流保护器'])
  expect(names("<Term name='ｒｃｄ'>它</Term>")).toEqual(['剩余电流保护器'])
  expect(names('<Term\n  name="保护线">黄绿线</Term>')).toEqual(['保护线'])
  expect(names('RCD和保护线')).toEqual([])
})
