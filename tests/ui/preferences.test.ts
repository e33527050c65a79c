import { expect, test } from 'vitest'
import {
  DEFAULT_PREFERENCES,
  type Preferences,
  parsePreferences,
  serialisePreferences,
  withPreferences,
} from '#app/lib/preferences.ts'

const chosen: Preferences = { locale: 'en', theme: 'dark', mode: 'elder' }

test('preferences come back from the cookie as they were set', () => {
  const cookie = serialisePreferences(chosen).split(';')[0]
  expect(parsePreferences(cookie)).toEqual(chosen)
  expect(parsePreferences(`a=b; ${cookie}; c=d`)).toEqual(chosen)
})

test('rubbish in the cookie is the default, never an error', () => {
  const rubbish = [
    null,
    '',
    'prefs',
    'prefs=',
    'prefs=%',
    'prefs=%7B',
    'prefs=null',
    'prefs=%5B1%5D',
    'prefs=1',
    'xprefs=1',
  ]
  for (const header of rubbish) expect(parsePreferences(header)).toEqual(DEFAULT_PREFERENCES)
  const long = encodeURIComponent(JSON.stringify({ ...chosen, more: 'x'.repeat(1000) }))
  expect(parsePreferences(`prefs=${long}`)).toEqual(DEFAULT_PREFERENCES)
})

test('a field with an unknown value keeps what was there; known fields still count', () => {
  expect(
    withPreferences(chosen, { locale: 'fr', theme: '"><script>', mode: 'standard', __proto__: { locale: 'zh-CN' } }),
  ).toEqual({
    ...chosen,
    mode: 'standard',
  })
  expect(withPreferences(chosen, 'theme=light')).toEqual(chosen)
})

test('the cookie lasts a year, for the whole site, and does not travel with requests from other sites', () => {
  expect(serialisePreferences(chosen)).toMatch(/; Path=\/; Max-Age=31536000; SameSite=Lax$/)
  expect(serialisePreferences(chosen, { isSecure: true })).toMatch(/; Secure$/)
})
