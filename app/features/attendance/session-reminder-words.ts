import { defineWords } from '#app/lib/i18n.ts'

/** What workers are reminded of on the evening before a session, behind when and where it is. */
export const sessionReminderWords = defineWords(
  {
    at: (times: string, site: string) => `${times}在${site}`,
    address: (address: string) => `（${address}）`,
    bring: (what: string) => `，请带：${what}`,
  },
  {
    at: (times, site) => `${times} at ${site}`,
    address: (address) => ` (${address})`,
    bring: (what) => `; please bring: ${what}`,
  },
)
