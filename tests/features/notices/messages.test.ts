import { expect, test } from 'vitest'
import { afterFailure, MOST_ATTEMPTS, mayGoAt, usefulUntil, ways } from '#app/features/notices/delivering.ts'
import { mailText, SMS_LENGTH, smsText } from '#app/features/notices/messages.ts'
import type { Told } from '#app/features/notices/notices.ts'
import { shanghaiInstant } from '#app/lib/calendar.ts'
import { LOCALES } from '#app/lib/i18n.ts'
import { NOTICE_KINDS } from '#db/values.ts'

/** What any kind may carry, so that each is tried with the longest titles there are. */
const detail = (title: string, titleEn = title) => ({
  ...{ title, titleEn, courseSlug: 'trial', lessonSlug: 'first', questionId: 'q', academyCode: 'GZQC', classId: 'c' },
  until: '2026-11-27T01:00:00Z',
})
const factsOf = (kind: (typeof NOTICE_KINDS)[number], title = '先验电再动手', titleEn?: string) =>
  ({ kind, detail: detail(title, titleEn) }) as Told
const quiet = { from: '21:00', until: '08:00' }
const at = (time: string) => shanghaiInstant('2026-11-26', time)

test.each(NOTICE_KINDS)(
  '%s has words for every channel in both languages, and an SMS is one message however long its title',
  (kind) => {
    for (const locale of LOCALES) {
      for (const title of ['电', '低压电工作业实操培训班'.repeat(8)]) {
        const text = smsText(factsOf(kind, title), { locale, signature: '匠学堂' })
        expect([...text].length, text).toBeLessThanOrEqual(SMS_LENGTH[locale])
        expect(text).toMatch(/^【匠学堂】/)
        expect(text).toContain(title.slice(0, 4))
        expect(text).not.toMatch(/undefined|null|https?:/)
      }
      const mail = mailText(factsOf(kind), { locale, siteUrl: 'https://jxt.example' })
      expect(mail.subject).not.toBe('')
      expect(mail.text).toMatch(/https:\/\/jxt\.example\/[a-z]/)
      expect(mailText(factsOf(kind), { locale, siteUrl: null }).text).not.toContain('http')
    }
    expect(ways[kind].channels.length).toBeGreaterThan(0)
  },
)

test('a title that was never translated is said in Chinese rather than left out', () => {
  expect(smsText(factsOf('question.answered', '先验电', ''), { locale: 'en', signature: null })).toContain('先验电')
})

test('what can wait waits from 21:00 to 8:00 in Shanghai; what is urgent from 23:00 to 6:00', () => {
  const waits = (time: string, isUrgent: boolean) => mayGoAt(at(time), { quiet, isUrgent })
  expect(waits('20:59', false)).toEqual(at('20:59'))
  expect(waits('21:00', false)).toEqual(shanghaiInstant('2026-11-27', '08:00'))
  expect(waits('07:59', false)).toEqual(at('08:00'))
  expect(waits('08:00', false)).toEqual(at('08:00'))
  expect(waits('22:59', true)).toEqual(at('22:59'))
  expect(waits('23:00', true)).toEqual(shanghaiInstant('2026-11-27', '06:00'))
  expect(waits('05:59', true)).toEqual(at('06:00'))
  expect(waits('06:00', true)).toEqual(at('06:00'))
  expect(mayGoAt(at('03:00'), { quiet: null, isUrgent: false })).toEqual(at('03:00'))
  expect(mayGoAt(at('12:30'), { quiet: { from: '12:00', until: '14:00' }, isUrgent: false })).toEqual(at('14:00'))
})

test('a message is of use until its own limit, and never longer than three days', () => {
  const useful = (until: string | null) =>
    usefulUntil({ at: at('12:00'), detail: { ...detail('x'), until } as never }).toISOString()
  expect(useful('2026-11-27T01:00:00Z')).toBe('2026-11-27T01:00:00.000Z')
  expect(useful('2026-12-27T01:00:00Z')).toBe('2026-11-29T04:00:00.000Z')
  expect(useful(null)).toBe('2026-11-29T04:00:00.000Z')
})

test('attempts come at longer and longer intervals, a little apart from each other, until the last one', () => {
  const now = at('12:00')
  const after = (attempts: number, chance: number) => afterFailure({ attempts, isFinal: false }, now, chance)
  let before = 0
  for (let attempts = 1; attempts < MOST_ATTEMPTS; attempts++) {
    const [early, late] = [after(attempts, 0), after(attempts, 1)].map((next) =>
      next.state === 'failed' ? next.nextAt.getTime() - now.getTime() : 0,
    )
    expect(early).toBeGreaterThan(before)
    expect(late).toBe(early! * 1.2)
    before = early!
  }
  expect(after(MOST_ATTEMPTS, 0)).toEqual({ state: 'given_up' })
  expect(afterFailure({ attempts: 1, isFinal: true }, now)).toEqual({ state: 'given_up' })
})
