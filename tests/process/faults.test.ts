import { expect, test } from 'vitest'
import { killUnderLoad } from '#tests/bench/seats-faults.ts'
import { preparedFolder } from './support.ts'

test('the product is killed under load, then its database: no seat and no check-in that was acknowledged is lost, none is given twice', async () => {
  const { acknowledged, ...faults } = await killUnderLoad({ dataDir: await preparedFolder(), rounds: 2 })
  expect(faults).toEqual({ rounds: 2, lost: 0, oversold: 0 })
  expect(acknowledged).toBeGreaterThan(20)
}, 120_000)
