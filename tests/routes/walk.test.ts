import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { PERMISSIONS } from '#app/features/accounts/roles.ts'
import routes, { pages } from '#app/routes.ts'
import { sourceFiles } from '#tests/support/sources.ts'
import { actionForms } from './forms.ts'
import { walkAsStrangers } from './walking.ts'

test('every route declares its audience: public, or a permission', () => {
  for (const page of pages) expect(page.audience === 'public' || page.audience in PERMISSIONS, page.path).toBe(true)
  expect(new Set(pages.map((page) => page.path)).size).toBe(pages.length)
  const declared = routes.map((route) => route.file).filter((file) => file !== 'routes/site/not-found.tsx')
  expect(declared).toEqual(pages.map((page) => `routes/${page.file}`))
})

test('every file that could be a route is in the table', () => {
  const known = new Set([...pages.map((page) => `app/routes/${page.file}`), 'app/routes/site/not-found.tsx'])
  const strays = sourceFiles('app/routes')
    .filter(({ path, text }) => !known.has(path) && /export (async )?(function|const) (loader|action)\b/.test(text))
    .map(({ path }) => path)
  expect(strays).toEqual([])
})

test('every loader and action of a guarded route calls the guard with the permission that the table declares', () => {
  for (const page of pages.filter(({ audience }) => audience !== 'public')) {
    const text = readFileSync(`app/routes/${page.file}`, 'utf8')
    const parts = text.split(/export (?:async )?(?:function|const) (?=loader\b|action\b)/).slice(1)
    expect(parts.length, page.file).toBeGreaterThan(0)
    for (const part of parts) expect(part.split(/\nexport /)[0], page.file).toMatch(/requireViewer\(args, '[a-z.]+'\)/)
    expect(text, page.file).toContain(`requireViewer(args, '${page.audience}')`)
  }
})

test('every route with an action has its forms tried below', () => {
  for (const page of pages) {
    const hasAction =
      existsSync(`app/routes/${page.file}`) &&
      /export (async )?(function|const) action\b/.test(readFileSync(`app/routes/${page.file}`, 'utf8'))
    expect(Boolean(actionForms[page.file]?.length), `${page.file} in tests/routes/forms.ts`).toBe(hasAction)
  }
})

walkAsStrangers('on')
