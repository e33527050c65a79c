import { expect, test } from 'vitest'
import { checkSvg } from '#app/features/courses/content/svg.ts'

const svg = (inner: string, attributes = '') =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 60"${attributes}>\n${inner}\n</svg>\n`

test('a drawing is accepted, and its size read', () => {
  const text = svg(
    '<!-- 图 --><title>图</title><style>@media (prefers-color-scheme: dark) { .a { fill: url(#g) } }</style>' +
      '<defs><linearGradient id="g"><stop offset="0"/></linearGradient></defs><use href="#g"/><text x="1">5 &lt; 6 &#8722;</text>',
  )
  expect(checkSvg(`<?xml version="1.0" encoding="UTF-8"?>\n${text}`)).toEqual({ info: { width: 120, height: 60 } })
})
