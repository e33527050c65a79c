import { expect, test } from 'vitest'
import { sourceFiles, withoutComments } from '#tests/support/sources.ts'

const ASKS = /new Date\(\)|Date\.now\(\)|Math\.random\(\)|crypto\.random/

/** Its data says what time it is on the server, to the millisecond: no answer is like another. */
const EXCEPTED = ['app/features/courses/final-test/test-bar.tsx']

/** A page's loaders may; what stands below them may not. */
const rendered = ({ path, text }: { path: string; text: string }) =>
  path.startsWith('app/routes/') ? text.slice(text.indexOf('export default function')) : text

// What comes a second time with the same data is not rendered again (app/lib/server/rendered.server.ts).
test('no component asks the clock or chance while it renders: the same data looks the same', () => {
  const components = ['app/ui', 'app/features', 'app/routes']
    .flatMap((folder) => sourceFiles(folder, /\.tsx$/))
    .filter(
      ({ path, text }) =>
        !path.includes('.server.') && (!path.startsWith('app/routes/') || /export default function/.test(text)),
    )
  expect(components.length).toBeGreaterThan(100)
  const asking = components.filter((file) => ASKS.test(rendered({ ...file, text: withoutComments(file.text) })))
  expect(asking.map(({ path }) => path)).toEqual(EXCEPTED)
})
