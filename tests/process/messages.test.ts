import { once } from 'node:events'
import { beforeAll, expect, test } from 'vitest'
import { system } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { notify } from '#app/features/notices/notices.server.ts'
import { readEnv } from '#app/lib/env.server.ts'
import { newId } from '#app/lib/ids.ts'
import { runtime, setRuntime } from '#app/lib/runtime.server.ts'
import { startGateway } from '#tests/features/notices/support.ts'
import { freshDatabase, type TestDatabase } from '#tests/support/database.ts'
import { startSite } from '#tests/support/site.ts'
import { trainingWorld } from '#tests/support/training.ts'

let db: TestDatabase
beforeAll(async () => {
  db = await freshDatabase({ holds: 'content' })
})

test('an app that is killed while it sends has lost no message, and sends it again under the same mark', async () => {
  const gateway = await startGateway()
  const settings = {
    ...{ SMS_GATEWAY_URL: gateway.url, SMS_GATEWAY_KEY: 'secret-key', SMS_SIGNATURE: '匠学堂', QUIET_HOURS: 'off' },
  }
  setRuntime({ ...runtime(), env: readEnv({ NODE_ENV: 'test', ...settings }) })
  const worker = await trainingWorld(db).worker()
  const detail = {
    courseSlug: 'trial',
    lessonSlug: 'first',
    title: '先验电',
    titleEn: 'Test first',
    questionId: newId(),
  }
  const told = { accountIds: [worker.accountId], kind: 'question.answered', subjectId: newId(), detail } as const
  await as(system('questions'), (tx) => notify(tx, { ...told, now: new Date() }))
  const row = async () => (await db.owner`select * from delivery`)[0]

  gateway.answer = () => undefined
  const first = await startSite(db, settings)
  await expect.poll(() => gateway.asked.length, { timeout: 10_000 }).toBe(1)
  first.process.kill('SIGKILL')
  await once(first.process, 'exit')
  expect(await row()).toMatchObject({ state: 'waiting', attempts: 1 })

  gateway.answer = (response) => response.end('{"id":"P-2"}')
  await db.owner`update delivery set next_at = now()` // its minute is over
  const second = await startSite(db, settings)
  await expect.poll(async () => (await row())?.state, { timeout: 10_000 }).toBe('sent')
  expect(await row()).toMatchObject({ attempts: 2, provider_id: 'P-2' })
  expect(gateway.asked.map(({ key }) => key)).toEqual([(await row())?.id, (await row())?.id])
  for (const site of [first, second]) expect(site.log()).not.toContain(gateway.asked[0]?.body.phone)
}, 60_000)
