import type { Fraction } from '#app/lib/percent.ts'
import { ACADEMY_KINDS, INDICATORS, type Indicator } from '#db/values.ts'
import type { Cell, OverviewRow } from './overview.ts'
import type { Tone, Verdict } from './verdicts.ts'

/**
 * The rows of the overview as one text: what travels to the browser with the page. As objects they cost the server more
 * than all the rest of the page (each value of each object is written apart), as one text next to nothing.
 */
export const packRows = (rows: readonly OverviewRow[]): string => JSON.stringify(rows.map(pack))

export const unpackRows = (packed: string): OverviewRow[] => (JSON.parse(packed) as Packed[]).map(unpack)

const VERDICTS: readonly Verdict[] = ['met', 'not_met', 'no_data', 'no_baseline']
const TONES: readonly Tone[] = ['met', 'warn', 'miss', 'none']

type PackedValue = number | [numerator: number, denominator: number]
type PackedCell = [verdict: number, tone: number, value: PackedValue, ...rest: (number | null)[]]
type Packed = [
  code: string,
  name: string,
  kind: number,
  cityCode: string | null,
  sponsorId: string,
  sponsorName: string,
  isDesignated: 0 | 1,
  improved: number,
  metCount: number,
  isCompliant: 0 | 1,
  cells: PackedCell[],
  trend: PackedValue[][],
]

function pack(row: OverviewRow): Packed {
  return [
    row.code,
    row.name,
    ACADEMY_KINDS.indexOf(row.kind),
    row.cityCode,
    row.sponsorId,
    row.sponsorName,
    row.isDesignated ? 1 : 0,
    row.improved,
    row.metCount,
    row.isCompliant ? 1 : 0,
    INDICATORS.map((indicator) => packCell(row.cells[indicator])),
    row.trend.map((values) => INDICATORS.map((indicator) => packValue(values[indicator]))),
  ]
}

function unpack(packed: Packed): OverviewRow {
  const [code, name, kind, cityCode, sponsorId, sponsorName, isDesignated, improved, metCount, isCompliant] = packed
  return {
    ...{ code, name, cityCode, sponsorId, sponsorName, improved, metCount },
    kind: ACADEMY_KINDS[kind] ?? 'local',
    isDesignated: isDesignated === 1,
    isCompliant: isCompliant === 1,
    cells: byIndicator((index) => unpackCell(packed[10][index] as PackedCell)),
    trend: packed[11].map((values) => byIndicator((index) => unpackValue(values[index] ?? 0))),
  }
}

/** In the order of INDICATORS, written out: hundreds of records a page. */
const byIndicator = <T>(of: (index: number) => T): Record<Indicator, T> => ({
  brands: of(0),
  trained: of(1),
  practical: of(2),
  rate: of(3),
  growth: of(4),
})

const packValue = (value: number | Fraction): PackedValue =>
  typeof value === 'number' ? value : [value.numerator, value.denominator]

const unpackValue = (value: PackedValue): number | Fraction =>
  typeof value === 'number' ? value : { numerator: value[0], denominator: value[1] }

/** What a cell seldom has stands last and is left out. */
function packCell({ verdict, tone, value, missing, isUnsettled, onceIssued, atPace }: Cell): PackedCell {
  const head = [VERDICTS.indexOf(verdict), TONES.indexOf(tone), packValue(value)] as const
  if (missing === 0 && !isUnsettled && !onceIssued && atPace === null) return [...head]
  const share = onceIssued?.share
  return [
    ...head,
    missing,
    isUnsettled ? 1 : 0,
    atPace,
    ...(onceIssued && share ? [onceIssued.awaiting, share.numerator, share.denominator] : []),
  ]
}

function unpackCell([verdict, tone, value, ...rest]: PackedCell): Cell {
  const [missing = 0, isUnsettled = 0, atPace = null, awaiting, numerator, denominator] = rest
  return {
    verdict: VERDICTS[verdict] ?? 'no_data',
    tone: TONES[tone] ?? 'none',
    value: unpackValue(value),
    missing,
    isUnsettled: isUnsettled === 1,
    atPace,
    onceIssued:
      awaiting === undefined
        ? null
        : { awaiting: awaiting ?? 0, share: { numerator: numerator ?? 0, denominator: denominator ?? 0 } },
  }
}
