import { expect, test } from 'vitest'
import { LOCALES } from '#app/lib/i18n.ts'
import { sourceFiles, withoutComments } from '#tests/support/sources.ts'

const CHINESE = /[\u3400-\u9fff]/

/** Where Chinese is data, not something the interface says. */
const EXCEPTED = [
  /(^|[/-])words\.ts$/, // the texts themselves
  /vocabulary\.ts$/, // vocabularies that are Chinese by nature: columns, levels, made-up names
  /columns\.ts$/, // headers of the files that are imported
  /^app\/features\/ops\/demo\//, // made-up ledgers
  /^app\/features\/persons\/masking\.ts$/, // compound surnames
]

/** Regular expressions read what people wrote; they say nothing. (In .tsx a closing tag would look like one.) */
const withoutPatterns = (path: string, text: string) =>
  path.endsWith('.tsx') ? text : text.replace(/\/(?![*/])(?:\\.|\[(?:\\.|[^\]\n])*\]|[^\\/\n])+\/[dgimsuvy]*/g, '//')

type Texts = { [key: string]: string | ((...args: never[]) => string) | Texts }

/** Every text of a tree as `path: kind`; arrays and functions are leaves. */
function shape(texts: Texts, path = ''): string[] {
  return Object.entries(texts).flatMap(([key, value]) =>
    value !== null && typeof value === 'object' && !Array.isArray(value)
      ? shape(value, `${path}${key}.`)
      : [`${path}${key}: ${typeof value}`],
  )
}

const files = sourceFiles('app', /^(.*-)?words\.ts$/)

test('the interface has words', () => expect(files.length).toBeGreaterThan(3))

test.each(files.map(({ path }) => path))('%s says everything in both languages', async (path) => {
  const module = (await import(/* @vite-ignore */ `${process.cwd()}/${path}`)) as Record<string, unknown>
  const areas = Object.values(module).filter(
    (value): value is Record<(typeof LOCALES)[number], Texts> =>
      typeof value === 'object' && value !== null && LOCALES.every((locale) => locale in value),
  )
  expect(areas.length).toBeGreaterThan(0)
  for (const words of areas) {
    expect(shape(words.en).sort()).toEqual(shape(words['zh-CN']).sort())
    const empty = LOCALES.flatMap((locale) =>
      Object.entries(words[locale]).filter(([, text]) => typeof text === 'string' && text.trim() === ''),
    )
    expect(empty).toEqual([])
  }
})

test('no Chinese text stands outside the words', () => {
  const found = sourceFiles('app')
    .filter(({ path }) => !EXCEPTED.some((pattern) => pattern.test(path)))
    .flatMap(({ path, text }) =>
      withoutPatterns(path, withoutComments(text))
        .split('\n')
        .map((line, index) => ({ line, at: `${path}:${index + 1}` }))
        .filter(({ line }) => CHINESE.test(line))
        .map(({ at, line }) => `${at} ${line.trim()}`),
    )
  expect(found).toEqual([])
})
