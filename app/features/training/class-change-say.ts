import { words as dateWords } from '#app/lib/date-words.ts'
import type { Locale } from '#app/lib/i18n.ts'
import type { Category, ClassChangeValue, Level, Mode, SittingFacts } from '#db/values.ts'
import { briefSitting, movedSitting, saidSitting } from './assessment-say.ts'
import { assessmentWords } from './assessment-words.ts'
import { changeWords } from './class-change-words.ts'
import type { FieldChange } from './class-edit.ts'
import { levelWords } from './level-words.ts'
import { seatWords } from './seat-words.ts'
import { words } from './words.ts'

/** No year is this year: a change says every one. */
const ANY_YEAR = 0

/** A value of a field as people read it. */
export function saidValue(locale: Locale, field: FieldChange['field'], value: ClassChangeValue): string {
  const w = changeWords[locale]
  const d = dateWords[locale]
  if (value === null || value === '') return w.unsaid
  if (typeof value === 'boolean') return value ? w.yes : w.no
  switch (field) {
    case 'sitting':
      return saidSitting(locale, value as SittingFacts)
    case 'mode':
      return words[locale].modes[value as Mode]
    case 'level':
    case 'eligibleLevel':
      return levelWords[locale][value as Level]
    case 'startsOn':
    case 'endsOn':
    case 'certificatesExpectedOn':
      return d.date(String(value))
    case 'enrolOpensAt':
    case 'enrolClosesAt':
    case 'withdrawUntil':
      return d.instant(new Date(String(value)), ANY_YEAR)
    case 'plannedHours':
    case 'plannedPracticalHours':
      return words[locale].hours(Number(value))
    case 'feeFen':
      return value === 0 ? w.free : words[locale].page.price((Number(value) / 100).toFixed(Number(value) % 100 ? 2 : 0))
    case 'eligibleCategories':
      return d.list((value as readonly Category[]).map((one) => seatWords[locale].categories[one]))
    case 'eligibleEmployers':
      return d.list(value as readonly string[])
    default:
      return String(value)
  }
}

/** What changed, old → new; of a phone that it did. */
export function saidClassChange(locale: Locale, { field, before, after }: FieldChange): string {
  const w = changeWords[locale]
  if (field === 'classHeadPhone') return w.phone
  if (field === 'sitting' && before === null) return assessmentWords[locale].added(saidValue(locale, field, after))
  if (field === 'sitting' && after === null) return assessmentWords[locale].cancelled(saidValue(locale, field, before))
  if (field === 'sitting') return movedSitting(locale, before as SittingFacts, after as SittingFacts)
  return w.change(w.fields[field], saidValue(locale, field, before), saidValue(locale, field, after))
}

/** The fields whose values are short and what people plan by: a title says them whole. */
const IN_TITLE: readonly FieldChange['field'][] = [
  ...([
    'startsOn',
    'endsOn',
    'plannedHours',
    'feeFen',
    'siteId',
    'enrolClosesAt',
    'withdrawUntil',
    'capacity',
  ] as const),
  ...(['certificatesExpectedOn', 'sitting', 'resits'] as const),
]

/** What a notice's title says of changes: the short ones whole, of the others which they are. */
export const saidChanges = (locale: Locale, changes: readonly FieldChange[]): string =>
  dateWords[locale].list(
    changes.map((one) =>
      IN_TITLE.includes(one.field) ? saidClassChange(locale, one) : changeWords[locale].fields[one.field],
    ),
  )

/** As many as an SMS has room for. */
const MOST = 3

/** Which fields have changed, as a message says it. */
export function saidFields(locale: Locale, changes: readonly FieldChange[]): string {
  const names = changes.slice(0, MOST).map(({ field, before, after }) => {
    const sitting = field === 'sitting' ? ((after ?? before) as SittingFacts) : null
    return sitting ? briefSitting(locale, sitting) : changeWords[locale].fields[field]
  })
  const said = dateWords[locale].list(names)
  return changes.length > MOST ? changeWords[locale].andMore(said, changes.length) : said
}
