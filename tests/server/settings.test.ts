import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { PassThrough } from 'node:stream'
import { afterAll, describe, expect, test } from 'vitest'
import { assertDemoIsQuiet } from '#app/lib/channel-settings.server.ts'
import { guardsAreOff, readEnv } from '#app/lib/env.server.ts'
import { notFound, redirectTo, safeRedirectPath } from '#app/lib/http.ts'
import { databasePassword, readKeys } from '#app/lib/keys.server.ts'
import { blot, makeLogger } from '#app/lib/logger.server.ts'

const folder = mkdtempSync(join(tmpdir(), 'settings-'))
afterAll(() => rmSync(folder, { recursive: true }))

describe('settings', () => {
  test('are all optional, and an empty one counts as not set', () => {
    const expected = { port: 3000, host: '127.0.0.1', seed: 'province', trustProxy: false, isProduction: false }
    expect(readEnv({})).toMatchObject({ ...expected, dataDir: resolve('data'), databaseUrl: undefined })
    expect(readEnv({ PORT: '', HOST: '', SEED: '', DATABASE_URL: '', TRUST_PROXY: '', NODE_ENV: '' })).toMatchObject(
      expected,
    )
  })

  test('what the operator said about production counts, not what the launcher set for React', () => {
    expect(readEnv({ NODE_ENV: 'production' }).isProduction).toBe(true)
    expect(readEnv({ NODE_ENV: 'production', JXT_DECLARED_ENV: '' }).isProduction).toBe(false)
    expect(readEnv({ NODE_ENV: 'production', JXT_DECLARED_ENV: 'production' }).isProduction).toBe(true)
  })

  test('a wrong one is named, with what it must look like and without its value', () => {
    expect(() => readEnv({ PORT: '70000' })).toThrow(/PORT/)
    expect(() => readEnv({ LOG_LEVEL: 'loud' })).toThrow(/LOG_LEVEL: must be one of fatal/)
    expect(() => readEnv({ DATABASE_URL: 'postgres//u:hidden@h' })).toThrow(
      /^(?!.*hidden).*DATABASE_URL: must look like/,
    )
  })

  test('a way out of the house is set up whole or not at all, and numbers travel in the clear only within this machine', () => {
    expect(readEnv({})).toMatchObject({
      sms: null,
      mail: null,
      quiet: { from: '21:00', until: '08:00' },
      outboxDays: 180,
      siteUrl: null,
    })
    const sms = {
      SMS_GATEWAY_URL: 'https://gateway.example/send',
      SMS_GATEWAY_KEY: 'hidden-key',
      SMS_SIGNATURE: '匠学堂',
    }
    expect(readEnv(sms).sms).toMatchObject({ kind: 'http', signature: '匠学堂', template: undefined })
    expect(readEnv({ SMS_GATEWAY_URL: 'console' }).sms).toEqual({ kind: 'console' })
    expect(readEnv({ ...sms, SMS_GATEWAY_URL: 'http://localhost:8080/' }).sms).not.toBeNull()
    const mail = { MAIL_URL: 'smtp://user:hidden@mail.example:587', MAIL_FROM: 'jxt@union.example' }
    expect(readEnv({ ...mail, SITE_URL: 'https://jxt.example/', QUIET_HOURS: 'off' })).toMatchObject({
      ...{ mail: { url: mail.MAIL_URL, from: mail.MAIL_FROM }, siteUrl: 'https://jxt.example', quiet: null },
    })
    for (const [given, said] of [
      [{ ...sms, SMS_GATEWAY_KEY: '' }, /SMS_GATEWAY_KEY: must be set with SMS_GATEWAY_URL/],
      [{ ...sms, SMS_SIGNATURE: '' }, /SMS_SIGNATURE: must be set with SMS_GATEWAY_URL/],
      [{ ...sms, SMS_SIGNATURE: '【匠】' }, /SMS_SIGNATURE: must be 2 to 12/],
      [{ ...sms, SMS_GATEWAY_URL: 'http://gateway.example' }, /SMS_GATEWAY_URL: must be console, https/],
      [{ ...mail, MAIL_FROM: '' }, /MAIL_FROM: must be set with MAIL_URL/],
      [{ ...mail, MAIL_URL: 'mail.example' }, /MAIL_URL: must look like smtp/],
      [{ QUIET_HOURS: '21-8' }, /QUIET_HOURS: must look like 21:00-08:00/],
      [{ SITE_URL: 'jxt.example' }, /SITE_URL: must look like https/],
    ] as const) {
      expect(() => readEnv(given)).toThrow(said)
      expect(() => readEnv(given)).not.toThrow(/hidden/)
    }
  })

  test('with the demo’s made-up numbers nothing goes to a gateway beyond this machine', () => {
    const through = (url: string) =>
      readEnv({ SMS_GATEWAY_URL: url, SMS_GATEWAY_KEY: 'hidden-key', SMS_SIGNATURE: '匠学堂' })
    expect(() => assertDemoIsQuiet(through('https://gateway.example'), true)).toThrow(/SEED=none/)
    expect(() => assertDemoIsQuiet(through('https://gateway.example'), false)).not.toThrow()
    for (const url of ['http://127.0.0.1:8080', 'console', ''])
      expect(() => assertDemoIsQuiet(through(url), true)).not.toThrow()
  })

  test('the guards are off only in tests that ask for it', () => {
    const before = { ...process.env }
    const withEnv = (changes: Record<string, string>) => {
      Object.assign(process.env, { JXT_GUARDS: 'off' }, changes)
      const areOff = guardsAreOff()
      for (const name of ['JXT_GUARDS', 'JXT_DECLARED_ENV', 'NODE_ENV']) {
        if (before[name] === undefined) delete process.env[name]
        else process.env[name] = before[name]
      }
      return areOff
    }
    expect(withEnv({ NODE_ENV: 'test' })).toBe(true)
    expect(withEnv({ NODE_ENV: 'production', JXT_DECLARED_ENV: 'test' })).toBe(true)
    expect(withEnv({ NODE_ENV: 'production' })).toBe(false)
    expect(withEnv({ NODE_ENV: 'test', JXT_DECLARED_ENV: 'production' })).toBe(false)
    expect(guardsAreOff()).toBe(false)
  })
})

