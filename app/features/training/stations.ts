import type { Locale } from '#app/lib/i18n.ts'
import { sessionWords } from './session-words.ts'

/** 工位: the workstations of a place that a session holds, by number, both ends inclusive. Null stands for the whole place. */
export type Stations = { first: number; last: number }

/** No place has more. */
export const MOST_STATIONS = 10_000

/** The numbers as they were typed. Null: neither, the whole place; undefined: no range of numbers that a place may have. */
export function readStations(typed: { first: string; last: string }): Stations | null | undefined {
  const [first, last] = [typed.first, typed.last].map((text) => text.normalize('NFKC').trim())
  if (first === '' && last === '') return null
  const stations = { first: numberOf(first), last: numberOf(last) }
  return isRange(stations) ? stations : undefined
}

const numberOf = (text = '') => (/^\d{1,5}$/.test(text) ? Number(text) : Number.NaN)

export const isRange = ({ first, last }: Stations): boolean => first >= 1 && first <= last && last <= MOST_STATIONS

export const stationsOf = (row: { firstStation: number | null; lastStation: number | null }): Stations | null =>
  row.firstStation === null || row.lastStation === null ? null : { first: row.firstStation, last: row.lastStation }

export const stationColumns = (stations: Stations | null) => ({
  firstStation: stations?.first ?? null,
  lastStation: stations?.last ?? null,
})

export const countStations = ({ first, last }: Stations): number => last - first + 1

/** `3—8号工位`; of one alone `3号工位`. */
export function saidStations(locale: Locale, { first, last }: Stations): string {
  const { stations } = sessionWords[locale]
  return first === last ? stations.one(first) : stations.range(first, last)
}

/** Where a session is: the place, and which of its workstations. Null: at no place. */
export function saidPlace(
  locale: Locale,
  { site, stations }: { site: string | null; stations?: Stations | null },
): string | null {
  return site !== null && stations ? sessionWords[locale].stations.at(site, saidStations(locale, stations)) : site
}

type Span = { startsAt: Date; endsAt: Date }

/** The most workers of others that are there at one moment of a meeting: two that follow each other are not there at once. */
export function peakOf(meeting: Span, others: readonly (Span & { workers: number })[]): number {
  const beside = others.filter((one) => one.startsAt < meeting.endsAt && one.endsAt > meeting.startsAt)
  const at = (moment: Date) =>
    beside
      .filter(({ startsAt, endsAt }) => startsAt <= moment && moment < endsAt)
      .reduce((sum, { workers }) => sum + workers, 0)
  return Math.max(0, at(meeting.startsAt), ...beside.map(({ startsAt }) => at(startsAt)))
}
