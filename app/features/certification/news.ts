import { addDays, shanghaiDate } from '#app/lib/calendar.ts'

/** Days after its issue within which a certificate that an import brings is news to its worker; what is older they hold long since. */
const NEWS_DAYS = 90

/** The first day of issue, in Shanghai, of which an import at `now` tells workers. */
export const toldFrom = (now: Date): string => addDays(shanghaiDate(now), -NEWS_DAYS)
