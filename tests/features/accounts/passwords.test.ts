import { hash } from '@node-rs/argon2'
import { expect, test } from 'vitest'
import { hashPassword, isOutdated, isPasswordOf } from '#app/features/accounts/passwords.server.ts'
import { refusePassword } from '#app/features/accounts/passwords.ts'

const names = ['wang.li', '13812345678']

test('a password has at least 8 characters, however many bytes they are', () => {
  expect(refusePassword('abx!7kq', names)).toBe('password_short')
  expect(refusePassword('abx!7kqz', names)).toBeNull()
  expect(refusePassword('安全生产七个字', names)).toBe('password_short')
  expect(refusePassword('安全生产人人有责', names)).toBeNull()
})

test('a password of 200 characters is accepted, of 201 refused', () => {
  const text = 'correct horse battery '.repeat(10)
  expect(refusePassword(text.slice(0, 200), names)).toBeNull()
  expect(refusePassword(text.slice(0, 201), names)).toBe('password_long')
})

test('the own login or phone is no password, also backwards, spaced or with up to three characters around', () => {
  for (const password of [
    '13812345678',
    '138-1234-5678',
    '87654321831',
    'a13812345678',
    '13812345678abc',
    'Wang.Li1',
    'WANGLI123',
  ])
    expect(refusePassword(password, names), password).toBe('password_is_name')
  expect(refusePassword('13812345678abcd', names)).toBeNull()
})

test('what everyone would try first is no password', () => {
  for (const password of [
    'password',
    'Passw0rd',
    'P@ssw0rd',
    'qwer1234',
    'a123456789',
    '88888888',
    'abababab',
    '12345678',
    '87654321',
    '12341234',
    'abcdefgh',
    '1234567890',
  ])
    expect(refusePassword(password, names), password).toBe('password_common')
})

test('a password verifies against its own hash alone', async () => {
  const hashed = await hashPassword('焊花四溅-2026')
  expect(hashed).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  expect(await isPasswordOf(hashed, '焊花四溅-2026')).toBe(true)
  expect(await isPasswordOf(hashed, '焊花四溅-2027')).toBe(false)
  expect(await isPasswordOf(null, '焊花四溅-2026')).toBe(false)
})

test('the same password from a full-width keyboard is the same', async () => {
  expect(await isPasswordOf(await hashPassword('abcＤ１２３４'), 'abcD1234')).toBe(true)
})

test('a hash made with other parameters is outdated', async () => {
  expect(isOutdated(await hashPassword('a long enough one'))).toBe(false)
  for (const other of [{ memoryCost: 8192 }, { timeCost: 3 }, { parallelism: 2 }, { algorithm: 1 }])
    expect(isOutdated(await hash('x', { memoryCost: 19_456, timeCost: 2, parallelism: 1, ...other }))).toBe(true)
})

test('a sign-in without an account costs the same work as one with', async () => {
  const hashed = await hashPassword('one password')
  await isPasswordOf(null, 'warms the decoy up')
  const cost = async (of: string | null) => {
    const started = process.cpuUsage()
    for (let i = 0; i < 5; i++) await isPasswordOf(of, `guess ${i}`)
    return process.cpuUsage(started).user
  }
  await cost(hashed)
  const ratio = (await cost(null)) / (await cost(hashed))
  expect(ratio).toBeGreaterThan(0.5)
  expect(ratio).toBeLessThan(2)
})
