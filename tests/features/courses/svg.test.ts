import { expect, test } from 'vitest'
import { checkSvg } from '#app/features/courses/content/svg.ts'

const svg = (inner: string, attributes = '') =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 60"${attributes}>\n${inner}\n</svg>\n`

const codesOf = (text: string) => {
  const checked = checkSvg(text)
  return 'findings' in checked ? checked.findings.map(({ line, code }) => `${line} ${code}`) : []
}

test('a drawing is accepted, and its size read', () => {
  const text = svg(
    '<!-- 图 --><title>图</title><style>@media (prefers-color-scheme: dark) { .a { fill: url(#g) } }</style>' +
      '<defs><linearGradient id="g"><stop offset="0"/></linearGradient></defs><use href="#g"/><text x="1">5 &lt; 6 &#8722;</text>',
  )
  expect(checkSvg(`<?xml version="1.0" encoding="UTF-8"?>\n${text}`)).toEqual({ info: { width: 120, height: 60 } })
})

test.each([
  ['a script', svg('<script>alert(1)</script>'), '2 svg_element'],
  ['a script in capitals', svg('<SCRIPT>alert(1)</SCRIPT>'), '2 svg_element'],
  ['a script of a namespace', svg('<svg:script>alert(1)</svg:script>'), '2 svg_element'],
  ['foreign content', svg('<foreignObject><p>x</p></foreignObject>'), '2 svg_element'],
  ['an image', svg('<image href="https://evil.example/x.png"/>'), '2 svg_element'],
  ['an animation that sets a handler', svg('<set attributeName="onload" to="alert(1)"/>'), '2 svg_element'],
  ['a link', svg('<a href="https://evil.example"><text>x</text></a>'), '2 svg_element'],
  ['a handler', svg('<path d="M0 0" onclick="alert(1)"/>'), '2 svg_attribute'],
  ['a handler on the root', svg('', ' onload="alert(1)"'), '1 svg_attribute'],
  ['a handler in capitals', svg("<g ONLOAD='x'></g>"), '2 svg_attribute'],
  ['a reference outside', svg('<use href="https://evil.example/x.svg#a"/>'), '2 svg_reference'],
  ['an xlink outside', svg('<use xlink:href="x.svg#a"/>'), '2 svg_reference'],
  ['a script address', svg('<use href="javascript:alert(1)"/>'), '2 svg_reference'],
  ['a script address behind entities', svg('<use href="&#106;avascript:alert(1)"/>'), '2 svg_reference'],
  ['data', svg('<use href="data:image/svg+xml,x"/>'), '2 svg_reference'],
  ['a style that fetches', svg('<style>.a{fill:url(https://evil.example/x)}</style>'), '2 svg_reference'],
  ['a style that imports', svg('<style>@import "https://evil.example/x.css";</style>'), '2 svg_reference'],
  ['a style that hides its word', svg('<style>@\\69mport "x";</style>'), '2 svg_reference'],
  ['a style attribute that fetches', svg('<path style="fill:url(//evil.example/x)"/>'), '2 svg_reference'],
  ['a paint that fetches', svg('<path fill="url(&quot;https://evil.example/#a&quot;)"/>'), '2 svg_reference'],
  ['a doctype with entities', `<!DOCTYPE svg [<!ENTITY a "b">]>\n${svg('&a;')}`, '1 svg_syntax'],
  ['an entity of its own', svg('<text>&a;</text>'), '2 svg_syntax'],
  ['a style sheet by instruction', `<?xml-stylesheet href="x"?>${svg('')}`, '1 svg_syntax'],
  ['CDATA', svg('<style><![CDATA[ @import "x" ]]></style>'), '2 svg_syntax'],
  ['an unquoted attribute', svg('<path d=M0/>'), '2 svg_syntax'],
  ['an attribute given twice', svg('<path d="a" d="b"/>'), '2 svg_syntax'],
  ['an element that never closes', svg('<g>'), '3 svg_syntax'],
  ['a tag that never closes', '<svg viewBox="0 0 1 1"', '1 svg_syntax'],
  ['two roots', svg('') + svg(''), '4 svg_element'],
  ['HTML', '<html><body></body></html>', '1 svg_element'],
  ['no viewBox', '<svg xmlns="http://www.w3.org/2000/svg"></svg>', '1 svg_size'],
  ['nothing', '', '1 svg_size'],
  ['another namespace', svg('', ' xmlns:x="http://www.w3.org/1999/xhtml"'), '1 svg_attribute'],
])('refused in a figure: %s', (_name, text, expected) => {
  expect(codesOf(text)).toContain(expected)
})