describe('keys', () => {
  const base64 = (fill: number) => Buffer.alloc(32, fill).toString('base64')

  test('are made once beside the data, readable by their owner alone', async () => {
    const dataDir = join(folder, 'made')
    const [one, two] = await Promise.all([1, 2].map(() => readKeys({ dataDir, isProduction: false }, {})))
    expect(one).toEqual(two)
    expect(await readKeys({ dataDir, isProduction: false }, {})).toEqual(one)
    for (const name of ['vault', 'index']) expect(statSync(join(dataDir, 'keys', name)).mode & 0o777).toBe(0o400)
    expect(one!.index).not.toEqual(one!.sealing.get(1))
  })

  test('come from the environment or from files, several for the vault: the highest number seals', async () => {
    const file = join(folder, 'index.key')
    writeFileSync(file, `${base64(3)}\n`)
    const given = { JXT_KEY_VAULT: `1:${base64(1)},2:${base64(2)}`, JXT_KEY_INDEX_FILE: file }
    const keys = await readKeys({ dataDir: join(folder, 'none'), isProduction: true }, given)
    expect(keys.currentSealing).toBe(2)
    expect([...keys.sealing.keys()]).toEqual([1, 2])
    expect(keys.index).toEqual(Buffer.alloc(32, 3))
    expect(databasePassword(keys)).not.toContain(base64(3).slice(0, 8))
  })

  test('in production are never made, nor taken from beside the data', async () => {
    const dataDir = join(folder, 'made')
    await expect(readKeys({ dataDir, isProduction: true }, {})).rejects.toMatchObject({ code: 'secret_missing' })
  })

  test('of another length, twice under one number, or no base64 are refused without being quoted', async () => {
    for (const JXT_KEY_VAULT of [
      'hidden',
      `1:${base64(1)},1:${base64(2)}`,
      `0:${base64(1)}`,
      `${base64(1)}!`,
      `300:${base64(1)}`,
    ]) {
      const read = readKeys({ dataDir: folder, isProduction: true }, { JXT_KEY_VAULT, JXT_KEY_INDEX: base64(1) })
      await expect(read).rejects.toMatchObject({
        code: 'secret_unreadable',
        message: expect.not.stringContaining(JXT_KEY_VAULT),
      })
    }
  })
})

describe('the log', () => {
  const logged = (write: (logger: ReturnType<typeof makeLogger>) => void): string => {
    const output = new PassThrough()
    write(makeLogger('info', output))
    return String(output.read())
  }

  test('keeps the type, code and place of an error, and no long number of its message', () => {
    const error = Object.assign(new TypeError('of 440308199901011234, 138 0013 8000 and T4403 is wrong'), {
      code: 'E1',
    })
    const line = logged((logger) => logger.error({ err: error }, 'failed'))
    expect(line).toMatch('"type":"TypeError"')
    expect(line).toMatch('"code":"E1"')
    expect(line).toMatch('settings.test.ts')
    expect(line).toMatch('is wrong')
    expect(line).not.toMatch(/4403081|0013/)
  })

  test('leaves out whole what the database says, which quotes values', () => {
    const cause = Object.assign(new Error('Key (name)=(张三) already exists'), {
      name: 'PostgresError',
      code: '23505',
      detail: '张三',
    })
    const error = Object.assign(new Error('Failed query: insert … params: 张三'), {
      query: 'insert',
      params: ['张三'],
      cause,
    })
    const line = logged((logger) => logger.error({ err: error }, 'failed'))
    expect(line).toMatch('23505')
    expect(line).not.toMatch('张三')
  })

  test('blots out secrets by the name of their field', () => {
    const line = logged((logger) => logger.info({ password: 'hidden', form: { phone: '13800138000' } }))
    expect(line).not.toMatch(/hidden|138/)
  })

  test('short numbers stay', () => {
    expect(blot('line 42 of 2026')).toBe('line 42 of 2026')
    expect(blot('Y0001234567')).toBe('…')
  })
})

describe('answers', () => {
  test('a redirect leads only to a path of this site', () => {
    for (const path of ['/', '/learn', '/academies/GZ?year=2026&sort=-trained#top', '/工匠', '/a//b'])
      expect(safeRedirectPath(path)).toBe(path)
    const refused = [
      '//evil.example',
      '/\\evil.example',
      '\\/evil.example',
      'https://evil.example',
      'javascript:alert(1)',
      'evil',
      '',
      '/\t/evil.example',
      '/\n/evil.example',
      ' /a',
      '/a b',
      '/\u0000',
      '/.//evil.example',
      '/a/..//evil.example',
      '/%5cevil\\',
      `/${'a'.repeat(3000)}`,
      null,
      undefined,
      1,
      ['/a'],
      '/\u0085/evil',
    ]
    for (const path of refused) expect(safeRedirectPath(path, '/fallback')).toBe('/fallback')
  })

  test('what is not there is 404 without a reason; the way on after a form is 303', async () => {
    const response = notFound('class')
    expect([response.status, await response.text()]).toEqual([404, 'Not Found'])
    expect([redirectTo('/a').status, redirectTo('/a').headers.get('Location')]).toEqual([303, '/a'])
  })
})
