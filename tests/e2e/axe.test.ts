import { expect, test } from 'vitest'
import { axeFaults, bringAxe } from '#tests/support/axe.ts'
import { openPage } from '#tests/support/chromium.ts'

test('a text that is too pale is found however many like it were not, and whatever makes it so', async () => {
  const page = await openPage()
  await bringAxe(page)
  const rows = Array.from({ length: 9 }, (_, n) => `<tr class="r${n}"><td><b>a text</b></td></tr>`).join('')
  const faultsOf = async (css: string) => {
    const html = `<!DOCTYPE html><html lang="en"><title>rows</title><style>tr { height: 40px } ${css}</style>
      <main><h1>rows</h1><table>${rows}</table></main></html>`
    await page.goto(`data:text/html,${encodeURIComponent(html)}`)
    return (await axeFaults(page)).map((fault) => fault.split(' ', 2).join(' '))
  }
  expect(await faultsOf('.r5 { background: #fff }')).toEqual([])
  for (const css of [
    '.r8 b { color: #999 }',
    '.r4 { background: #444 }',
    'tr:nth-child(7) { opacity: .4 }',
    // Below some of the texts, though they don't lie in it.
    'h1 { position: absolute; z-index: -1; top: 200px; width: 300px; height: 90px; background: #444; color: #fff }',
  ])
    expect(await faultsOf(css), css).toEqual(['axe color-contrast'])
})
