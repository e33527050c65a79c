import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** What takes longest, longest first: begun at the end it would leave a core idle. A fresh clone remembers no durations. */
const LONGEST = [
  'e2e/every-page',
  'routes/walk',
  'routes/walk-unguarded',
  'process/demo',
  'process/site',
  'routes/ledger',
  'features/figures/tally.property',
  'features/ops/province',
  'e2e/worker',
  'e2e/study',
  'features/ledger/import',
  'process/embedded',
  'process/lost-database',
  'features/ledger/splitting.property',
  'features/courses/pages',
  'e2e/province',
  'features/ledger/xlsx',
  'features/courses/hostile',
  'features/courses/publish',
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
    env: { TZ: 'UTC', NODE_ENV: 'test' },
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
