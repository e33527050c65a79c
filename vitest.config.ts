import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['tests/**/*.test.{ts,tsx}'],
    globalSetup: ['tests/support/global-setup.ts'],
    env: { TZ: 'UTC', NODE_ENV: 'test' },
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 180_000, // the first file that asks publishes the courses for all (tests/support/database.ts)
    passWithNoTests: false,
    expect: { poll: { timeout: 10_000 } },
    reporters: ['default'],
  },
})
