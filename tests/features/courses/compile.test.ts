import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Block, refusedMarkup } from '#app/features/courses/blocks.ts'
import { type Compiled, compileLesson } from '#app/features/courses/mdx/compile.server.ts'

const FIGURE: [string, { digest: string; width: number; height: number }] = [
  'f.svg',
  { digest: 'ab'.repeat(32), width: 120, height: 60 },
]
const compile = (body: string, hasQuiz = false): Promise<Compiled> => compileLesson({ body, hasQuiz, assets: [FIGURE] })

async function blocksOf(body: string, hasQuiz = false): Promise<Block[]> {
  const compiled = await compile(body, hasQuiz)
  if ('findings' in compiled) throw new Error(JSON.stringify(compiled.findings))
  return compiled.blocks
}
const htmlOf = async (body: string) =>
  (await blocksOf(body)).map((block) => (block.kind === 'html' ? block.html : '')).join('')

test('a lesson becomes runs of HTML around its island', async () => {
  const blocks = await blocksOf('## 一\n\n正文\n\n<Quiz />\n\n后记\n', true)
  expect(blocks.map((block) => block.kind)).toEqual(['html', 'island', 'html'])
  expect(blocks[1]).toEqual({ kind: 'island', name: 'Quiz', props: {} })
})

test('a lesson that is nothing but its quiz is one island', async () => {
  expect(await blocksOf('<Quiz />\n', true)).toEqual([{ kind: 'island', name: 'Quiz', props: {} }])
})

test('a figure names its published address, its size and its alternative text', async () => {
  const html = await htmlOf('<Figure src="f.svg" alt="一张图" caption="图1 说明" />\n')
  expect(html).toContain(`src="/assets/courses/${'ab'.repeat(32)}" alt="一张图" width="120" height="60"`)
  expect(html).toContain('<figcaption>图1 说明</figcaption>')
  expect(await htmlOf('![一张图](f.svg)\n')).toContain(`src="/assets/courses/${'ab'.repeat(32)}" alt="一张图"`)
})

test('a table is aligned by class, never by style', async () => {
  const html = await htmlOf('| 电压 | 距离 |\n| --- | ---: |\n| 10 kV | 0.70 |\n')
  expect(html).toContain('<th scope="col" class="r">距离</th>')
  expect(html).toContain('<td class="r">0.70</td>')
  expect(html).not.toContain('style')
})

test('formulas are MathML without styles; between $$ they stand alone', async () => {
  const html = await htmlOf(
    '设 $R_b = 1000\\ \\Omega$。\n\n1. 一\n   $$I = \\frac{220}{1000} \\approx 220\\ \\text{mA}$$\n',
  )
  expect(html.match(/<math/g)).toHaveLength(2)
  expect(html.match(/display="block"/g)).toHaveLength(1)
  expect(html).not.toContain('style')
})

test('links to other sites say so to the browser; links inside the site do not', async () => {
  const html = await htmlOf('[外](https://www.gov.cn/x) [内](/courses) https://example.org\n')
  expect(html.match(/rel="noopener noreferrer external"/g)).toHaveLength(2)
  expect(html).toContain('<a href="/courses">')
})

test('every heading has an id of its own words, twice the same word included', async () => {
  const html = await htmlOf('## 怎样 验电？\n\n正文\n\n### 怎样 验电？\n\n正文\n')
  expect(html).toContain('<h2 id="s-怎样-验电">')
  expect(html).toContain('<h3 id="s-怎样-验电-2">')
})

test('callouts, steps, examples, task lists, footnotes and code come out as plain markup', async () => {
  const html = await htmlOf(
    '<Callout kind="warn" title="注意">\n\n正文\n\n</Callout>\n\n<Steps>\n\n1. 一\n2. 二\n\n</Steps>\n\n<Example title="算例">\n\n内容[^1]\n\n</Example>\n\n- [x] 好\n- [ ] 待办\n\n```js\nimport x from "y" // {不是代码}\n```\n\n[^1]: 出处\n',
  )
  for (const part of ['callout-warn', 'steps-text', 'example-title', '☑ ', '☐ ', '{不是代码}', '出处', '注释']) {
    expect(html).toContain(part)
  }
  expect(html).not.toContain('<input')
})

test('braces and tags that are escaped are plain text', async () => {
  expect(await htmlOf('写作 \\{process.env.X} 和 \\<script>。`{x}` `<b>`\n')).toContain('{process.env.X}')
})

test('the last wall knows markup from text', () => {
  expect(refusedMarkup('<p title="onclick=1">a onclick=b &lt;script&gt; javascript:</p>')).toBeNull()
  expect(refusedMarkup('<p>x</p><script>')).toBe('<script>')
  expect(
    refusedMarkup('<svg class="icon" viewBox="0 0 20 20" aria-hidden="true"><path d="M1 2z"></path></svg>'),
  ).toBeNull()
  expect(refusedMarkup('<svg class="icon"><path d="M1 2z"></path></svg>')).toBe('<svg class="icon">')
  expect(refusedMarkup('<p onclick="x">')).toBe('<p onclick="x">')
  expect(refusedMarkup('<a href=" javascript:x">')).not.toBeNull()
  expect(refusedMarkup('<p style="x">')).not.toBeNull()
})

const piece = fc.oneof(
  fc.string({ maxLength: 12 }),
  fc.constantFrom(
    '<script>',
    '</script>',
    '<img src=x onerror=alert(1)>',
    '<a href="javascript:alert(1)">x</a>',
    '[x](javascript:alert(1))',
    '[x](JAVASCRIPT&colon;alert(1))',
    '![x](data:image/svg+xml,<svg onload=alert(1)>)',
    '[x]: javascript:alert(1)\n',
    '<Callout title="\\" onclick=\\"x">',
    '<Callout kind="warn" title="<script>">\n\n',
    '\n\n</Callout>\n',
    '<Figure src="f.svg" alt="x&quot; onerror=&quot;alert(1)" />\n',
    '{',
    '}',
    '{alert(1)}',
    '\\{',
    '\\<',
    '`<script>`',
    '```\n<script>\n```\n',
    '\n\n',
    '\n- ',
    '\n> ',
    '## ',
    '$x$',
    '$\\href{javascript:alert(1)}{x}$',
    '$\\text{<script>}$',
    '&lt;script&gt;',
    '&#x3c;script&#x3e;',
    '| a |\n| - |\n| ',
    '[^1]',
    '\n[^1]: ',
    'import x from "y"\n',
    'export const a = 1\n',
    'onclick=alert(1)',
    'https://example.org/"onmouseover="alert(1)',
    '正文',
  ),
)

test('whatever is written, no compiled lesson holds a script, a handler or a script address', async () => {
  let compiledCount = 0
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { maxLength: 12 }), async (pieces) => {
      const compiled = await compile(`\n${pieces.join('')}\n`)
      if ('findings' in compiled) {
        expect(compiled.findings.length).toBeGreaterThan(0)
        return
      }
      compiledCount += 1
      for (const block of compiled.blocks) {
        if (block.kind !== 'html') continue
        expect(block.html).not.toMatch(/<script/i)
        expect(block.html.match(/<[^>]*>/g)?.join('') ?? '').not.toMatch(/<[^>"]*(?:"[^"]*"[^>"]*)*\son\w+\s*=/i)
        expect(block.html).not.toMatch(/(?:href|src)="\s*(?:javascript|data|vbscript):/i)
        expect(refusedMarkup(block.html)).toBeNull()
      }
    }),
    { numRuns: 400 },
  )
  expect(compiledCount).toBeGreaterThan(40)
})
