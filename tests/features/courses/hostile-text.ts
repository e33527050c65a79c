import type { HostileFile } from './hostile-file.ts'

/** More lessons that try to run, reach, exhaust or deceive: through components, letters, formulas, and what only looks harmless. */
const GLOSSARY = { 'glossary.yaml': 'terms:\n  - term: 漏保\n    text: 比较电流。\n' }
const box = (attributes: string, inside = '内容') => `<Callout ${attributes}>\n\n${inside}\n\n</Callout>\n`
const column = '<Column title="一">\n\n内容\n\n</Column>\n'
const formula = (tex: string) => `<Formula number="1">\n\n$$\n${tex}\n$$\n\n</Formula>\n`
const table = (attributes: string) => `<Table ${attributes}>\n\n| a |\n| - |\n| 1 |\n\n</Table>\n`

export const hostileTexts: HostileFile[] = [
  // Components
  {
    name: 'a term whose name is code',
    code: 'attribute_expression',
    body: '装<Term §name={process.env.PATH}>x</Term>。\n',
  },
  { name: 'a term out of a prototype', code: 'term_unknown', body: '装§<Term>constructor</Term>。\n' },
  { name: 'a term that holds a component', code: 'words_only', body: '装§<Term><Quiz /></Term>。\n', more: GLOSSARY },
  { name: 'a term that holds code', code: 'expression', body: '装<Term>§{1 + 1}</Term>。\n', more: GLOSSARY },
  {
    name: 'a term with a handler',
    code: 'event_attribute',
    body: '装<Term §onfocus="alert(1)">漏保</Term>。\n',
    more: GLOSSARY,
  },
  {
    name: 'a term that says where it is',
    code: 'attribute_unknown',
    body: '装<Term §place="1">漏保</Term>。\n',
    more: GLOSSARY,
  },
  { name: 'a column by itself', code: 'component_place', body: `§${column}` },
  { name: 'four columns', code: 'columns', body: `§<Compare>\n\n${column.repeat(4)}\n</Compare>\n` },
  {
    name: 'a script among the columns',
    code: 'raw_html',
    body: `<Compare>\n\n${column}\n§<script>1</script>\n\n</Compare>\n`,
  },
  { name: 'a table that is a page', code: 'table_only', body: '§<Table caption="表">\n\n## 假的标题\n\n</Table>\n' },
  { name: 'a table with an id of its own', code: 'attribute_unknown', body: table('caption="表" §id="main"') },
  { name: 'a table with a class', code: 'attribute_unknown', body: table('caption="表" §className="navbar"') },
  {
    name: 'a formula whose number is markup',
    code: 'attribute_value',
    body: `<Formula §number='1"><script>'>\n\n$$\nx\n$$\n\n</Formula>\n`,
  },
  {
    name: 'a formula whose number is an address',
    code: 'link_scheme',
    body: '<Formula §number="javascript:alert(1)">\n\n$$\nx\n$$\n\n</Formula>\n',
  },
  { name: 'a key for React', code: 'attribute_unknown', body: box('§key="x"') },
  { name: 'a ref for React', code: 'attribute_unknown', body: box('§ref="x"') },
  { name: 'children by attribute', code: 'attribute_unknown', body: box('§children="x"') },
  { name: 'a component with a property of Object', code: 'attribute_unknown', body: box('§constructor="x"') },
  { name: 'a component in Cyrillic letters', code: 'component_unknown', body: '§<Саllout />\n' },
  { name: 'the global object as a component', code: 'raw_html', body: '§<globalThis.process />\n' },
  { name: 'an attribute of a page', code: 'attribute_long', body: box(`§title="${'长'.repeat(301)}"`) },
  {
    name: 'an attribute over many lines that never ends',
    code: 'mdx_syntax',
    body: '<Callout title="x\n\n一\n\n二\n§',
  },
  { name: 'a doctype', code: 'mdx_syntax', body: '<§!DOCTYPE html>\n' },
  { name: 'a CDATA section', code: 'mdx_syntax', body: '<§![CDATA[ x ]]>\n' },
  { name: 'PHP', code: 'mdx_syntax', body: '<§?php system("id") ?>\n' },
  { name: 'a template of a server', code: 'mdx_syntax', body: '<§%= require("fs") %>\n' },
  { name: 'a template literal', code: 'expression', body: '§{`\x24{process.exit(1)}`}\n' },
  { name: 'a template tag in braces', code: 'expression', body: '§{{constructor}}\n' },
  { name: 'an async arrow', code: 'expression', body: '§{(async () => { await fetch("http://127.0.0.1:5432") })()}\n' },
  {
    name: 'an export between paragraphs',
    code: 'import_export',
    body: '前\n\n§export function getServerData() { return 1 }\n',
  },
  // Letters
  { name: 'a name that letters of no width take apart', code: 'raw_html', body: '§<s\u200dcript>1</s\u200dcript>\n' },
  { name: 'text that an entity turns around', code: 'control_character', body: '§正文&#x202e;文正\n' },
  {
    name: 'an alternative text that an entity turns around',
    code: 'control_character',
    body: '<Figure src="f.svg" §alt="图&#8238;图" />\n',
  },
  { name: 'a title with a control character behind an entity', code: 'control_character', body: box('§title="x&#7;"') },
  { name: 'a byte order mark in the middle', code: 'control_character', body: '正§\ufeff文\n' },
  { name: 'a line separator', code: 'control_character', body: '正§\u2028文\n' },
  { name: 'a next-line character', code: 'control_character', body: '正§\u0085文\n' },
  { name: 'an escape sequence for terminals', code: 'control_character', body: '正§\u001b[2J文\n' },
  {
    name: 'a surrogate in UTF-8',
    code: 'not_utf8',
    file: Buffer.from([0x2d, 0x2d, 0x2d, 0x0a, 0xed, 0xa0, 0x80, 0x0a]),
    place: '2:1',
  },
  {
    name: 'a lesson in GBK',
    code: 'not_utf8',
    file: Buffer.from([0x2d, 0x2d, 0x2d, 0x0a, 0xb5, 0xe7, 0xb9, 0xa4, 0x0a]),
    place: '2:1',
  },
  { name: 'UTF-32', code: 'not_utf8', file: Buffer.from([0xff, 0xfe, 0, 0, 0x2d, 0, 0, 0]) },
  // Addresses
  { name: 'a picture with a query', code: 'image_source', body: '§![图](f.svg?x)\n' },
  { name: 'a picture above the folder, encoded', code: 'image_source', body: '§![图](%2e%2e%2fkeys.svg)\n' },
  {
    name: 'a picture behind a definition',
    code: 'image_source',
    body: '§![图][1]\n\n[1]: https://evil.example/x.png\n',
  },
  { name: 'a picture of another kind', code: 'image_source', body: '§![图](f.png)\n' },
  { name: 'a link to a blob', code: 'link_scheme', body: '§[看](blob:https://evil.example/1)\n' },
  { name: 'a link to the view of a source', code: 'link_scheme', body: '§[看](view-source:https://example.org)\n' },
  { name: 'a link that WeChat would run', code: 'link_scheme', body: '§[看](weixin://dl/business)\n' },
  { name: 'a link to a program', code: 'link_scheme', body: '§[看](intent://scan/#Intent;end)\n' },
  { name: 'a link with a password', code: 'link_scheme', body: '§[看](https://user:pass@evil.example/)\n' },
  { name: 'a link with no host', code: 'link_scheme', body: '§[看](https://)\n' },
  // Formulas
  { name: 'a macro that eats itself', code: 'formula_command', body: '§$\\newcommand{\\a}{\\a\\a}\\a$\n' },
  { name: 'a global macro', code: 'formula_command', body: '§$\\gdef\\a{x}$\n' },
  { name: 'a formula with data for scripts', code: 'formula_command', body: '§$\\htmlData{x=1}{y}$\n' },
  { name: 'a formula with a class', code: 'formula_command', body: '§$\\htmlClass{navbar}{y}$\n' },
  { name: 'a formula with an address', code: 'formula_command', body: '§$\\url{https://evil.example}$\n' },
  { name: 'a sign by its number', code: 'formula_command', body: '§$\\char"202E$\n' },
  {
    name: 'a numbered formula that links',
    code: 'formula_command',
    body: formula('\\href{javascript:alert(1)}{x}').replace('$', '§$'),
  },
  {
    name: 'a formula with text that turns around',
    code: 'control_character',
    body: '$\\text{a§\u202eb}$\n',
  },
]

