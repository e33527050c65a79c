import { addDays } from '#app/lib/calendar.ts'
import type { Random } from './random.ts'
import { EMPLOYERS, GIVEN_FIRST, GIVEN_SECOND, HOME_REGIONS, OTHER_REGIONS, SURNAMES } from './vocabulary.ts'

/** A made-up worker, with what the ledgers remember of them. */
export type DemoPerson = {
  name: string
  document: string
  phone: string
  employer: string
  category: string
  /** Occupation code → the highest level reached at this academy. */
  levels: Map<string, string>
  /** Special-operation licences held: nobody gets the same one twice. */
  licences: Set<string>
}

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const CHECK_DIGITS = '10X98765432'

/** Made-up workers, no two with the same document. Half of the documents come from other provinces. */
export function peopleFactory(random: Random): () => DemoPerson {
  const used = new Set<string>()
  return () => {
    let document = syntheticDocument(random)
    while (used.has(document)) document = syntheticDocument(random)
    used.add(document)
    return {
      name: syntheticName(random),
      document,
      phone: `1${random.pick(['38', '59', '86', '33', '77'])}${String(random.int(0, 99_999_999)).padStart(8, '0')}`,
      employer: random.chance(0.94) ? random.pick(EMPLOYERS) : '',
      category: categoryOf(Number(document.slice(6, 10)), random),
      levels: new Map(),
      licences: new Set(),
    }
  }
}

/** The youngest are often students, the oldest retired; a few ledgers leave the column empty. */
function categoryOf(birthYear: number, random: Random): string {
  if (birthYear >= 2004 && random.chance(0.5)) return '在校学生'
  if (birthYear <= 1966 && random.chance(0.6)) return '退休'
  return random.weighted([
    ['在职职工', 80],
    ['灵活就业', 9],
    ['新就业形态', 7],
    ['下岗待岗', 2],
    ['', 2],
  ])
}

function syntheticName(random: Random): string {
  const second = random.chance(0.86) ? random.pick([...GIVEN_SECOND]) : ''
  return random.weighted(SURNAMES) + random.pick([...GIVEN_FIRST]) + second
}

/** An 18-digit number with a right check digit; its serial 9xx is kept for what is made up. */
export function syntheticDocument(random: Random): string {
  const region = random.chance(0.5) ? random.pick(HOME_REGIONS) : random.pick(OTHER_REGIONS)
  const birth = addDays('1966-01-01', random.int(0, 365 * 39)).replaceAll('-', '')
  const body = `${region}${birth}${random.int(0, 999).toString().padStart(3, '0')}`
  const sum = WEIGHTS.reduce((total, weight, index) => total + weight * Number(body[index]), 0)
  return body + CHECK_DIGITS[sum % 11]
}
