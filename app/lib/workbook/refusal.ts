/** Why a file is not read as a workbook, in no language yet; `about` is a number or name that the sentence takes. */
const REFUSALS = [
  'notAWorkbook',
  'oldWorkbook',
  'binaryWorkbook',
  'openDocument',
  'encrypted',
  'damaged',
  'tooManyEntries',
  'archiveInside',
  'strangePath',
  'tooLarge',
  'entities',
  'tooManyCells',
  'tooManyRows',
  'tooManyStrings',
  'tooManySheets',
  'tooManyMerges',
  'tooSlow',
  'tooMuchMemory',
] as const
export type Refusal = (typeof REFUSALS)[number]

/** Thrown while reading, so that no part has to hand refusals on; caught where the reading began. */
export class RefusedWorkbook extends Error {
  readonly refusal: Refusal
  constructor(refusal: Refusal) {
    super(refusal)
    this.refusal = refusal
  }
}

export function refuse(refusal: Refusal): never {
  throw new RefusedWorkbook(refusal)
}

/**
 * What a workbook may take. Real ledgers of 50,000 rows have 2 million cells, 100 MB of XML and 10 million characters of
 * text; what is above the limits is an attack or an accident, and is refused before it is unpacked where it can be.
 */
export const WORKBOOK_LIMITS = {
  /** Files in the zip: a workbook with pictures has some hundreds. */
  entries: 2_000,
  /** Bytes of all parts that are read, unpacked: as declared, and again as they come. */
  unpacked: 400_000_000,
  /** Rows in which something is written, of all sheets: 50,000, and what stands above and below them. */
  rows: 50_500,
  /** Cells of all sheets, the empty ones included. */
  cells: 6_000_000,
  /** Columns that are read; what stands to the right of them is not. */
  columns: 256,
  sheets: 200,
  merges: 200_000,
  strings: 1_500_000,
  /** Characters of all shared strings. */
  characters: 40_000_000,
  /** Of one cell; more is cut off, and refused by the rules of whatever reads it. */
  cellCharacters: 2_000,
  /** Most time between two answers of the worker, in seconds. */
  seconds: 30,
  /** Heap of the worker's thread. */
  heapMegabytes: 256,
} as const