/** What looks like an attack and is text: it is published, and the page has none of what `never` matches. */
export const harmlessTexts: HostileFile[] = [
  {
    name: 'quotes that would end an attribute',
    body: `<Figure src="f.svg" alt='" onerror="alert(1)' />\n`,
    never: /"\s*onerror=/,
  },
  { name: 'a title with markup', body: box(`title='<img src=x onerror=alert(1)>'`), never: /<img src=x/ },
  { name: 'a caption with markup', body: table(`caption='</figcaption><script>alert(1)</script>'`), never: /<script/ },
  {
    name: 'a term of markup',
    body: '装<Term>漏保</Term>。\n',
    more: {
      'glossary.yaml': 'terms:\n  - term: 漏保\n    text: <script>alert(1)</script><img src=x onerror=alert(1)>\n',
    },
    never: /<script|<img/,
  },
  {
    name: 'a link title with a handler',
    body: `[看](https://example.org "x\\" onmouseover=\\"alert(1)")\n`,
    never: /"\s+onmouseover=/,
  },
  { name: 'a mail address with a script', body: '[信](mailto:a@example.org?body=%3Cscript%3E)\n', never: /<script/ },
  {
    name: 'an address without its scheme',
    body: '见 www.evil.example 。\n',
    never: /href="(?!http:\/\/www\.evil\.example")|<a (?![^>]*rel="noopener noreferrer external")/,
  },
  { name: 'a script in a code fence', body: '```html\n<script>alert(1)</script>\n```\n', never: /<script/ },
  { name: 'a script in inline code', body: '写`<script>alert(1)</script>`\n', never: /<script/ },
  { name: 'a script behind entities', body: '&lt;script&gt;alert(1)&lt;/script&gt;\n', never: /<script/ },
  { name: 'a script in full-width brackets', body: '＜script＞alert(1)＜/script＞\n', never: /<script/ },
  { name: 'UTF-7', body: '+ADw-script+AD4-alert(1)\n', never: /<script/ },
  { name: 'an export that is indented', body: '- 一\n\n  export 是一个词\n', never: /=>|import/ },
  { name: 'a heading that would take an id', body: '## main\n\n## __proto__\n\n## constructor\n', never: /id="(?!s-)/ },
  {
    name: 'a rule of a thousand ems',
    body: '$\\rule{1000em}{1000em}$\n',
    never: /(?:width|height)="(?:[3-9]\d|\d{3,})/,
  },
  { name: 'a colour in a formula', body: '$\\color{red}{x}$\n', never: /\sstyle=|url\(/ },
  { name: 'a NUL behind an entity', body: '正文&#0;正文\n', never: /[^\P{Cc}\n]/u },
  { name: 'an entity that is none', body: '&bogus;&#xffffffff;\n', never: /[^\P{Cc}\n]/u },
  { name: 'a table of 200 columns', body: `|${' a |'.repeat(200)}\n|${' - |'.repeat(200)}\n`, never: /style=/ },
  { name: 'brackets without end', body: `${'['.repeat(1500)}\n`, never: /<a/ },
  { name: 'stars without end', body: `${'*a **b '.repeat(400)}\n`, never: /<script/ },
  {
    name: 'backticks that grow',
    body: `${Array.from({ length: 80 }, (_, n) => '`'.repeat(n + 1)).join(' ')}\n`,
    never: /<script/,
  },
  {
    name: 'definitions by the hundred',
    body: `${Array.from({ length: 400 }, (_, n) => `[d${n}]: https://example.org/${n}`).join('\n')}\n\n正文\n`,
    never: /<a/,
  },
  { name: 'a footnote that notes itself', body: '正文[^1]\n\n[^1]: 注[^1]\n', never: /<script/ },
  {
    name: 'line ends of old machines',
    file: '---\rtitle: 课\rtitle_en: Lesson\rminutes: 5\rsummary: 一课\r---\r\r正文\r',
    never: /\r/,
  },
  {
    name: 'a byte order mark at the beginning',
    file: Buffer.concat([
      Buffer.from([0xef, 0xbb, 0xbf]),
      Buffer.from('---\ntitle: 课\ntitle_en: Lesson\nminutes: 5\nsummary: 一课\n---\n\n正文\n'),
    ]),
    never: /\ufeff/,
  },
]
