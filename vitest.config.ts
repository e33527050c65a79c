import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'
import { TEMPORARY } from './tests/support/temporary.ts'

/** What takes longest, longest first: begun at the end it would leave a core idle. A fresh clone remembers no durations. */
const LONGEST = [
  'e2e/every-page',
  'features/figures/tally.property', // needs none of the courses, which the first has published for all
  'process/site',
  'routes/walk',
  'routes/walk-unguarded',
  'process/demo',
  'routes/ledger',
  'process/faults',
  'features/ledger/splitting.property',
  'features/ledger/import',
  'e2e/roll',
  'e2e/worker',
  'e2e/academy',
  'e2e/study',
  'routes/class-file',
  'process/embedded',
  'concurrency/waitlist',
  'features/ops/province',
  'features/figures/drill-down',
  'e2e/province',
  'e2e/ledger',
  'process/lost-database',
  'features/courses/hostile',
  'features/courses/publish',
  'features/ledger/hostile',
  'features/ops/demo',
  'features/ledger/mended',
  'features/courses/pages',
  'features/ledger/xlsx',
].map((name) => `/tests/${name}.test.ts`)

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => {
      const at = LONGEST.findIndex((name) => moduleId.endsWith(name))
      return at < 0 ? LONGEST.length : at
    }
    return (await super.sort(files)).sort((one, other) => rank(one) - rank(other))
  }
}

export default defineConfig({
  test: {
    include: ['tests/**/*.test.{ts,tsx}'],
    globalSetup: ['tests/support/global-setup.ts'],
    env: { TZ: 'UTC', NODE_ENV: 'test', TMPDIR: TEMPORARY },
    pool: 'forks',
    isolate: false, // importing the product costs a second a file; what a file begins it ends (tests/support/at-end.ts)
    setupFiles: ['tests/support/setup.ts'],
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    testTimeout: 30_000,
    hookTimeout: 180_000, // the first file that asks publishes the courses for all (tests/support/database.ts)
    passWithNoTests: false,
    expect: { poll: { timeout: 10_000 } },
    reporters: ['default'],
  },
})
