import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { sourceFiles } from '#tests/support/sources.ts'

test('a file that a README names is there, by the end of its path', () => {
  const folders = ['app', 'db', 'tests']
  const atRoot = readdirSync('.').map((name) => `/${name}`)
  const inFolders = folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((path) => `/${join(folder, path)}`),
  )
  const files = [...atRoot, ...inFolders]
  const readmes = folders.flatMap((folder) => sourceFiles(folder, /^README\.md$/))
  expect(readmes.length).toBeGreaterThan(4)
  const missing = readmes.flatMap(({ path, text }) =>
    [...text.matchAll(/`([\w./-]+\.(?:tsx?|mjs|json|css|sql))`/g)]
      .filter(([, named = '']) => !/^x\./.test(named)) // x stands for any name
      .filter(([, named]) => !files.some((file) => file.endsWith(`/${named}`)))
      .map(([, named]) => `${path}: ${named}`),
  )
  expect(missing).toEqual([])
})
