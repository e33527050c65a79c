/** A class hour (学时) is 45 minutes (the glossary, "Teaching"). */
const HOUR_MINUTES = 45

/** More hours than the clock gives; with the most that it does. */
export type ClockFault = `hours_clock:${number}`

type Times = { from: string; to: string }

/** As many class hours as fit between two wall clocks of one day, in halves: 09:00 to 12:00 are 4, without a break. */
export const mostHours = ({ from, to }: Times): number =>
  Math.max(0, Math.floor(((minutesOf(to) - minutesOf(from)) * 2) / HOUR_MINUTES) / 2)

/** Whether a session claims more hours than its time on the clock has; null: it does not. */
export function faultOfClock(session: Times & { hours: number }): ClockFault | null {
  const most = mostHours(session)
  return session.hours > most ? `hours_clock:${most}` : null
}

/** The most hours that a fault names; null: it is another one. */
export function mostOfFault(fault: string): number | null {
  const [, most] = /^hours_clock:(\d+(?:\.5)?)$/.exec(fault) ?? []
  return most === undefined ? null : Number(most)
}

const minutesOf = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5))
