import { expect, test } from 'vitest'
import { afterFailure, MOST_ATTEMPTS, mayGoAt, usefulUntil, ways } from '#app/features/notices/delivering.ts'
import { mailText, SMS_LENGTH, smsText } from '#app/features/notices/messages.ts'
import type { Told } from '#app/features/notices/notices.ts'
import { saidForMessage } from '#app/features/training/session-say.ts'
import { shanghaiInstant } from '#app/lib/calendar.ts'
import { LOCALES } from '#app/lib/i18n.ts'
import { NOTICE_KINDS, SESSION_CHANGES } from '#db/values.ts'

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
        for (const hasAccount of [true, false]) {
          const text = smsText(factsOf(kind, title), { locale, signature: '匠学堂', hasAccount })
          expect([...text].length, text).toBeLessThanOrEqual(SMS_LENGTH[locale])
          expect(text).toMatch(/^【匠学堂】/)
          expect(text).toContain(title.slice(0, 4))
          expect(text).not.toMatch(/undefined|null|https?:/)
        }
      }
      const mail = mailText(factsOf(kind), { locale, siteUrl: 'https://jxt.example' })
      expect(mail.subject).not.toBe('')
      expect(mail.text).toMatch(/https:\/\/jxt\.example\/[a-z]/)
      expect(mailText(factsOf(kind), { locale, siteUrl: null }).text).not.toContain('http')
    }
    expect(ways[kind].channels.length).toBeGreaterThan(0)
  },
)

const session = { date: '2026-12-15', from: '09:00', to: '12:00', hours: 4, kind: null, topic: null, site: '一号车间' }
const SESSION_CHANGES_SAID = {
  added: '《T》加课：12月15日周二9:00—12:00，一号车间。',
  changed: '《T》12月15日9:00的课改到12月16日周三14:00—17:00，广州市汽车产业实训基地二…，请留意。',
  cancelled: '《T》12月15日周二9:00—12:00的课取消，请不要前往。',
  made_up: '《T》补课：12月16日周三14:00—17:00，广州市汽车产业实训基地二…。',
  substituted: '《T》12月16日14:00的课换了教师，时间地点不变。',
} as const
const moved = { ...session, date: '2026-12-16', from: '14:00', to: '17:00', site: '广州市汽车产业实训基地二号实操车间' }

test.each(SESSION_CHANGES)(
  'of a session that is %s an SMS says in plain words what and when, whole: only the class’s name is cut',
  (change) => {
    const before = change === 'added' ? null : session
    const after = change === 'added' ? session : change === 'cancelled' ? null : moved
    const told = { change, before, after }
    const said = { what: saidForMessage('zh-CN', told), whatEn: saidForMessage('en', told) }
    const smsOf = (className: string, locale: 'zh-CN' | 'en') => {
      const facts = { kind: `session.${change}`, detail: { ...detail('long'), className, ...said } } as Told
      return smsText(facts, { locale, signature: '匠学堂' })
    }
    expect(smsOf('T', 'zh-CN')).toBe(`【匠学堂】${SESSION_CHANGES_SAID[change]}`)
    for (const locale of LOCALES) {
      const text = smsOf('低压电工作业实操培训班'.repeat(8), locale)
      expect([...text].length, text).toBeLessThanOrEqual(SMS_LENGTH[locale])
      expect(text).toContain(locale === 'en' ? said.whatEn : said.what)
      expect(text).not.toMatch(/→|undefined|null/)
    }
  },
)

test('why a session changed stands in its SMS where that costs nothing of what, when and which class; in the app and the mail always', () => {
  const said = { what: '12月15日周二9:00—12:00', whatEn: 'Tuesday 15 Dec, 9:00—12:00' }
  const factsFor = (className: string, reason: string) =>
    ({ kind: 'session.cancelled', detail: { ...detail('long'), className, ...said, reason } }) as Told
  const sms = (className: string, reason: string) =>
    smsText(factsFor(className, reason), { locale: 'zh-CN', signature: '匠学堂' })
  expect(sms('电工班', '台风\n停课。')).toBe(
    '【匠学堂】《电工班》12月15日周二9:00—12:00的课取消（台风 停课），请不要前往。',
  )
  const fits = '因'.repeat(70 - [...sms('电工班', '')].length - 2)
  expect([...sms('电工班', fits)].length).toBe(70)
  expect(sms('电工班', `${fits}因`)).toBe(sms('电工班', ''))
  const mail = mailText(factsFor('电工班', `${fits}因`), { locale: 'zh-CN', siteUrl: null })
  expect(mail.text).toContain(`（${fits}因）`)
})

test('that attendance was corrected an SMS says of which session and until when one may object, never what it became or why', () => {
  const said = { what: '12月15日周二9:00—12:00', whatEn: 'Tuesday 15 Dec, 9:00—12:00' }
  const corrected = { sessionId: 's', becomes: '到课 → 缺勤', becomesEn: 'present → absent', reason: '中途离开' }
  const until = '2026-12-25T15:59:00Z'
  const factsFor = (className: string) =>
    ({ kind: 'attendance.corrected', detail: { ...detail('long'), className, ...said, ...corrected, until } }) as Told
  expect(smsText(factsFor('T'), { locale: 'zh-CN', signature: '匠学堂' })).toBe(
    '【匠学堂】《T》12月15日周二9:00—12:00的考勤已更正，有异议请在12月25日23:59前登录匠学堂提出。',
  )
  for (const locale of LOCALES) {
    const text = smsText(factsFor('低压电工作业实操培训班'.repeat(8)), { locale, signature: '匠学堂' })
    expect([...text].length, text).toBeLessThanOrEqual(SMS_LENGTH[locale])
    expect(text).not.toMatch(/缺勤|absent|离开/)
  }
})

test('a session of which only the content changes stays where and when it was, and its SMS says so', () => {
  const told = { change: 'changed', before: session, after: { ...session, topic: '验电' } } as const
  expect(saidForMessage('zh-CN', told)).toBe('12月15日9:00的课内容有变动，时间地点不变')
})

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

test('a warning that hours run short, of a sheet that the clock closed at night, waits until eight', () => {
  const { isUrgent } = ways['attendance.at_risk']
  expect(mayGoAt(at('05:30'), { quiet, isUrgent })).toEqual(at('08:00'))
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
